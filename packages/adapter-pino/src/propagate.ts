import {
  errorToHand,
  isError,
  LogbridgeError,
  LogbridgeTypeError,
  type LogRecord,
  type Sink,
  toPlain,
} from "@logbridge/core";
import { lostName, outboundLevel, type PinoLevel } from "./levels.ts";
import {
  isPinoLogger,
  type Line,
  type Mapping,
  mergeObject,
  type PinoLogger,
  part,
  serializersOf,
  symbolOf,
} from "./map.ts";

/** What the destinations of pino have; none has all of it. */
export interface Stream {
  write(line: string): unknown;
  on?(event: string, listener: (error?: unknown) => void): unknown;
  emit?(event: string, value: unknown): unknown;
  end?(): void;
  flush?(callback?: (error?: unknown) => void): unknown;
  flushSync?(): void;
  ref?(): void;
  readonly destroyed?: boolean;
  readonly fd?: number;
  /** A worker's stream. */
  readonly worker?: unknown;
  /** That of a stream which changes what it passes on. */
  readonly _transform?: unknown;
  /** A multistream's. */
  readonly streams?: readonly { readonly stream: Stream }[];
  readonly writableLength?: number;
  readonly writableEnded?: boolean;
  readonly writableObjectMode?: boolean;
  /** A file destination's, sonic-boom: bytes that it holds, and whether it is writing. */
  readonly _len?: number;
  readonly _writing?: boolean;
}

/** The streams that a destination writes to: those of a multistream, else itself. */
export function leavesOf(stream: Stream): readonly Stream[] {
  return Array.isArray(stream.streams)
    ? stream.streams.flatMap((one: { stream: Stream }) => leavesOf(one.stream))
    : [stream];
}

/** How much (bytes; items in object mode) a stream holds that is not delivered, as far as it says so. */
export function heldBy(leaf: Stream): number {
  if (typeof leaf._len === "number") return leaf._len > 0 ? leaf._len : leaf._writing ? 1 : 0;
  return leaf.writableLength ?? 0;
}

/** Makes a file destination write what it gathers. The callback of its `flush` says nothing: where it gathers nothing it comes at once. */
export function push(leaf: Stream): void {
  if (typeof leaf._len === "number" && leaf._len > 0 && !leaf._writing && !leaf.destroyed) leaf.flush?.();
}

const DEADLINE_MS = 10_000;
const WATCH_MS = 20;

/**
 * Does the stream pass on what it takes, so that nobody learns when that has arrived, but by its end? A worker does (its answer to `flush`
 * is that its target has taken the lines), and a stream that changes lines on their way, as pino-pretty.
 */
export function passesOn(leaf: Stream): boolean {
  return leaf.worker !== undefined || typeof leaf._transform === "function";
}

/** Resolves when a stream that only tells when it is asked has answered: a worker's, or one with a `flush` of its own. */
export async function confirm(leaf: Stream): Promise<void> {
  if (leaf.destroyed || typeof leaf.flush !== "function" || typeof leaf._len === "number") return;
  await new Promise<void>((resolve, reject) => {
    const until = Date.now() + DEADLINE_MS;
    const done = (error?: unknown): void => {
      clearInterval(watch);
      if (error) reject(error as Error);
      else resolve();
    };
    // A worker that dies while it is asked never answers.
    const watch = setInterval(() => {
      if (leaf.destroyed) done(new LogbridgeError("LB1407", "the stream has ended before it has delivered everything"));
      else if (Date.now() > until)
        done(new LogbridgeError("LB1407", `the stream has not answered flush() for ${DEADLINE_MS} ms`));
    }, WATCH_MS);
    const answer = leaf.flush?.(done);
    if (typeof (answer as PromiseLike<unknown> | undefined)?.then === "function")
      (answer as PromiseLike<unknown>).then(() => done(), done);
    else if (leaf.flush?.length === 0) done();
  });
}

const clocks = new WeakMap<object, (micros: number) => string | null>();
const CHUNK = /^,"[^"]+":/;

/** The time of a record in the form of a logger's own clock; `null` where that is a form of the user's own. */
function timeChunk(clock: () => string, micros: number): string | null {
  let form = clocks.get(clock);
  if (!form) clocks.set(clock, (form = formOf(clock())));
  return form(micros);
}

