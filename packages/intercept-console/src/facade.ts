import { type Bridge, type FacadePort, type Inbound, type Logger, openFacade, withoutColors } from "@logbridge/core";
import { traceText } from "./console/stack.ts";
import { assertion, directory, Words } from "./console/words.ts";
import { checkLogger } from "./facade/level-methods.ts";
import { saidOrGiven } from "./facade/spoken.ts";
import { levelOf } from "./levels.ts";
import { type Understood, understand } from "./map.ts";

export { asObjectFirst, type ObjectFirstFacade, type ObjectFirstMethod } from "./facade/object-first.ts";
export { asStringFirst, type StringFirstFacade, type StringFirstMethod } from "./facade/string-first.ts";

/** A console whose calls go to a logger: for libraries that take `{ log, warn, error, … }`. Every method works detached. */
export interface ConsoleFacade {
  log(...data: unknown[]): void;
  info(...data: unknown[]): void;
  warn(...data: unknown[]): void;
  error(...data: unknown[]): void;
  debug(...data: unknown[]): void;
  trace(...data: unknown[]): void;
  dir(value?: unknown, options?: object): void;
  dirxml(...data: unknown[]): void;
  table(data?: unknown, columns?: readonly string[]): void;
  assert(condition?: unknown, ...data: unknown[]): void;
  count(label?: string): void;
  countReset(label?: string): void;
  group(...data: unknown[]): void;
  groupCollapsed(...data: unknown[]): void;
  groupEnd(): void;
  time(label?: string): void;
  timeLog(label?: string, ...data: unknown[]): void;
  timeEnd(label?: string): void;
  /** Does nothing: what is logged stays. */
  clear(): void;
  /** Does nothing, as `profile` and `profileEnd`: only an inspector sees them. */
  timeStamp(label?: string): void;
  profile(label?: string): void;
  profileEnd(label?: string): void;
}

/** The methods that say nothing. */
type Silent = "clear" | "groupEnd" | "timeStamp" | "profile" | "profileEnd";

type Method = (...data: unknown[]) => void;

const BRIDGE: Bridge = { name: "console", packages: [], mode: "replace" };

/** The state of one facade. */
interface Facade {
  readonly port: FacadePort;
  readonly words: Words;
  depth: number;
}

/** What a method says; `null` for nothing. */
type Say = (facade: Facade, method: string, data: readonly unknown[], face: Method) => Understood | null;

const plain: Say = (_facade, _method, data) => understand(data);
const computed: Say = ({ words }, method, data) => {
  const message = words.say(method, data);
  return message === null ? null : { message: withoutColors(message), args: data };
};
const opening: Say = (_facade, _method, data) => (data.length > 0 ? understand(data) : null);

const METHODS: Readonly<Record<Exclude<keyof ConsoleFacade, Silent>, Say>> = {
  log: plain,
  info: plain,
  warn: plain,
  error: plain,
  debug: plain,
  dirxml: plain,
  group: opening,
  groupCollapsed: opening,
  trace(_facade, _method, data, face) {
    const said = understand(data);
    return { ...said, message: traceText(said.message, face) };
  },
  dir: (_facade, _method, data) => directory(data),
  assert: (_facade, _method, [condition, ...data]) => (condition ? null : understand(assertion(data))),
  table: (facade, method, data, face) => computed(facade, method, data, face),
  count: computed,
  countReset: computed,
  time: computed,
  timeLog: computed,
  timeEnd: computed,
};

function methodOf(facade: Facade, method: string, say: Say): Method {
  const level = levelOf(method);
  const opens = say === opening;
  const face: Method = (...data) => {
    // Counters and timers go on while nobody listens.
    const wanted = facade.port.wants(level.no);
    const speak = (given: readonly unknown[]): Understood | null => say(facade, method, given, face);
    const said = wanted || say === computed ? saidOrGiven(speak, data, `console.${method}`) : null;
    const { depth } = facade;
    if (opens) facade.depth++;
    if (!said || !wanted) return;
    const origin: Inbound["origin"] = { name: BRIDGE.name, level: { name: method }, ...(depth > 0 && { depth }) };
    facade.port.deliver({ target: facade, level, origin, ...said }, face);
  };
  return face;
}

/**
 * A logger as a console. Texts are filled as the console does (`%s`; braces stay as they are), an error among the arguments is
 * the exception, a plain object at the end is in `extra` too. Values bound to the logger and its name apply.
 *
 * @throws LogbridgeTypeError LB1543 where it is no logger
 * @example
 * const client = new Client({ logger: asConsole(logger) });
 */
export function asConsole(logger: Logger): ConsoleFacade {
  checkLogger(logger, "asConsole");
  const facade: Facade = { port: openFacade(BRIDGE, logger), words: new Words(), depth: 0 };
  const made = Object.entries(METHODS).map(([method, say]) => [method, methodOf(facade, method, say)] as const);
  return {
    ...(Object.fromEntries(made) as Omit<ConsoleFacade, Silent>),
    groupEnd() {
      if (facade.depth > 0) facade.depth--;
    },
    clear() {},
    timeStamp() {},
    profile() {},
    profileEnd() {},
  };
}
