/** The world as the command line sees it, so that tests can hand in their own. */
export interface Io {
  /** Absolute. */
  readonly cwd: string;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Is stdout a terminal? */
  readonly isTTY: boolean;
  /** Is stderr a terminal? */
  readonly isErrorTTY: boolean;
  /** Of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
  /** From now on Ctrl-C and the like end the process only once what it is doing is done: files are being written. */
  readonly holdSignals: () => void;
}

/** A stream that takes text. */
export interface Output {
  write(text: string): unknown;
}
