import {
  type Bridge,
  logger as globalLogger,
  type InboundPort,
  type Interception,
  type InterceptOptions,
  interception,
  isError,
  isPlainObject,
  LogbridgeTypeError,
  mergeFields,
  type NamedSeverity,
  openPort,
  type PatchSite,
  patchMethod,
  withoutColors,
} from "@logbridge/core";
import type { Method } from "../console/talk.ts";
import { givenText } from "../given-text.ts";
import { mutes } from "../levels.ts";
import { type Understood, understand } from "../map.ts";
import { checkOptions } from "../options.ts";
import { undoing } from "../undo.ts";
import { type LevelsByNamespace, namespaceLevels } from "./levels.ts";

/** Options of `interceptDebug`. */
export interface DebugInterceptOptions extends InterceptOptions {
  /**
   * The level of what a namespace says. Default: DEBUG for all.
   *
   * An object of levels by pattern, in the syntax of `DEBUG` (`*`, several with commas, `-` for all but), of which the first that fits
   * decides; or a function that is asked at each call and gives `undefined` for DEBUG.
   */
  readonly levels?: LevelsByNamespace;
}

/** A copy of `debug`, as far as it is used here. */
export interface CreateDebug {
  (namespace: string): unknown;
  formatArgs(this: never, args: never): void;
  coerce?(value: never): unknown;
  log?(...args: never[]): unknown;
  /** What fills `%o`, `%O` and the like. */
  readonly formatters?: object;
}

/** A debug function of one namespace. */
interface Instance {
  readonly namespace?: string;
  log?: Method | undefined;
}

const BRIDGE: Bridge = { name: "debug", packages: ["debug"], mode: "tee", caller: "interceptDebug()" };

/** Who listens at the patched methods. */
interface Subscriber {
  readonly port: InboundPort;
  readonly follows: boolean;
  /** The level of what a namespace says. */
  readonly levelOf: (namespace: string) => NamedSeverity;
}

/** One call of an instance. */
interface Call {
  readonly instance: Instance;
  readonly args: readonly unknown[];
  /** What came first, before it was made a text. */
  readonly first: unknown;
  readonly filled: readonly unknown[];
  /** The patch: the caller is above it. */
  readonly hook: Method;
}

/** What `debug` makes a text of before `formatArgs` is called: it is kept from there. */
interface Spoken {
  /** What came first: of an error only the stack would be left. */
  readonly first: unknown;
  /** What `%o`, `%O` and other directives of its own were filled with. */
  readonly filled: unknown[];
}

let spoken: Spoken | null = null;

function wrapCoerce(site: PatchSite<Subscriber>): Method {
  const original = site.original as Method;
  return function (this: unknown, ...args) {
    spoken = { first: args[0], filled: [] };
    return original.apply(this, args);
  };
}

function wrapFormatter(site: PatchSite<Subscriber>): Method {
  const original = site.original as Method;
  return function (this: unknown, ...args) {
    const call = spoken;
    // An object that stands first is written by `%O`, too.
    if (call && args[0] !== call.first) call.filled.push(args[0]);
    try {
      return original.apply(this, args);
    } finally {
      // What is shown may speak itself, by an inspection of its own.
      spoken = call;
    }
  };
}

/**
 * The patched `formatArgs`: it gets the text with `%o` filled, and adds namespace, colours and time for the eye, which are no
 * part of the message. What it makes is printed right after it.
 */
function wrapFormatArgs(createDebug: CreateDebug, site: PatchSite<Subscriber>): Method {
  const original = site.original as Method;
  const hook: Method = function (this: unknown, ...rest) {
    const instance = this as Instance;
    const { first, filled } = spoken ?? { first: undefined, filled: [] };
    spoken = null;
    const [args] = rest;
    if (!Array.isArray(args)) return original.apply(this, rest);
    const namespace = instance.namespace ?? "";
    const listening = site.subscribers
      .map(({ port, levelOf }) => ({ port, level: levelOf(namespace) }))
      .filter(({ port, level }) => port.wants(level.no));
    let silent = listening.length === 0 && site.subscribers.some(({ port, follows }) => mutes(port, follows));
    // What is printed is this call's output, wanted or not.
    let through = listening.length === 0 ? (site.subscribers[0]?.port ?? null) : null;
    for (const { port, level } of listening) {
      if (!delivered(port, level, { instance, args, first, filled, hook })) continue;
      if (port.mode === "replace") silent = true;
      through = port;
    }
    const result = silent ? undefined : original.apply(this, rest);
    if (silent || through) onNextOutput(instance, createDebug, silent ? null : through);
    return result;
  };
  return hook;
}

