import { formatConsole, type InboundPort, LogbridgeError, type PatchSite, patchMethod } from "@logbridge/core";
import { fixedAmong } from "../fixed.ts";
import { METHOD_LEVELS } from "../levels.ts";
import type { Listening, Source } from "../source.ts";
import { announce } from "../streams/announced.ts";
import { undoing } from "../undo.ts";
import { answerOf, SILENT } from "./answers.ts";
import { onPublished } from "./channel.ts";
import { watchForDebuggers } from "./debugger.ts";
import { deliver, isPrinting, passOn } from "./delivery.ts";
import { listenToEvery } from "./every.ts";
import { listenersOf, patchedMethod, type Subscriber } from "./patched.ts";
import { saidBy } from "./saying.ts";
import { type ConsoleCall, type ConsoleLike, type Method, type Talk, talkOf } from "./talk.ts";

/** Takes in what is said by the methods of a console, or of all consoles. */
export const listenToMethods: Source = (listening) => {
  const { console } = listening.options;
  if (console !== "all") return listenTo(console ?? globalThis.console, listening);
  return listenToEvery((one) => listenTo(one, listening), listening.port.fail);
};

function listenTo(console: ConsoleLike, { port, levels }: Listening): () => void {
  const talk = talkOf(console);
  const methods = [...Object.keys(METHOD_LEVELS), "groupEnd", ...(talk.nests ? [] : SILENT)].filter(
    (method) => typeof (console as unknown as Readonly<Record<string, unknown>>)[method] === "function",
  );
  refuseFixed(console, methods);
  const warning = levels.of("warn");
  const subscriberOf = (method: string): Subscriber => ({
    port,
    level: SILENT.includes(method) ? warning : levels.of(method),
    warning,
    follows: port.follows,
  });
  const leave = methods.map((method) =>
    patchMethod(
      console,
      method,
      subscriberOf(method),
      (site) => wrap(talk, method, site as PatchSite<Subscriber>) as never,
    ),
  );
  leave.push(talk.enter());
  leave.push(hearPublished(talk, port, subscriberOf));
  if (talk.isShownByDebuggers) leave.push(watchForDebuggers());
  return undoing(leave);
}

/** Before the first is patched: those would stay so. */
function refuseFixed(console: ConsoleLike, methods: readonly string[]): void {
  const fixed = fixedAmong(console, methods);
  if (fixed === undefined) return;
  throw new LogbridgeError(
    "LB1558",
    `interceptConsole(): console.${fixed} cannot be replaced: somebody has frozen the console, or defined the method as not configurable; call interceptConsole() before that, or intercept a console of your own (new Console(…))`,
  );
}

/** The function that takes a method's place. */
function wrap(talk: Talk, method: string, site: PatchSite<Subscriber>): Method {
  const answer = answerOf(method);
  const hook: Method = function (this: unknown, ...args) {
    const call: ConsoleCall = { method, original: site.original as Method, self: this, args };
    if (site.subscribers.length === 0) return passOn(patched, call);
    if (talk.isWorking && talk.isPart(call)) return undefined;
    // Not the call alone: JavaScriptCore makes one that is returned without a frame of ours, above which the caller is looked for.
    return answer(patched, call) ?? undefined;
  };
  const patched = patchedMethod(talk, method, site, hook);
  return hook;
}

/** Calls that did not pass our patches. In replace mode they are left alone: printed anyway, they would stand there twice. */
function hearPublished(talk: Talk, port: InboundPort, subscriberOf: (method: string) => Subscriber): () => void {
  if (port.mode === "replace" || !talk.isGlobal) return () => {};
  return onPublished((method, args, hook) => {
    if (isPrinting()) return;
    const site: PatchSite<Subscriber> = {
      subscribers: [subscriberOf(method)],
      before: null,
      original: () => undefined,
    };
    const patched = patchedMethod(talk, method, site, hook);
    const call: ConsoleCall = { method, original: hook, self: undefined, args };
    // Where its stream is listened to as well, what it prints now is no second record.
    if (deliver(patched, call.args, listenersOf(patched), saidBy) === "through") announce(port, formatConsole(args));
  });
}
