const ENDING = "lbspool";
const PATTERN = new RegExp(`^(\\d+-\\d+-[0-9a-f]+)\\.(free|[0-9a-f]+-\\d+-\\d+-[0-9a-f]+)\\.${ENDING}$`);

/** `1763990000000-000001-9f3c2a.<owner>.lbspool`: by name is by age, and what stands before the owner is there once. */
export interface SpoolFileName {
  readonly name: string;
  readonly age: string;
  readonly owner: string;
}

/** `null`: no file of a spool is called so. */
export function parseName(name: string): SpoolFileName | null {
  const [, age, owner] = PATTERN.exec(name) ?? [];
  return age && owner ? { name, age, owner } : null;
}

/** How a file of that age is called when it belongs to that owner. */
export function nameOf(age: string, owner: string): string {
  return `${age}.${owner}.${ENDING}`;
}
