/**
 * One way for a value to flow. The texts have holes: `@T` the type of the value, `@v` the value, `@n` a number that
 * makes names unique, `@P` a plain value of the type `@T`.
 */
export interface Template {
  /** Unique, so that a program can name it. */
  readonly name: string;
  /** Declarations for the top of some file. */
  readonly top?: string;
  /** Statements before the result. */
  readonly body?: string;
  /** Where `body` opens a block that lasts as long as the value lives: what ends it. */
  readonly close?: string;
  /** The expression that gives the value again. */
  readonly result: string;
  /** Is the result a `let` that a closure sees with its declared type? */
  readonly isLet?: boolean;
  /** Does it await the value, so that a promise of one would come out unwrapped? */
  readonly awaits?: boolean;
  /** Does a plain value meet the branded one in it? */
  readonly mixes?: boolean;
  /** Is a second use, with a plain value, a use of its own: is it generic? */
  readonly isGeneric?: boolean;
  /** Where it is left out, and the fixture that records what goes wrong there. */
  readonly gap?: { readonly within: "container" | "nullable" | "mixture"; readonly fixture: string };
  /** Is `@T` only a bound in it? A plain value of a second use then meets the brand there and nowhere else. */
  readonly isBound?: boolean;
}

/** A template that is hardly more than its result. */
export function way(name: string, result: string, more: Partial<Template> = {}): Template {
  return { name, result, ...more };
}

/** A type with a hole, the ways to put a value into it and the ways to take it out again. */
export interface Shape {
  readonly name: string;
  /** The type, around `@T`. */
  readonly type: string;
  /** Declarations that `type` needs. */
  readonly top?: string;
  /** A plain value of the type, around `@P`. */
  readonly plain: string;
  readonly wraps: readonly Template[];
  readonly unwraps: readonly Template[];
}

/** What fills the holes of a template; `shape` is the type of the container it makes, `@U`. */
export interface Filling {
  readonly type: string;
  readonly shape: string;
  readonly value: string;
  readonly plain: string;
  readonly ordinal: number;
}

const simple = /^\w+(<[\w<>, ]*>)?$/;

/** The text with its holes filled; a type is put in parentheses where an operator would take a part of it. */
export function fill(text: string, { type, shape, value, plain, ordinal }: Filling): string {
  const tight = simple.test(type) ? type : `(${type})`;
  return text
    .replaceAll(/@T(?=\[| [|&])|(?<=[|&] )@T/g, () => tight)
    .replaceAll("@T", () => type)
    .replaceAll("@U", () => shape)
    .replaceAll("@n", String(ordinal))
    .replaceAll("@P", () => plain)
    .replaceAll("@v", () => value);
}
