import { tracingChannel } from "node:diagnostics_channel";
import {
  type Bridge,
  checkInterceptOptions,
  type InboundPort,
  type Interception,
  type InterceptOptions,
  interception,
  LogbridgeError,
  LogbridgeTypeError,
  logger as globalLogger,
  openPort,
} from "@logbridge/core";
import { inboundLevel, numberAt } from "./levels.ts";
import { isPinoLogger, type PinoLogger, symbolOf, understand } from "./map.ts";

/** The pino function, as far as it is used here. */
export interface PinoModule {
  (...options: never[]): unknown;
  readonly version?: string;
}

const BRIDGE: Bridge = { name: "pino", packages: ["pino", "pino-std-serializers", "sonic-boom", "thread-stream", "pino-http"], mode: "tee" };

/** What pino publishes around `asJson`. */
interface Traced {
  readonly instance: PinoLogger;
  readonly arguments: ArrayLike<unknown>;
  readonly result?: unknown;
}

const METADATA = Symbol.for("pino.metadata");
const CARRIED = ["lastLevel", "lastObj", "lastMsg", "lastTime", "lastLogger"] as const;

/** pino publishes since this version. */
const SINCE = [9, 10] as const;

function hasChannel(version: string | undefined): boolean {
  const [major = 0, minor = 0] = (version ?? "0.0").split(".").map(Number);
  return major > SINCE[0] || (major === SINCE[0] && minor >= SINCE[1]);
}

/**
 * Takes in what pino logs, by the channel that pino itself publishes: every copy of pino in the process, loggers made before and after.
 *
 * Stage "formatted" (default): from the line, after redaction, serializers and formatters; the error is the object itself. In "replace" the
 * line does not reach the logger's destination.
 *
 * @param target the pino function (all loggers), or one logger (with its children)
 * @throws LogbridgeError LB1521 for pino before 9.10, LogbridgeTypeError LB1523 for another target, and the errors of `checkInterceptOptions`
 * @example
 * const interception = interceptPino(pino);
 * // …
 * interception.restore();
 */
export function interceptPino(target: PinoModule | PinoLogger, options: InterceptOptions = {}): Interception {
  checkInterceptOptions(options, "interceptPino", []);
  const concerns = concernOf(target);
  const port = openPort(BRIDGE, options, globalLogger);
  const end = (traced: unknown): void => {
    // An error in a subscriber would reach the application as an uncaught exception.
    try {
      take(port, traced as Traced, concerns, end);
    } catch (error) {
      port.fail(error);
    }
  };
  const channel = tracingChannel("pino_asJson");
  channel.end.subscribe(end);
  const unfollow = isPinoLogger(target) ? followLevel(target, port) : (): void => {};
  return interception(BRIDGE.name, () => {
    channel.end.unsubscribe(end);
    unfollow();
    port.close();
  });
}

function concernOf(target: PinoModule | PinoLogger): (instance: object) => boolean {
  const isModule = typeof target === "function" && typeof (target as PinoModule).version === "string";
  if (!isModule && !isPinoLogger(target))
    throw new LogbridgeTypeError("LB1523", 'interceptPino(): expected the pino function (import pino from "pino") or a pino logger');
  const { version } = target as { version?: string };
  if (!hasChannel(version))
    throw new LogbridgeError(
      "LB1521",
      `interceptPino(): pino ${version ?? "(unknown version)"} does not publish what it logs (since 9.10); update pino, or use a logger's stream: pino(options, stream)`,
    );
  return isModule ? () => true : (instance) => isOrDescends(instance, target as object);
}

function isOrDescends(instance: object, logger: object): boolean {
  for (let at: object | null = instance; at; at = Object.getPrototypeOf(at) as object | null) if (at === logger) return true;
  return false;
}

function take(port: InboundPort, traced: Traced, concerns: (instance: object) => boolean, skip: (traced: unknown) => void): void {
  const { instance, result } = traced;
  if (typeof result !== "string" || !concerns(instance)) return;
  const [object, text, number, timeChunk] = [0, 1, 2, 3].map((index) => traced.arguments[index]);
  const level = inboundLevel(number as number, instance.levels);
  if (!port.wants(level.no)) return;
  const said = understand(instance, result, { object, text, number: number as number, timeChunk: String(timeChunk ?? "") });
  const fields = port.stage === "raw" && typeof object === "object" && object !== null ? { ...said.fields, ...(object as object) } : said.fields;
  const taken = port.deliver(
    {
      target: instance,
      level,
      message: said.message,
      fields,
      ...(said.error && { error: said.error.value }),
      timeMs: said.timeMs,
      name: said.name,
      origin: {
        name: BRIDGE.name,
        level: { name: instance.levels.labels[number as number] ?? String(number), no: number as number },
        line: result,
      },
    },
    skip,
  );
  if (taken) divert(instance, port);
}

/**
 * For the one write that follows: replaces the destination by one that swallows the line (replace), or that marks what an
 * in-process destination prints meanwhile as pino's own output (tee).
 */
function divert(instance: PinoLogger, port: InboundPort): void {
  const symbol = symbolOf(instance, "stream");
  if (!symbol) return;
  const holder = instance as unknown as Record<symbol, unknown>;
  const before = Object.getOwnPropertyDescriptor(holder, symbol);
  const stream = holder[symbol] as Record<string | symbol, unknown> & { write(line: string): unknown };
  if (port.mode === "tee" && !printsInProcess(stream)) return;
  const standIn: Record<string | symbol, unknown> = {
    [METADATA]: stream[METADATA],
    write(line: string): unknown {
      if (before) Object.defineProperty(holder, symbol, before);
      else delete holder[symbol];
      if (port.mode === "replace") return true;
      if (stream[METADATA] === true) for (const key of CARRIED) stream[key] = standIn[key];
      return port.through(() => stream.write(line));
    },
  };
  Object.defineProperty(holder, symbol, { value: standIn, configurable: true, writable: true, enumerable: before?.enumerable ?? false });
}

/** pino's own destinations write by descriptor; any other may print. */
function printsInProcess(stream: object): boolean {
  const { name } = (Object.getPrototypeOf(stream) as { constructor?: { name?: string } } | null)?.constructor ?? {};
  return name !== "SonicBoom" && name !== "ThreadStream";
}

/** Sets the logger's level to our lowest threshold; children that have a level of their own keep it. */
function followLevel(logger: PinoLogger, port: InboundPort): () => void {
  let before: string | null = null;
  port.follow((threshold) => {
    before ??= logger.level;
    const lowest = numberAt(threshold);
    const [label] = Object.entries(logger.levels.values)
      .filter(([, number]) => number >= lowest)
      .sort(([, a], [, b]) => a - b)[0] ?? ["silent"];
    logger.level = label;
  });
  return () => {
    if (before !== null) logger.level = before;
  };
}

