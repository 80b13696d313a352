import type { Caller } from "@logbridge/core";
import { noteWarner } from "../process/warners.ts";
import { isDebugged, tellDebugger } from "./debugger.ts";
import { deliver, end, type Outcome, passOn, print, show, work } from "./delivery.ts";
import { isMuted, listenersOf, type Patched, replaces } from "./patched.ts";
import { heard, type Said, saidBy, warningOf, wordsOrNothing } from "./saying.ts";
import { type ConsoleCall, replay } from "./talk.ts";

/** What becomes of a call of a patched method. */
export type Answer = (patched: Patched, call: ConsoleCall) => unknown;

/** These print by calling other methods, or would have to be asked what they print. */
const COMPUTED: readonly string[] = ["table", "count", "timeLog", "timeEnd", "trace"];
/** These print nothing; a console that does not nest keeps its counters and timers to itself, so we have our own. */
export const SILENT: readonly string[] = ["time", "countReset"];
/** These warn, by the process, where they have nothing to say. */
const WARNING: ReadonlySet<string> = new Set(["timeLog", "timeEnd"]);
/** Without arguments some consoles print nothing by these. */
const EMPTY: ReadonlySet<string> = new Set(["log", "info", "warn", "error", "debug", "dir", "dirxml", "table"]);

/** A method whose text follows from its arguments: `log` and its like, `dir`. */
function answerSaid(patched: Patched, call: ConsoleCall): unknown {
  if (isEmpty(patched, call)) return passOn(patched, call);
  const listening = listenersOf(patched);
  if (listening.length > 0) return end(patched, call, deliver(patched, call.args, listening, saidBy), listening);
  return end(patched, call, isMuted(patched) ? "silent" : "print", listening);
}

/** An assertion that holds says nothing, whoever is asked. What one says that fails has differed between versions of Node. */
function answerAssert(patched: Patched, call: ConsoleCall): unknown {
  if (call.args[0]) return passOn(patched, call);
  return patched.talk.nests ? answerComputed(patched, call) : answerSaid(patched, call);
}

/** The console opens those groups only whose line it prints: what it goes on to print for us is not indented. */
function answerGroup(patched: Patched, call: ConsoleCall): unknown {
  const listening = listenersOf(patched);
  let outcome: Outcome;
  if (call.args.length > 0 && listening.length > 0) outcome = deliver(patched, call.args, listening, saidBy);
  else outcome = listening.some(replaces) || isMuted(patched) ? "silent" : "print";
  patched.talk.groups.push(outcome !== "silent");
  return end(patched, call, outcome, listening);
}

/** The console ends the groups that it has opened. */
function answerGroupEnd(patched: Patched, call: ConsoleCall): unknown {
  return patched.talk.groups.pop() === false ? show(patched, call) : call.original.apply(call.self, [...call.args]);
}

/** A method that only changes a counter or timer. Where somebody replaces the console it changes ours alone: the console may warn. */
function answerSilent(patched: Patched, call: ConsoleCall): unknown {
  const { words } = patched.talk;
  const { method, args } = call;
  const listening = listenersOf(patched);
  const silent = listening.length > 0 ? listening.some(replaces) : isMuted(patched);
  let said: Said | null = null;
  try {
    said = warningOf(words, method, args);
    words.say(method, args);
  } catch {
    // A label that cannot be read is the console's to refuse.
    return passOn(patched, call);
  }
  const outcome = said && listening.length > 0 ? deliver(patched, call.args, listening, () => said) : "silent";
  return silent && outcome === "silent" ? undefined : end(patched, call, silent ? outcome : "print", listening);
}

/** A method whose text the console computes: where it prints it by another method, it is heard there. */
function answerComputed(patched: Patched, call: ConsoleCall): unknown {
  if (isEmpty(patched, call)) return passOn(patched, call);
  return compute(patched, call);
}

function isEmpty({ talk, method }: Patched, { args }: ConsoleCall): boolean {
  return talk.skipsEmpty && args.length === 0 && EMPTY.has(method);
}

function compute(patched: Patched, call: ConsoleCall): void {
  const { talk } = patched;
  const listening = listenersOf(patched);
  const silent = listening.length > 0 ? listening.some(replaces) : isMuted(patched);
  if (silent && !talk.nests) {
    const words = wordsOrNothing(patched, call);
    // What we cannot put into words (a timer that was started before our time) the console says itself.
    if (words === null || (listening.length > 0 && deliver(patched, call.args, listening, () => words) !== "silent"))
      print(patched, call, []);
    return;
  }
  const { said } = silent ? work(patched, call, true) : print(patched, call, listening);
  if (said.length === 0 && talk.nests && WARNING.has(patched.method)) noteWarner(patched.method, callerOf(patched));
  const outcome =
    listening.length === 0 ? "silent" : deliver(patched, call.args, listening, () => heard(patched, call, said));
  if (!silent) return;
  // The method itself has been shown to a debugger by the console; what it said by others was kept from both.
  if (outcome !== "silent") replay(said);
  else if (talk.isShownByDebuggers && isDebugged()) for (const { method, args } of said) tellDebugger(method, args);
}

function callerOf({ site, hook }: Patched): Caller | null {
  return site.subscribers[0]?.port.caller(hook) ?? null;
}

const ANSWERS: Readonly<Record<string, Answer>> = {
  ...Object.fromEntries(COMPUTED.map((method) => [method, answerComputed])),
  ...Object.fromEntries(SILENT.map((method) => [method, answerSilent])),
  assert: answerAssert,
  group: answerGroup,
  groupCollapsed: answerGroup,
  groupEnd: answerGroupEnd,
};

/** How the calls of a method are answered. */
export function answerOf(method: string): Answer {
  return ANSWERS[method] ?? answerSaid;
}
