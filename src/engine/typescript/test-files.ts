const testFile =
  /(^|\/)(__tests__|__mocks__|__fixtures__|tests?|spec|specs|fixtures)\/|[.-](test|spec|fixture|mock)s?\.[cm]?[jt]sx?$/;

/** Does this path, relative to the project's root with `/`, hold test code or fixtures? Judged by its name. */
export function isTestFile(path: string): boolean {
  return testFile.test(path);
}