function formOf(sample: string): (micros: number) => string | null {
  const key = CHUNK.exec(sample)?.[0];
  const value = sample.slice(key?.length ?? 0);
  const iso = (micros: number): string => new Date(Math.floor(micros / 1000)).toISOString();
  if (key === undefined) return () => null;
  if (/^\d{12,14}$/.test(value)) return (micros) => `${key}${Math.floor(micros / 1000)}`;
  if (/^\d{9,11}$/.test(value)) return (micros) => `${key}${Math.round(micros / 1e6)}`;
  if (/^"\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z"$/.test(value)) return (micros) => `${key}"${iso(micros)}"`;
  const nanos = (micros: number): string => `${String(Math.floor(micros % 1000)).padStart(3, "0")}000`;
  if (/^"\d{4}-\d\d-\d\dT[\d:]{8}\.\d{9}Z"$/.test(value))
    return (micros) => `${key}"${iso(micros).slice(0, -1)}${nanos(micros)}Z"`;
  return () => null;
}

type Method = (this: object, object: object, message: string) => void;
type Write = (this: object, object: object, message: string, number: number) => void;
type Hook = (this: object, args: unknown[], method: (...args: never[]) => void, number: number) => void;

/**
 * A pino logger that writes at a record's time: an object that inherits everything from the application's own logger, its level
 * included, and overrides the clock.
 */
export class Shadow {
  readonly #logger: PinoLogger;
  readonly #own: Record<PropertyKey, unknown>;
  readonly #clock: () => string;
  readonly #mapping: Mapping;
  #micros = 0;

  constructor(logger: PinoLogger) {
    this.#logger = logger;
    this.#own = Object.create(logger) as Record<PropertyKey, unknown>;
    const clock = symbolOf(logger, "time");
    this.#clock = (part(logger, "time") as (() => string) | undefined) ?? (() => "");
    if (clock) this.#own[clock] = (): string => this.#time();
    this.#mapping = mappingOf(logger, this.#clock());
  }

