import { told } from "./told.ts";

/** A test of the model as a story: what it looks at is told, and not judged. */
export interface HeardTest {
  readonly name: string;
  readonly play: () => void;
}

/** Stands in for the test runner: collects tests, and hears what they expect something of. */
export interface ListeningRunner {
  readonly module: object;
  readonly tests: readonly HeardTest[];
  readonly heard: readonly string[];
}

/** A runner that nothing fails. */
export function listeningRunner(): ListeningRunner {
  const tests: HeardTest[] = [];
  const before: (() => void)[] = [];
  const heard: string[] = [];
  const add = (name: string, play: () => void) => {
    tests.push({
      name,
      play: () => {
        for (const each of before) each();
        play();
      },
    });
  };
  const each = (cases: readonly unknown[]) => (name: string, play: (...values: readonly unknown[]) => void) => {
    for (const [i, values] of cases.entries()) {
      add(`${name} (${i + 1})`, () => (Array.isArray(values) ? play(...values) : play(values)));
    }
  };
  const expect = Object.assign((value: unknown) => expectation(heard, value), {
    fail: (message: string) => {
      throw new Error(message);
    },
    stringContaining: String,
    stringMatching: String,
  });
  const module = {
    test: Object.assign(add, { each }),
    describe: (_name: string, body: () => void) => body(),
    beforeEach: (body: () => void) => before.push(body),
    // Nobody plays on this model after a test.
    afterEach: () => {},
    expect,
  };
  return { module, tests, heard };
}

// Whatever is expected, what there is goes on record; of a function, what it throws.
function expectation(heard: string[], value: unknown): object {
  const hear = () => {
    heard.push(told(value));
  };
  const hearThrown = () => {
    heard.push(told(thrownBy(value)));
  };
  const matchers = {
    toEqual: hear,
    toBe: hear,
    toBeGreaterThan: hear,
    toBeLessThan: hear,
    toHaveLength: hear,
    toMatchObject: hear,
    toContain: hear,
    toThrow: hearThrown,
  };
  return { ...matchers, not: matchers };
}

function thrownBy(value: unknown): unknown {
  try {
    if (typeof value === "function") value();
  } catch (error) {
    return error;
  }
  return "nothing was thrown";
}
