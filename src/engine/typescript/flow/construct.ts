import type { ts } from "ts-morph";
import type { Holder } from "./holder.ts";

/** A value meets a type: ⟦value⟧ ⊆ ⟦target⟧. */
export interface ValueFlow {
  readonly value: ts.Expression;
  readonly target: ts.Type;
  /** What of the value flows, when it is not the whole: the elements of a spread, which are copied out of it. */
  readonly part?: ts.Type;
  /** What is assigned to, when it is an expression: an inferred declaration behind it is the target then. */
  readonly assignee?: ts.Expression;
  /** The signature that is called; what lies outside it, such as an array's element in `push`, is stored into. */
  readonly signature?: ts.SignatureDeclaration | ts.JSDocSignature | undefined;
  /** Stored where the compiler does not compare what is stored with what is expected. */
  readonly unchecked?: true;
  /** What holds the value from then on, as its type says: an inferred declaration behind it is the target then. */
  readonly holder?: Holder | undefined;
  /** What the value is passed for, a parameter of the signature or a setter, or a member: it may say its type by its default alone. */
  readonly declaration?: ts.Declaration | undefined;
  /** The way from what is passed there or to the holder to the value, where it is a part of that. */
  readonly path?: string | undefined;
  /** Only compared with what is held there: `ids.includes(id)`. */
  readonly isLookup?: true | undefined;
  /** Only asked what it is; a brand that passes as the base is no other thing. */
  readonly isTest?: true;
  /** Made by `++` or `--`, which the compiler takes to leave a brand that passes as the base as it is. */
  readonly isStep?: true;
  /** A key, which a brand that does not pass as the primitive cannot be. */
  readonly isKey?: true;
  /** The name of a member, which only a literal can be. */
  readonly isName?: true;
  /** Asserted to be the target, which may be a brand of the base itself. */
  readonly isAssertion?: true;
  /** What is called. */
  readonly callee?: ts.Expression | undefined;
}

/** A type meets a type: ⟦source⟧ ⊆ ⟦target⟧, at a declaration. */
export interface TypeFlow {
  readonly source: ts.Type;
  readonly target: ts.Type;
  readonly site: ts.Node;
  /** Only flows into positions written inside this node; into all of them when it is left out. */
  readonly into?: ts.Node;
  /** The compiler wants the two to be the same, and not only to fit. */
  readonly isIdentity?: true;
  /** A type is made of whether the source is the target, as of a primitive it is, and of a brand of its own not. */
  readonly isMemberTest?: true;
  /** What the source may be is the target. */
  readonly isPredicate?: true;
  /** The declaration that the source is the inferred type of: what in it comes from no annotation comes from there. */
  readonly carrier?: ts.Node;
  /** What brings the source as one of its members: the value of a spread. */
  readonly bringing?: Bringing;
}

/** The member of a spread value, and whether a library declares the one that it becomes. */
export interface Bringing {
  readonly value: ts.Expression;
  readonly member: string;
  readonly isOutside: boolean;
}

/** A value is used as what only the base can be: a brand made distinct has to be taken off before. */
export interface ExitFlow {
  readonly exit: ts.Expression;
  /** How it is used, such as an operator's sign. */
  readonly use: string;
  /** Would the compiler refuse the brand? */
  readonly enforced: boolean;
  /** What it is compared with: two brands are, and so is a mixture with either kind. */
  readonly comparedWith?: ts.Expression;
  /** The names of the types that it is told from others as, at run time and to the compiler. */
  readonly asks?: readonly string[];
  /** What of it is told, when it is not the whole: the elements of a list that is filtered. */
  readonly part?: ts.Type;
  /** The name of a member, which only a literal can be. */
  readonly isName?: true;
  /** Compared by order, for which the compiler wants a number on both sides or on none. */
  readonly isOrder?: true;
}

/** A name in the code is the key of an index signature: a plain value, and no expression of its own. */
export interface NameFlow {
  readonly name: ts.Node;
  readonly target: ts.Type;
}

/** One construct through which values flow: which nodes it looks at, and the flows they bring. */
export interface Construct {
  readonly name: string;
  flows(node: ts.Node, checker: ts.TypeChecker): Iterable<ValueFlow | TypeFlow | ExitFlow | NameFlow>;
}
