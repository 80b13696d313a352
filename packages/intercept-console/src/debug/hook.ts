import {
  type Bridge,
  checkInterceptOptions,
  logger as globalLogger,
  type InboundPort,
  type Interception,
  type InterceptOptions,
  interception,
  isError,
  isPlainObject,
  LogbridgeTypeError,
  mergeFields,
  openPort,
  type PatchSite,
  patchMethod,
} from "@logbridge/core";
import type { Method } from "../console/talk.ts";
import { DEBUG_LEVEL, mutes } from "../levels.ts";
import { type Understood, understand, withoutColors } from "../map.ts";

/** A copy of `debug`, as far as it is used here. */
export interface CreateDebug {
  (namespace: string): unknown;
  formatArgs(this: never, args: never): void;
  coerce?(value: never): unknown;
  log?(...args: never[]): unknown;
}

/** A debug function of one namespace. */
interface Instance {
  readonly namespace?: string;
  log?: Method | undefined;
}

const BRIDGE: Bridge = { name: "debug", packages: ["debug"], mode: "tee" };

/** Who listens at the patched methods. */
interface Subscriber {
  readonly port: InboundPort;
  readonly follows: boolean;
}

/** `debug` turns an error that comes first into its stack before `formatArgs`: the error itself is kept from there. */
let coerced: unknown;

function wrapCoerce(site: PatchSite<Subscriber>): Method {
  const original = site.original as Method;
  return function (this: unknown, ...args) {
    coerced = args[0];
    return original.apply(this, args);
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
    const first = coerced;
    coerced = undefined;
    const [args] = rest;
    if (!Array.isArray(args)) return original.apply(this, rest);
    const listening = site.subscribers.filter(({ port }) => port.wants(DEBUG_LEVEL.no));
    let silent = listening.length === 0 && site.subscribers.some(({ port, follows }) => mutes(port, follows));
    let through: InboundPort | null = null;
    for (const { port } of listening) {
      if (!delivered(port, instance, args, first, hook)) continue;
      if (port.mode === "replace") silent = true;
      through = port;
    }
    if (silent || through) onNextOutput(instance, createDebug, silent ? null : through);
    return silent ? undefined : original.apply(this, rest);
  };
  return hook;
}

function delivered(
  port: InboundPort,
  instance: Instance,
  args: readonly unknown[],
  first: unknown,
  hook: Method,
): boolean {
  try {
    const origin = { name: BRIDGE.name, level: { name: "debug" } };
    return port.deliver(
      { target: instance, level: DEBUG_LEVEL, name: instance.namespace ?? null, origin, ...saidBy(args, first) },
      hook,
    );
  } catch (error) {
    port.fail(error);
    return false;
  }
}

/** What was said, without colours: `%O` brings its own. An error or object that came first stands as text there. */
function saidBy(args: readonly unknown[], first: unknown): Understood {
  const said = understand(isError(first) ? [first, ...args.slice(1)] : args);
  return {
    ...said,
    message: withoutColors(said.message),
    template: said.template && withoutColors(said.template),
    fields: said.fields ?? (isPlainObject(first) ? mergeFields(first) : undefined),
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
 * Takes in what an existing copy of `debug` logs: the namespace becomes `record.name`, the level is DEBUG.
 *
 * `debug` speaks only in namespaces that are enabled (`DEBUG=app:*`, or `enable()` at run time), and only that arrives.
 *
 * @param createDebug the function of the package: `import createDebug from "debug"`
 * @param options `mode` is "tee" unless you say "replace"
 * @throws LogbridgeTypeError LB1542 for something else, and the errors of `checkInterceptOptions`
 * @example
 * const interception = interceptDebug(createDebug, { mode: "replace" });
 */
export function interceptDebug(createDebug: CreateDebug, options: InterceptOptions = {}): Interception {
  checkInterceptOptions(options, "interceptDebug", []);
  if (typeof createDebug !== "function" || typeof createDebug.formatArgs !== "function")
    throw new LogbridgeTypeError(
      "LB1542",
      'interceptDebug(): expected the function of the package debug: import createDebug from "debug"',
    );
  const port = openPort(BRIDGE, options, globalLogger);
  const subscriber: Subscriber = { port, follows: port.follows };
  const leave = [
    patchMethod(
      createDebug,
      "formatArgs",
      subscriber,
      (site) => wrapFormatArgs(createDebug, site as PatchSite<Subscriber>) as never,
    ),
  ];
  if (typeof createDebug.coerce === "function")
    leave.push(
      patchMethod(createDebug, "coerce", subscriber, (site) => wrapCoerce(site as PatchSite<Subscriber>) as never),
    );
  return interception(BRIDGE.name, () => {
    for (const one of leave.reverse()) one();
    port.close();
  });
}
