/** Bad input: one line that names the thing and the mend. The command line prints it and exits with 2. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/** A selector names a file that the project does not have. */
export class NoSuchFile extends InputError {}

/** Nothing in the project produces the brand. */
export class NoSource extends InputError {}
