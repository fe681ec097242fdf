/** The folder that all files are in, with its slash, so that a table can name it once; empty when there is none. */
export function commonFolder(files: readonly string[]): string {
  const [first = "", ...others] = files;
  const folders = first.split("/").slice(0, -1);
  const differs = folders.findIndex((_, i) => {
    const prefix = `${folders.slice(0, i + 1).join("/")}/`;
    return !others.every((file) => file.startsWith(prefix));
  });
  const shared = differs === -1 ? folders : folders.slice(0, differs);
  return shared.map((folder) => `${folder}/`).join("");
}
