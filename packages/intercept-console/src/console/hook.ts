import { type Bridge, formatConsole, type InboundPort, type PatchSite, patchMethod } from "@logbridge/core";
import { METHOD_LEVELS, mutes, type SpokenLevels } from "../levels.ts";
import { type Understood, understand } from "../map.ts";
import type { Source } from "../source.ts";
import { onPublished } from "./channel.ts";
import { traceText, withOwnFramesHidden } from "./stack.ts";
import { type ConsoleCall, type Method, replay, type Talk, talkOf } from "./talk.ts";
import { assertion, directory } from "./words.ts";

/** What this bridge says of itself. */
export const BRIDGE: Bridge = { name: "console", packages: [], mode: "replace", output: true };

/** Who listens at the patched methods. */
interface Subscriber {
  readonly port: InboundPort;
  readonly levels: SpokenLevels;
  readonly follows: boolean;
}

/** One patched method. */
interface Patched {
  readonly talk: Talk;
  readonly method: string;
  readonly site: PatchSite<Subscriber>;
  readonly hook: Method;
}

/** These print by calling other methods, or would have to be asked what they print. */
const COMPUTED: ReadonlySet<string> = new Set(["table", "count", "timeLog", "timeEnd", "trace"]);
const NESTING: ReadonlySet<string> = new Set([...COMPUTED, "assert", "group", "groupCollapsed"]);
/** These print nothing; a console that does not nest keeps its counters and timers to itself, so we have our own. */
const SILENT: readonly string[] = ["time", "countReset"];

/** Takes in what is said by the methods of a console. */
export const listenToMethods: Source = ({ port, levels, options }) => {
  const talk = talkOf(options.console ?? globalThis.console);
  const subscriber: Subscriber = { port, levels, follows: port.follows };
  const methods = [...Object.keys(METHOD_LEVELS), "groupEnd", ...(talk.nests ? [] : SILENT)];
  const leave = methods
    .filter((method) => typeof (talk.console as unknown as Readonly<Record<string, unknown>>)[method] === "function")
    .map((method) =>
      patchMethod(
        talk.console,
        method,
        subscriber,
        (site) => wrap(talk, method, site as PatchSite<Subscriber>) as never,
      ),
    );
  leave.push(hearPublished(talk, subscriber));
  return () => {
    for (const one of leave.reverse()) one();
  };
};

/** The function that takes a method's place. */
function wrap(talk: Talk, method: string, site: PatchSite<Subscriber>): Method {
  const hook: Method = function (this: unknown, ...args) {
    const call: ConsoleCall = { original: site.original as Method, self: this, args };
    if (site.subscribers.length === 0) return passOn(patched, call);
    if (talk.isPart(call)) return undefined;
    if (COMPUTED.has(method)) return answerComputed(patched, call);
    if (method === "groupEnd") return answerGroupEnd(patched, call);
    return SILENT.includes(method) ? answerSilent(patched, call) : answerPlain(patched, call);
  };
  const patched: Patched = { talk, method, site, hook };
  return hook;
}

/** A patch that is left under somebody else's: nobody listens. */
function passOn({ method, hook }: Patched, { original, self, args }: ConsoleCall): unknown {
  const run = (): unknown => original.apply(self, [...args]);
  return method === "trace" ? withOwnFramesHidden(hook, run) : run();
}

/** Where the call goes besides us: nowhere; on as it would without us; on, as the output of what was taken. */
type Outcome = "silent" | "print" | "through";

/** A method whose text follows from its arguments: `log` and its like, `dir`, `assert`, groups. */
function answerPlain(patched: Patched, call: ConsoleCall): unknown {
  const { talk, method } = patched;
  const listening = listenersOf(patched);
  const opens = method === "group" || method === "groupCollapsed";
  const says = opens ? call.args.length > 0 : method !== "assert" || !call.args[0];
  let outcome: Outcome;
  if (says && listening.length > 0) outcome = deliver(patched, listening, () => saidBy(method, call.args));
  else if (says) outcome = isMuted(patched) ? "silent" : "print";
  else outcome = listening.some(replaces) || isMuted(patched) ? "silent" : "print";
  // The console opens those groups only whose line it prints: what it goes on to print for us is not indented.
  if (opens) talk.groups.push(outcome !== "silent");
  return outcome === "silent" ? undefined : print(patched, call, outcome === "through" ? listening : []).result;
}

