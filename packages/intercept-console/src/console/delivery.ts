import type { Inbound, InboundPort, NamedSeverity, Origin } from "@logbridge/core";
import type { Understood } from "../map.ts";
import { isDebugged, tellDebugger } from "./debugger.ts";
import { type Patched, refusing, type Subscriber } from "./patched.ts";
import type { Said } from "./saying.ts";
import { withOwnFramesHidden } from "./stack.ts";
import type { ConsoleCall, Talk } from "./talk.ts";

/** These print by calling other methods. */
const NESTING: ReadonlySet<string> = new Set([
  "table",
  "count",
  "timeLog",
  "timeEnd",
  "trace",
  "assert",
  "group",
  "groupCollapsed",
]);

/** The arguments could not be put into words: the console is left to it, which mostly means that it throws the same. */
interface Unsaid {
  readonly port: InboundPort;
  readonly error: unknown;
}

/** Where the call goes besides us: nowhere; on as it would without us; on, as the output of what was taken. */
export type Outcome = "silent" | "print" | "through" | Unsaid;

/** Nobody listens, or nothing is said. */
export function passOn({ method, hook }: Patched, { original, self, args }: ConsoleCall): unknown {
  const run = (): unknown => original.apply(self, args as unknown[]);
  return method === "trace" ? withOwnFramesHidden(hook, run) : run();
}

/** Gives the call to everybody who listens. A record must not cost the application its line, so a failure of ours ends in print. */
export function deliver(
  patched: Patched,
  args: readonly unknown[],
  listening: readonly Subscriber[],
  say: (method: string, args: readonly unknown[], talk: Talk) => Said | null,
): Outcome {
  const { talk, method, hook } = patched;
  let outcome: Outcome = "print";
  const depth = talk.groups.length;
  const origin = depth === 0 ? patched.origin : { ...patched.origin, depth };
  for (const { port, level, warning } of listening) {
    let said: Said | null;
    try {
      said = say(method, args, talk);
    } catch (error) {
      return { port, error };
    }
    try {
      if (!said) continue;
      const isTaken = port.deliver(inboundOf(talk.console, said.warns ? warning : level, origin, said), hook);
      if (isTaken && port.mode === "replace") outcome = "silent";
      // What was no record here, a sink's own print for one, is none where the console prints it either.
      else if (outcome === "print") outcome = "through";
    } catch (error) {
      port.fail(error);
    }
  }
  return outcome;
}

/** By name and not by spreading, which an old engine takes a microsecond for. */
function inboundOf(target: unknown, level: NamedSeverity, origin: Origin, said: Understood): Inbound {
  const { message, harmless, isComputed, template, args, fields, printed, reprint } = said;
  if (!("error" in said))
    return { target, level, message, harmless, isComputed, template, args, fields, printed, reprint, origin };
  const { error } = said;
  return { target, level, message, harmless, isComputed, template, args, fields, printed, reprint, origin, error };
}

/** What becomes of the call itself. */
export function end(patched: Patched, call: ConsoleCall, outcome: Outcome, listening: readonly Subscriber[]): unknown {
  if (outcome === "silent") return show(patched, call);
  const { result } = print(patched, call, outcome === "through" ? listening : []);
  if (typeof outcome === "object") outcome.port.fail(outcome.error);
  return result;
}

/** A debugger goes on showing what is not printed: the call, and what Node's own method says by another one. */
export function show({ talk, method }: Patched, { args }: ConsoleCall): undefined {
  if (!talk.isShownByDebuggers || !isDebugged()) return;
  tellDebugger(method, args);
  if ((method === "group" || method === "groupCollapsed") && args.length > 0) tellDebugger("log", args);
}

/** What a console's own method gave, and what it said by other methods. */
interface Printed {
  readonly result: unknown;
  readonly said: readonly ConsoleCall[];
}

/** Lets the console print. */
export function print(patched: Patched, call: ConsoleCall, heardBy: readonly Subscriber[]): Printed {
  const [first = refusing(patched)] = heardBy;
  return first ? first.port.through(() => work(patched, call, false)) : work(patched, call, false);
}

/** How many calls that our patches have seen are being printed: what Node publishes meanwhile is known. */
let printing = 0;

/** Is a call being printed that our patches have seen? What Node publishes meanwhile is known. */
export function isPrinting(): boolean {
  return printing > 0;
}

/** Runs the console's own method. Silent: what it says by others is kept. */
export function work({ talk, method, hook }: Patched, call: ConsoleCall, silent: boolean): Printed {
  let result: unknown;
  const run = (): void => {
    printing++;
    try {
      result = call.original.apply(call.self, call.args as unknown[]);
    } finally {
      printing--;
    }
  };
  if (NESTING.has(method)) {
    const said = talk.doing(silent, method === "trace" ? () => withOwnFramesHidden(hook, run) : run);
    return { result, said };
  }
  run();
  return { result, said: [] };
}
