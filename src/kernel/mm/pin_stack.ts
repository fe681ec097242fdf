/**
 * Stands for dump_stack() of lib/dump_stack.c and the stacks of lib/stackdepot.c, as far as pins need them.
 *
 * Modelled: taking a stack, which is cheap, and putting it into words, which is not, as two steps.
 * Left out: lines; functions without a name are passed over.
 */

/** A stack that has been taken. */
export type Stack = Error;

// What every pin and every release passes through says nothing about who asked for it.
const machinery = /\/mm\/(gup|swap|page_pinning|pin_\w+)\.ts/;
const FRAMES_NAMED = 3;
// The slow walk alone is ten calls deep, and ten is what V8 keeps unless it is told otherwise.
const FRAMES_KEPT = 20;

/** stack_init() - keep enough of a stack */
export function stack_init(): void {
  Object.assign(Error, { stackTraceLimit: FRAMES_KEPT });
}

/** save_stack() - who is running */
export function save_stack(): Stack {
  return new Error("a stack, not an error");
}

/** callersOf() - the innermost functions outside the machinery, as `inner() < outer()` */
export function callersOf({ stack = "" }: Stack): string {
  const frames = stack.split("\n").filter((line) => !machinery.test(line));
  const names = frames.flatMap((line) => / at (?:\w+\.)?([\w$]+) (?:\[as \w+\] )?\(/.exec(line)?.[1] ?? []);
  return names
    .slice(0, FRAMES_NAMED)
    .map((name) => `${name}()`)
    .join(" < ");
}
