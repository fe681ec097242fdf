/** Bad input: one line that names the thing and the mend. The command line prints it and exits with 2. */
export class InputError extends Error {
  override readonly name = "InputError";
}
