/** How one module hands the lease and the account on: from `parent`'s getters to its own, which have the same form. */
export type Carrier = (noun: string, parent: string) => string;

/**
 * Each ends in `leaseOf<Noun>()` and `accountOf<Noun>()`, so that any module can be the parent of any other; between
 * them stand the constructs that people write by hand.
 */
export const carriers: readonly [Carrier, ...Carrier[]] = [
  (noun, parent) => `
export interface ${noun}Session {
  readonly lease: Lease;
  readonly account: string;
  readonly openedAt: number;
}

export function open${noun}Session(lease: Lease, account: string): ${noun}Session {
  return { lease, account, openedAt: lease.since };
}

export function leaseOf${noun}(): Lease {
  return open${noun}Session(leaseOf${parent}(), accountOf${parent}()).lease;
}

export function accountOf${noun}(): string {
  const { account } = open${noun}Session(leaseOf${parent}(), accountOf${parent}());
  return account;
}
`,
  (noun, parent) => `
export class ${noun}Holder {
  private held: Lease | undefined;
  private readonly seen: string[] = [];

  constructor(private readonly initial: Lease) {}

  hold(lease: Lease, account: string): void {
    this.held = lease;
    this.seen.push(account);
  }

  get current(): Lease {
    return this.held ?? this.initial;
  }

  last(): string {
    return firstOf(this.seen, accountOf${parent}());
  }
}

const ${noun.toLowerCase()}Holder = new ${noun}Holder(leaseOf${parent}());
${noun.toLowerCase()}Holder.hold(leaseOf${parent}(), accountOf${parent}());

export function leaseOf${noun}(): Lease {
  return ${noun.toLowerCase()}Holder.current;
}

export function accountOf${noun}(): string {
  return ${noun.toLowerCase()}Holder.last();
}
`,
  (noun, parent) => `
const ${noun.toLowerCase()}Leases = new Map<number, Lease>();
const ${noun.toLowerCase()}Accounts: Map<string, number> = new Map();

export function enter${noun}(lease: Lease, account: string): number {
  const slot = ${noun.toLowerCase()}Leases.size;
  ${noun.toLowerCase()}Leases.set(slot, lease);
  ${noun.toLowerCase()}Accounts.set(account, slot);
  return slot;
}

export function leaseOf${noun}(): Lease {
  const slot = enter${noun}(leaseOf${parent}(), accountOf${parent}());
  return ${noun.toLowerCase()}Leases.get(slot) ?? leaseOf${parent}();
}

export function accountOf${noun}(): string {
  for (const [account] of ${noun.toLowerCase()}Accounts) return account;
  return accountOf${parent}();
}
`,
  (noun, parent) => `
type ${noun}Use = (lease: Lease, account: string) => void;

export function with${noun}(use: ${noun}Use): void {
  use(leaseOf${parent}(), accountOf${parent}());
}

export function leaseOf${noun}(): Lease {
  const kept: Lease[] = [];
  with${noun}((lease) => kept.push(lease));
  return firstOf(kept, leaseOf${parent}());
}

export function accountOf${noun}(): string {
  let found: string = accountOf${parent}();
  with${noun}((lease, account) => {
    if (lease.since > 0) found = account;
  });
  return found;
}
`,
  (noun, parent) => `
export async function load${noun}(): Promise<readonly [Lease, string]> {
  return [leaseOf${parent}(), accountOf${parent}()];
}

export async function list${noun}(amount: number): Promise<Lease[]> {
  const loaded = await Promise.all(Array.from({ length: amount }, () => load${noun}()));
  return loaded.map(([lease]) => tap(lease, (each) => describeLease(each)));
}

export function leaseOf${noun}(lease: Lease = leaseOf${parent}()): Lease {
  return { lease }.lease;
}

export function accountOf${noun}(account: string = accountOf${parent}()): string {
  return [account, ...[accountOf${parent}()]][0] ?? account;
}
`,
];
