import { hostname } from "node:os";

/** The machine's name; `undefined` where it is not to be known, as in Deno without a permission. */
export function hostName(): string | undefined {
  try {
    return hostname();
  } catch {
    return undefined;
  }
}