function delivered(port: InboundPort, level: NamedSeverity, call: Call): boolean {
  const { instance, hook } = call;
  try {
    const origin = { name: BRIDGE.name, level: { name: "debug" } };
    return port.deliver({ target: instance, level, name: instance.namespace ?? null, origin, ...saidBy(call) }, hook);
  } catch (error) {
    port.fail(error);
    return false;
  }
}

/** What was said, without colours: `%O` brings its own. An error or object that came first stands as text there. */
function saidBy({ args, first, filled }: Call): Understood {
  const said = understand(isError(first) ? [first, ...args.slice(1)] : args);
  const error = "error" in said ? undefined : filled.find((value) => isError(value));
  const isFields = isPlainObject(first);
  const leading = typeof first === "string" || first === undefined || isError(first) || isFields ? [] : [first];
  const others = filled.filter((value) => value !== error);
  return {
    ...said,
    message: withoutColors(said.message),
    template: said.template && withoutColors(said.template),
    fields: said.fields ?? (isFields ? mergeFields(first) : undefined),
    args: leading.length + others.length > 0 ? [...leading, ...(said.args ?? []), ...others] : said.args,
    // The text was made by functions of the library and the application: what is hidden of these is searched in it.
    printed: [first, ...args.slice(1)].filter((value) => typeof value === "object" && !isError(value)),
    reprint: undefined,
    ...(error !== undefined && { error }),
  };
}

/**
 * For the one output that follows: `null` swallows it; else it is marked as `debug`'s own, which no interception of the
 * console takes for another record.
 */
function onNextOutput(instance: Instance, createDebug: CreateDebug, through: InboundPort | null): void {
  const before = Object.getOwnPropertyDescriptor(instance, "log");
  const value: Method = function (this: unknown, ...args) {
    if (before) Object.defineProperty(instance, "log", before);
    else delete instance.log;
    const output = (instance.log ?? createDebug.log) as Method | undefined;
    return through && output ? through.through(() => output.apply(this, args)) : undefined;
  };
  Object.defineProperty(instance, "log", {
    value,
    configurable: true,
    writable: true,
    enumerable: before?.enumerable ?? true,
  });
}

/**
 * Takes in what an existing copy of `debug` logs: the namespace becomes `record.name`, the level is DEBUG or what `levels` says,
 * the message is the text without namespace, colours and `+3ms`.
 *
 * `debug` speaks only in namespaces that are enabled (`DEBUG=app:*`, or `enable()` at run time), and only that arrives. Each copy of the
 * package in `node_modules` is one of its own. Works with the versions 2, 3 and 4, in Node and in browsers.
 *
 * @param createDebug the function of the package: `import createDebug from "debug"`
 * @param options `mode` is "tee" unless you say "replace"
 * @throws LogbridgeTypeError LB1542 for something else than `debug`, LB1412 for other `levels`, LogbridgeError LB1003 for an unknown level
 * in them, and the errors of `checkInterceptOptions`
 * @example
 * const interception = interceptDebug(createDebug, { mode: "replace", levels: { "*:error": "ERROR", "app:warn*": "WARNING" } });
 */
export function interceptDebug(createDebug: CreateDebug, options: DebugInterceptOptions = {}): Interception {
  checkOptions(options, "interceptDebug", ["levels"]);
  if (typeof createDebug !== "function" || typeof createDebug.formatArgs !== "function")
    throw new LogbridgeTypeError(
      "LB1542",
      `interceptDebug(): expected the function of the package debug (import createDebug from "debug"), got ${givenText(createDebug)}`,
    );
  const port = openPort(BRIDGE, options, globalLogger);
  const leave: (() => void)[] = [() => port.close()];
  const undo = undoing(leave);
  try {
    const subscriber: Subscriber = { port, follows: port.follows, levelOf: namespaceLevels(options.levels, port) };
    leave.push(
      patchMethod<Subscriber>(createDebug, "formatArgs", subscriber, (site) => wrapFormatArgs(createDebug, site)),
    );
    if (typeof createDebug.coerce === "function")
      leave.push(patchMethod<Subscriber>(createDebug, "coerce", subscriber, wrapCoerce));
    const { formatters } = createDebug;
    for (const [letter, formatter] of Object.entries(formatters ?? {}))
      if (typeof formatter === "function")
        leave.push(patchMethod<Subscriber>(formatters as object, letter, subscriber, wrapFormatter));
  } catch (error) {
    undo();
    throw error;
  }
  return interception(BRIDGE.name, undo);
}