  /** Logs by the logger's own method: hooks, level and stream are its own. */
  log(record: LogRecord): void {
    const level = outboundLevel(record, this.#logger.levels);
    const object = this.#object(record, level);
    this.#micros = record.micros;
    if (this.#logger.levels.values[level.label] === level.number)
      (this.#own[level.label] as Method).call(this.#own, object, record.message);
    else this.#logUnnamed(level, object, record.message);
  }

  /** The line alone, as the logger would write it. */
  line(record: LogRecord): Line {
    const level = outboundLevel(record, this.#logger.levels);
    const object = this.#object(record, level);
    this.#micros = record.micros;
    this.#name(level);
    const time = this.#time();
    const line = (part(this.#own, "asJson") as (...args: unknown[]) => string).call(
      this.#own,
      object,
      record.message,
      level.number,
      time,
    );
    return {
      ...level,
      line,
      object,
      message: record.message,
      time: time.slice(time.indexOf(":") + 1),
      logger: this.#own,
    };
  }

  #time(): string {
    return timeChunk(this.#clock, this.#micros) ?? this.#clock();
  }

  #object(record: LogRecord, level: PinoLevel): Record<string, unknown> {
    return mergeObject(record, this.#mapping, lostName(record.level, level, this.#logger.levels));
  }

  /** A level that pino has a number for and this logger no method. */
  #logUnnamed(level: PinoLevel, object: object, message: string): void {
    const compare = part(this.#logger, "levelComp") as ((level: number, threshold: number) => boolean) | undefined;
    const threshold = part(this.#logger, "levelVal") as number;
    if (compare ? !compare(level.number, threshold) : level.number < threshold) return;
    this.#name(level);
    const write = part(this.#own, "write") as Write;
    const prefix = part(this.#logger, "msgPrefix");
    const method = function (this: object, given: object, text: string): void {
      write.call(this, given, typeof prefix === "string" ? prefix + text : text, level.number);
    };
    const hook = (part(this.#logger, "hooks") as { logMethod?: Hook } | undefined)?.logMethod;
    if (hook) hook.call(this.#own, [object, message], method as never, level.number);
    else method.call(this.#own, object, message);
  }

  /** pino starts a line with a text that it keeps for each level, and has none for a level that it does not know. */
  #name({ label, number }: PinoLevel): void {
    const starts = part(this.#own, "lsCache") as Record<number, string>;
    const symbol = symbolOf(this.#logger, "lsCache");
    if (symbol === undefined || starts[number] !== undefined) return;
    const format = (
      part(this.#logger, "formatters") as { level?: (label: string, number: number) => object } | undefined
    )?.level;
    const text = JSON.stringify(format?.(label, number) ?? { level: number }).slice(0, -1);
    this.#own[symbol] = { ...starts, [number]: text === "{" ? `{"level":${number}` : text };
  }
}

/** The keys that a line has before the fields of its call. */
function keysOf(logger: PinoLogger, time: string): string[] {
  const [start = '{"level":0'] = Object.values((part(logger, "lsCache") ?? {}) as Record<number, string>);
  const text = part(logger, "messageKey");
  try {
    const keys = Object.keys(JSON.parse(`${start}${time}${String(part(logger, "chindings") ?? "")}}`) as object);
    return [...keys, typeof text === "string" ? text : "msg"];
  } catch {
    return ["level", "time", "msg"];
  }
}

/** The names that fields cannot have with this logger, and its ways to show values. */
function mappingOf(logger: PinoLogger, time: string): Mapping {
  const nested = part(logger, "nestedKey");
  const error = part(logger, "errorKey");
  const taken = typeof nested === "string" && nested !== "" ? [] : keysOf(logger, time);
  const serializers = serializersOf(logger);
  return {
    reserved: new Set(["__proto__", ...taken]),
    errorKey: typeof error === "string" ? error : "err",
    valueOf: (key, value) => (serializers[key] || isPlainValue(value) ? value : toPlain(value)),
    errorOf: (exception) => {
      const error = errorToHand(exception);
      return isError(error) ? extensible(error) : toPlain(error);
    },
  };
}

/** What JSON has a word for. */
function isPlainValue(value: unknown): boolean {
  return value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** pino's serializer marks an error while it reads it, which a frozen one does not let it do. */
function extensible(error: Error): Error {
  if (Object.isExtensible(error)) return error;
  return Object.create(Object.getPrototypeOf(error) as object, Object.getOwnPropertyDescriptors(error)) as Error;
}

/** Do both loggers write to the same stream? */
export function sharesStream(logger: object, target: unknown): boolean {
  return typeof target === "object" && target !== null && part(target, "stream") === part(logger, "stream");
}

/**
 * A sink that writes every record through a pino logger (or child): its level, hooks, mixin, redaction, serializers and stream do the rest.
 *
 * The level crosses by name or to the nearest that is not more severe (then the name stands in `levelName`), the time in the form of the
 * logger's own clock, `extra` as fields, an exception under the error key. Fields whose names the line has already
 * (`level`, `time`, the message key, bindings) get a trailing underscore.
 *
 * @param logger a pino logger or one of its children
 * @throws LogbridgeTypeError LB1520 where it is no pino logger
 * @example
 * logger.add(propagateToPino(legacyLogger), { level: "INFO" });
 */
export function propagateToPino(logger: PinoLogger): Sink {
  if (!isPinoLogger(logger))
    throw new LogbridgeTypeError(
      "LB1520",
      "propagateToPino(): expected a pino logger, as pino() makes it, or one of its children",
    );
  const shadow = new Shadow(logger);
  let given = 0;
  const leaves = (): readonly Stream[] => leavesOf(part(logger, "stream") as Stream);
  const held = (): number => leaves().reduce((sum, leaf) => sum + (leaf.destroyed ? 0 : heldBy(leaf)), 0);
  return {
    needs: { text: false },
    write(_text: string, record: LogRecord) {
      if (held() === 0) given = 0;
      shadow.log(record);
      given++;
    },
    async flush() {
      let since = Date.now();
      for (let left = held(), before = left; left > 0; left = held()) {
        if (left < before) since = Date.now();
        before = left;
        if (Date.now() - since > DEADLINE_MS)
          throw new LogbridgeError("LB1407", `pino's destination delivered nothing for ${DEADLINE_MS} ms`);
        leaves().forEach(push);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      await Promise.all(leaves().map(confirm));
    },
    pending: () => (held() > 0 ? given : 0),
    leadsTo: (bridge, target) => bridge === "pino" && sharesStream(logger, target),
  };
}
