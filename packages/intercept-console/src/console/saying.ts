import { withoutColors } from "@logbridge/core";
import { type Understood, understand } from "../map.ts";
import type { Patched } from "./patched.ts";
import type { ConsoleCall, Talk } from "./talk.ts";
import type { Wording } from "./words.ts";

/** What a call says; a console that warns instead of doing what it was asked for says so by another level. */
export type Said = Understood & { readonly warns?: true };

/** What a method says whose text follows from its arguments; `null` for nothing. */
export function saidBy(method: string, args: readonly unknown[], { words }: Talk): Understood | null {
  if (method === "dir") return words.directory(args);
  return understand(method === "assert" ? words.assertion(args.slice(1)) : args, words.print);
}

/** What a method said by another one. */
export function heard(patched: Patched, call: ConsoleCall, said: readonly ConsoleCall[]): Said | null {
  const { talk, method } = patched;
  const { print } = talk.words;
  const [first] = said;
  if (!first) {
    // These always print. One that was not heard printed by a way of its own, and will do so again.
    if (method === "table" || method === "count" || method === "trace") talk.nests = false;
    return talk.nests ? null : wordsOf(patched, call);
  }
  if (method === "table" || method === "trace")
    return worded(method, call.args, said.map(({ args }) => print(args)).join("\n"));
  if (method === "assert") return asserted(call.args.slice(1), first.args, talk.words);
  const words = understand(first.args, print);
  return method === "group" || method === "groupCollapsed" ? words : { ...words, isComputed: true };
}

/** A failed assertion whose first value the console has made a text of is understood by the values that it was given. */
function asserted(given: readonly unknown[], printed: readonly unknown[], { assertion, print }: Wording): Understood {
  if (typeof given[0] === "string" || printed.length > given.length) return understand(printed, print);
  return { ...understand(assertion(given), print), message: withoutColors(print(printed)) };
}

/** Code of the values may run in it, and throw. */
export function wordsOrNothing(patched: Patched, call: ConsoleCall): Said | null {
  try {
    return wordsOf(patched, call);
  } catch {
    return null;
  }
}

/** The same in our own words. */
function wordsOf({ talk, method, hook }: Patched, { args }: ConsoleCall): Said | null {
  const warning = warningOf(talk.words, method, args);
  if (warning) return warning;
  const text = method === "trace" ? talk.words.stackText(args, hook) : talk.words.say(method, args);
  return text === null ? null : worded(method, args, text);
}

function worded(method: string, args: readonly unknown[], message: string): Understood {
  const plain = withoutColors(message);
  return method === "trace"
    ? { ...understand(args), message: plain, isComputed: true }
    : { message: plain, args, isComputed: true };
}

/** What a console says that does not do what it was asked for; `null` where it does. */
export function warningOf(words: Wording, method: string, args: readonly unknown[]): Said | null {
  const message = words.warning(method, args);
  return message === null ? null : { message, args, warns: true };
}
