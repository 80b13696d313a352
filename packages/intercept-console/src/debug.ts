import {
  type Bridge,
  checkInterceptOptions,
  type InboundPort,
  type Interception,
  type InterceptOptions,
  interception,
  LogbridgeTypeError,
  logger as globalLogger,
  type Method,
  openPort,
  type PatchSite,
  patchMethod,
} from "@logbridge/core";
import { isError, understand, withoutColors } from "./map.ts";

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
const LEVEL = { name: "DEBUG", no: 10 } as const;

/** `debug` turns an error into its stack before its hook: the error itself is remembered from there. */
let coerced: unknown;

function wrapCoerce(site: PatchSite<InboundPort>): Method {
  return function (this: unknown, ...args: never[]) {
    coerced = args[0];
    return site.original.apply(this, args);
  };
}

/** `formatArgs` gets the text with `%o` filled; it adds namespace, colours and time for the eye, which are not the message. */
function wrapFormatArgs(createDebug: CreateDebug, site: PatchSite<InboundPort>): Method {
  const hook: Method = function (this: unknown, ...[args]: unknown[]) {
    const instance = this as Instance;
    const { subscribers } = site;
    const given = Array.isArray(args) ? [...(args as unknown[])] : [];
    const error = isError(coerced) ? coerced : given.find(isError);
    coerced = undefined;
    let mode: "tee" | "replace" | null = null;
    let through: InboundPort | null = null;
    for (const port of subscribers) {
      if (!port.wants(LEVEL.no)) {
        if (port.mode === "replace") mode = "replace";
        continue;
      }
      const said = understand(given);
      const taken = port.deliver(
        {
          target: createDebug,
          level: LEVEL,
          message: withoutColors(said.message),
          template: withoutColors(said.template),
          args: said.args,
          ...(said.fields && { fields: said.fields }),
          ...(error !== undefined && { error }),
          name: instance.namespace ?? null,
          origin: { name: BRIDGE.name, level: { name: "debug" } },
        },
        hook,
      );
      if (!taken) continue;
      through = port;
      if (port.mode === "replace") mode = "replace";
      else mode ??= "tee";
    }
    if (mode !== null) divert(instance, createDebug, mode, through);
    return site.original.apply(this, [args] as never[]);
  };
  return hook;
}

/** For the one output that follows: swallowed (replace), or marked as debug's own, which no console interception takes for a record (tee). */
function divert(instance: Instance, createDebug: CreateDebug, mode: "tee" | "replace", port: InboundPort | null): void {
  const before = Object.getOwnPropertyDescriptor(instance, "log");
  const output = (instance.log ?? createDebug.log) as Method | undefined;
  Object.defineProperty(instance, "log", {
    value(this: unknown, ...args: never[]): unknown {
      if (before) Object.defineProperty(instance, "log", before);
      else delete instance.log;
      if (mode === "replace" || !output) return undefined;
      const print = (): unknown => output.apply(this, args);
      return port ? port.through(print) : print();
    },
    configurable: true,
    writable: true,
    enumerable: before?.enumerable ?? true,
  });
}

/**
 * Takes in what an existing copy of `debug` logs: the namespace becomes `record.name`, the level is DEBUG.
 *
 * `debug` prints only what is enabled (`DEBUG=app:*`, or `enable()` at run time), and only that arrives.
 *
 * @param createDebug the function that makes debug functions: `import createDebug from "debug"`
 * @throws LogbridgeTypeError LB1542 for something else, and the errors of `checkInterceptOptions`
 * @example
 * interceptDebug(createDebug);
 */
export function interceptDebug(createDebug: CreateDebug, options: InterceptOptions = {}): Interception {
  checkInterceptOptions(options, "interceptDebug", []);
  if (typeof createDebug !== "function" || typeof createDebug.formatArgs !== "function")
    throw new LogbridgeTypeError("LB1542", 'interceptDebug(): expected the function of the package debug: import createDebug from "debug"');
  const port = openPort(BRIDGE, options, globalLogger);
  const leave = [patchMethod(createDebug, "formatArgs", port, (site: PatchSite<InboundPort>) => wrapFormatArgs(createDebug, site))];
  if (typeof createDebug.coerce === "function") leave.push(patchMethod(createDebug, "coerce", port, wrapCoerce));
  return interception(BRIDGE.name, () => {
    for (const one of leave) one();
    port.close();
  });
}
