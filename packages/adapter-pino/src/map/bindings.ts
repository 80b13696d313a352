import { hostname } from "node:os";
import { parsed } from "./parsed.ts";

/** What a logger puts into each of its lines. */
export interface Bindings {
  readonly fields: Record<string, unknown>;
  readonly name: string | undefined;
}

const MOST_BINDINGS = 1000;
const knownBindings = new Map<string, Bindings>();

/** The bindings are text that a logger has made once: they are read once too. */
export function bindingsOf(text: string): Bindings {
  let known = knownBindings.get(text);
  if (known) return known;
  known = bindingsIn(parsed(text));
  if (knownBindings.size >= MOST_BINDINGS) knownBindings.clear();
  knownBindings.set(text, known);
  return known;
}

/** The same of bindings that were read already. */
export function bindingsIn({ name, ...fields }: Record<string, unknown>): Bindings {
  // The record has the process's own number and needs no host that is this one.
  if (fields["pid"] === process.pid) delete fields["pid"];
  if (fields["hostname"] === hostname()) delete fields["hostname"];
  return typeof name === "string"
    ? { fields, name }
    : { fields: name === undefined ? fields : { ...fields, name }, name: undefined };
}
