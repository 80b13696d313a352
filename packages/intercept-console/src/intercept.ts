import {
  type Bridge,
  checkInterceptOptions,
  formatConsole,
  type InboundPort,
  type Interception,
  type InterceptOptions,
  interception,
  logger as globalLogger,
  LogbridgeError,
  LogbridgeTypeError,
  openPort,
  type PatchSite,
  patchMethod,
} from "@logbridge/core";
import { levelOf, METHOD_LEVELS, mutes } from "./levels.ts";
import { type Understood, understand } from "./map.ts";
import { traceText, withOwnFramesHidden } from "./stack.ts";
import { type ConsoleCall, type ConsoleLike, type Method, replay, type Talk, talkOf } from "./talk.ts";
import { assertion, directory } from "./words.ts";

/** Options of `interceptConsole`. */
export interface ConsoleInterceptOptions extends InterceptOptions {
  /** Another console than the global one: what `new Console(…)` made. */
  readonly console?: ConsoleLike;
}

const BRIDGE: Bridge = { name: "console", packages: [], mode: "replace", output: true };

/** Who listens at the patched methods. */
interface Subscriber {
  readonly port: InboundPort;
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

function wrap(talk: Talk, method: string, site: PatchSite<Subscriber>): Method {
  const hook: Method = function (this: unknown, ...args) {
    const call: ConsoleCall = { original: site.original as Method, self: this, args };
    if (talk.isPart(call)) return undefined;
    return COMPUTED.has(method) ? answerComputed(patched, call) : answerPlain(patched, call);
  };
  const patched: Patched = { talk, method, site, hook };
  return hook;
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
  return outcome === "silent" ? undefined : print(patched, call, outcome === "through" ? listening : []);
}

/** A method whose text the console computes; where it does so by other methods, it is asked for it. */
function answerComputed(patched: Patched, call: ConsoleCall): unknown {
  const { talk } = patched;
  const listening = listenersOf(patched);
  const silent = listening.length > 0 ? listening.some(replaces) : isMuted(patched);
  const words = talk.nests ? null : wordsOf(patched, call);
  if (!silent) {
    const said = print(patched, call, listening);
    if (listening.length > 0) deliver(patched, listening, () => understood(patched, call, said, words));
    return undefined;
  }
  const said = talk.nests ? run(patched, call, true) : [];
  if (listening.length === 0) return undefined;
  if (talk.nests && said.length === 0) return undefined;
  if (!talk.nests && words === null) return run(patched, call, false);
  if (deliver(patched, listening, () => understood(patched, call, said, words)) === "silent") return undefined;
  if (talk.nests) replay(said);
  else run(patched, call, false);
  return undefined;
}
