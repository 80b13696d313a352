import { LogbridgeError, LogbridgeTypeError, shown } from "../diagnostics.ts";
import type { Sink } from "../sinks/sink.ts";
import { processState } from "../state.ts";

/** How an adapter makes sinks of bare foreign transports: `logger.add(new winston.transports.File(…))`. */
export interface SinkAdapter {
  /** The adapter's name; registering it again replaces the first. */
  readonly name: string;
  /** True for the foreign transports that this adapter hosts. Must not run code of the value's owner. */
  matches(value: unknown): boolean;
  toSink(value: unknown): Sink;
}

const adapters: Map<string, SinkAdapter> = processState("sinkAdapters", () => new Map<string, SinkAdapter>());

/**
 * Makes `logger.add(value)` accept what `matches` says. Adapters call it when they are imported.
 *
 * @throws LogbridgeTypeError LB1404 where a part is missing
 * @example
 * registerSinkAdapter({ name: "bunyan", matches: isBunyanStream, toSink: (stream) => bunyanSink(stream) });
 */
export function registerSinkAdapter(adapter: SinkAdapter): void {
  if (
    typeof adapter?.name !== "string" ||
    typeof adapter.matches !== "function" ||
    typeof adapter.toSink !== "function"
  )
    throw new LogbridgeTypeError(
      "LB1404",
      `registerSinkAdapter(): expected { name, matches, toSink }, got ${shown(adapter)}`,
    );
  adapters.set(adapter.name, adapter);
}

/** The sink that a registered adapter makes of the value, `null` where none wants it. */
export function recognisedSink(value: unknown): Sink | null {
  for (const adapter of adapters.values()) if (adapter.matches(value)) return adapter.toSink(value);
  return null;
}

/** Foreign objects that cannot be taken as they are, and what to do instead: the only place that names other libraries. */
const SHAPES: readonly { readonly matches: (value: object) => boolean; readonly advice: string }[] = [
  {
    // First: Bun's has methods of other shapes too.
    matches: (value) => value === globalThis.console,
    advice:
      "this is the console: use consoleSink(), or interceptConsole() of @logbridge/intercept-console for the other direction",
  },
  {
    matches: (value) =>
      methods(value, "configure", "child") && has(value, "transports") && methods(value, "log", "add"),
    advice:
      "this is a winston logger, not a transport: use propagateToWinston(theirLogger) of @logbridge/adapter-winston",
  },
  {
    matches: (value) =>
      methods(value, "log") && (methods(value, "pipe") || methods(value, "write")) && !methods(value, "child"),
    advice:
      "this is a winston transport: install @logbridge/adapter-winston and import it, or use its winstonSink(transport)",
  },
  {
    matches: (value) => symbolOf(value, "pino.") && methods(value, "child", "info"),
    advice: "this is a pino logger, not a stream: use propagateToPino(theirLogger) of @logbridge/adapter-pino",
  },
  {
    matches: (value) =>
      typeOf(value) === "ThreadStream" || typeOf(value) === "SonicBoom" || symbolNamed(value, "pino.metadata"),
    advice:
      "this is a pino transport or destination: install @logbridge/adapter-pino and import it, or use its pinoSink(stream)",
  },
  {
    matches: (value) => methods(value, "getLogger", "configure", "shutdown") && has(value, "levels"),
    advice: "this is log4js itself, not an appender: use propagateToLog4js(log4js) of @logbridge/adapter-log4js",
  },
  {
    matches: (value) => has(value, "category") && methods(value, "isLevelEnabled", "addContext"),
    advice: "this is a log4js logger, not an appender: use propagateToLog4js(theirLogger) of @logbridge/adapter-log4js",
  },
  {
    matches: (value) => !methods(value, "write") && typeof data(value, "type") === "string",
    advice: "this looks like a log4js appender configuration: use log4jsSink(config) of @logbridge/adapter-log4js",
  },
  {
    matches: (value) =>
      methods(value, "getLogger", "forceFlush") ||
      methods(value, "onEmit") ||
      (methods(value, "export", "shutdown") && typeOf(value).includes("Log")),
    advice:
      "this is a provider, processor or exporter of OpenTelemetry: install @logbridge/adapter-otel and import it, or use its otelSink()",
  },
  {
    matches: (value) => has(value, "_core") && methods(value, "bind", "opt"),
    advice:
      "this is a logbridge logger, not a sink: to pass records on to another one, give a sink that says { write: (_text, record) => other.emit(record) }",
  },
  {
    matches: (value) => methods(value, "info", "error") && !methods(value, "write"),
    advice: "this is a logger, not a sink: give a function, as (text, record) => theirs.info(record.message)",
  },
];

/** Throws where the value is a foreign object that needs its adapter or the other direction. @throws LogbridgeTypeError LB1405 */
export function refuseForeignShapes(value: object): void {
  for (const shape of SHAPES)
    if (shape.matches(value)) throw new LogbridgeTypeError("LB1405", `add(): ${shape.advice}`);
}

/** A sink that a wrapper function would hide, as an error for `add()`. @throws LogbridgeError LB1405 */
export function refusePromise(value: object): void {
  if (methods(value, "then"))
    throw new LogbridgeError(
      "LB1405",
      "add(): this is a promise; await it, or hand it to the adapter's sink function, which accepts promises",
    );
}

/** The property without running a getter, own or inherited. */
function data(value: object, key: PropertyKey): unknown {
  for (let at: object | null = value; at; at = Object.getPrototypeOf(at) as object | null) {
    const found = Object.getOwnPropertyDescriptor(at, key);
    if (found) return found.value;
  }
  return undefined;
}

function has(value: object, key: string): boolean {
  return key in value;
}

function methods(value: object, ...names: readonly string[]): boolean {
  return names.every((name) => typeof data(value, name) === "function");
}

function typeOf(value: object): string {
  const made = data(value, "constructor") as { name?: unknown } | undefined;
  return typeof made === "function" && typeof made.name === "string" ? made.name : "";
}

function symbolOf(value: object, prefix: string): boolean {
  for (let at: object | null = value; at; at = Object.getPrototypeOf(at) as object | null)
    if (Object.getOwnPropertySymbols(at).some((symbol) => symbol.description?.startsWith(prefix))) return true;
  return false;
}

function symbolNamed(value: object, description: string): boolean {
  return Object.getOwnPropertySymbols(value).some((symbol) => symbol.description === description);
}