/** A method whose text the console computes: where it prints it by another method, it is heard there. */
function answerComputed(patched: Patched, call: ConsoleCall): void {
  const { talk } = patched;
  const listening = listenersOf(patched);
  const silent = listening.length > 0 ? listening.some(replaces) : isMuted(patched);
  if (silent && !talk.nests) {
    const words = wordsOf(patched, call);
    // What we cannot put into words (a timer that was started before our time) the console says itself.
    if (words === null || (listening.length > 0 && deliver(patched, listening, () => words) === "print"))
      print(patched, call, []);
    return;
  }
  const { said } = silent ? work(patched, call, true) : print(patched, call, listening);
  if (listening.length === 0) return;
  const outcome = deliver(patched, listening, () => heard(patched, call, said));
  if (silent && outcome !== "silent") replay(said);
}

/** The console ends the groups that it has opened. */
function answerGroupEnd({ talk }: Patched, call: ConsoleCall): unknown {
  return talk.groups.pop() === false ? undefined : call.original.apply(call.self, [...call.args]);
}

/** A method that only changes a counter or timer. */
function answerSilent({ talk, method }: Patched, call: ConsoleCall): unknown {
  talk.words.say(method, call.args);
  return call.original.apply(call.self, [...call.args]);
}

/** Gives the call to everybody who listens. A record must not cost the application its line, so a failure of ours ends in print. */
function deliver(
  { talk, method, hook }: Patched,
  listening: readonly Subscriber[],
  say: () => Understood | null,
): Outcome {
  let outcome: Outcome = "print";
  const depth = talk.groups.length;
  const origin = { name: BRIDGE.name, level: { name: method }, ...(depth > 0 && { depth }) };
  for (const { port, levels } of listening) {
    try {
      const said = say();
      if (!said || !port.deliver({ target: talk.console, level: levels.of(method), origin, ...said }, hook)) continue;
      if (port.mode === "replace") outcome = "silent";
      else if (outcome === "print") outcome = "through";
    } catch (error) {
      port.fail(error);
    }
  }
  return outcome;
}

/** What a console's own method gave, and what it said by other methods. */
interface Printed {
  readonly result: unknown;
  readonly said: readonly ConsoleCall[];
}

/** Lets the console print. */
function print(patched: Patched, call: ConsoleCall, heardBy: readonly Subscriber[]): Printed {
  const [first] = heardBy;
  return first ? first.port.through(() => work(patched, call, false)) : work(patched, call, false);
}

/** How many calls that our patches have seen are being printed: what Node publishes meanwhile is known. */
let printing = 0;

function work({ talk, method, hook }: Patched, call: ConsoleCall, silent: boolean): Printed {
  let result: unknown;
  const run = (): void => {
    printing++;
    try {
      result = call.original.apply(call.self, [...call.args]);
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

function saidBy(method: string, args: readonly unknown[]): Understood {
  if (method === "dir") return { message: directory(args[0], args[1]), args: args.slice(0, 1) };
  return understand(method === "assert" ? assertion(args.slice(1)) : args);
}

/** What a method said by another one. */
function heard(patched: Patched, call: ConsoleCall, said: readonly ConsoleCall[]): Understood | null {
  const { talk, method } = patched;
  const [first] = said;
  if (!first) {
    // These always print. One that was not heard printed by a way of its own, and will do so again.
    if (method === "table" || method === "count" || method === "trace") talk.nests = false;
    return talk.nests ? null : wordsOf(patched, call);
  }
  if (method === "table" || method === "trace")
    return worded(method, call.args, said.map(({ args }) => formatConsole(args)).join("\n"));
  return understand(first.args);
}

/** The same in our own words. */
function wordsOf({ talk, method, hook }: Patched, { args }: ConsoleCall): Understood | null {
  const text = method === "trace" ? traceText(understand(args).message, hook) : talk.words.say(method, args);
  return text === null ? null : worded(method, args, text);
}

function worded(method: string, args: readonly unknown[], message: string): Understood {
  return method === "trace" ? { ...understand(args), message } : { message, args };
}

function listenersOf({ method, site }: Patched): readonly Subscriber[] {
  return site.subscribers.filter(({ port, levels }) => port.wants(levels.of(method).no));
}

function replaces({ port }: Subscriber): boolean {
  return port.mode === "replace";
}

function isMuted({ site }: Patched): boolean {
  return site.subscribers.some(({ port, follows }) => mutes(port, follows));
}

/** Calls that did not pass our patches. In replace mode they are left alone: printed anyway, they would stand there twice. */
function hearPublished(talk: Talk, subscriber: Subscriber): () => void {
  if (subscriber.port.mode === "replace" || talk.console !== globalThis.console) return () => {};
  const site: PatchSite<Subscriber> = { subscribers: [subscriber], before: null, original: () => undefined };
  return onPublished((method, args, hook) => {
    if (printing > 0) return;
    const patched: Patched = { talk, method, site, hook };
    deliver(patched, listenersOf(patched), () => understand(args));
  });
}
