import type { LogRecord } from "@logbridge/core";
import { lostName, outboundLevel, type PinoLevel } from "../levels.ts";
import { timeChunk } from "../map/clock.ts";
import type { Line } from "../map/line.ts";
import { type Mapping, mergeObject } from "../map/merge-object.ts";
import { isTextless } from "../map/remembered.ts";
import { type PinoLogger, part, symbolOf } from "../map/their-logger.ts";
import { type Hooks, hookedCall } from "./hooked-call.ts";
import { mappingOf } from "./mapping.ts";
import { RedactedText } from "./redacted-text.ts";

type Method = (this: object, object: object, message: string | undefined) => void;
type Write = (this: object, object: object, message: string | undefined, number: number) => void;

type Mixin = (this: object, object: object, number: number, logger: object) => object;

/** Marks, for every copy of this package, a logger whose lines are made and not written to its stream. */
const LINE_ALONE = Symbol.for("logbridge.pino.lineAlone");

/** Is this line made for a sink, which writes it by itself? */
export function isLineAlone(logger: object): boolean {
  return (logger as Record<symbol, unknown>)[LINE_ALONE] === true;
}

/**
 * A pino logger that writes at a record's time: an object that inherits everything from the application's own logger, its level
 * included, and overrides the clock.
 */
export class Shadow {
  readonly #logger: PinoLogger;
  readonly #own: Record<PropertyKey, unknown>;
  readonly #clock: () => string;
  /** The mapping, and the bindings for which it was made: `setBindings()` adds some. */
  #mapping: Mapping;
  #bound: unknown;
  readonly #text: RedactedText;
  #micros = 0;

  constructor(logger: PinoLogger) {
    this.#logger = logger;
    this.#own = Object.create(logger) as Record<PropertyKey, unknown>;
    const clock = symbolOf(logger, "time");
    this.#clock = (part(logger, "time") as (() => string) | undefined) ?? (() => "");
    if (clock) this.#own[clock] = (): string => this.#time();
    this.#bound = part(logger, "chindings");
    this.#mapping = mappingOf(logger, this.#clock());
    this.#text = new RedactedText(logger, this.#mapping.errorKey);
  }

  /** Logs by the logger's own method: hooks, level and stream are its own. */
  log(record: LogRecord): void {
    const level = outboundLevel(record, this.#logger.levels);
    const object = this.#object(record, level);
    this.#micros = record.micros;
    const text = isTextless(record) ? undefined : this.#text.of(record);
    if (this.#logger.levels.values[level.label] === level.number)
      (this.#own[level.label] as Method).call(this.#own, object, text);
    else this.#logUnnamed(level, object, text);
  }

  /**
   * The line alone, as the logger would write it.
   *
   * @param isOwn the logger has said the record: its mixin, its prefix and its hook for calls are in there already
   * @returns `null` where that hook lets nothing through
   */
  line(record: LogRecord, isOwn: boolean): Line | null {
    const level = outboundLevel(record, this.#logger.levels);
    const said = {
      object: this.#object(record, level),
      text: isTextless(record) ? undefined : (this.#text.of(record) as unknown),
    };
    const { logMethod, streamWrite } = (part(this.#logger, "hooks") ?? {}) as Hooks;
    const passed = isOwn || !logMethod ? said : hookedCall(logMethod, this.#own, said, level.number);
    if (!passed) return null;
    const object = isOwn ? passed.object : this.#mixed(passed.object, level);
    this.#micros = record.micros;
    this.#name(level);
    const time = this.#time();
    const prefix = part(this.#logger, "msgPrefix");
    const isPrefixed = typeof prefix === "string" && !isOwn && passed.text !== undefined;
    const message = isPrefixed ? `${prefix}${passed.text}` : passed.text;
    this.#own[LINE_ALONE] = true;
    const line = (part(this.#own, "asJson") as (...args: unknown[]) => string).call(
      this.#own,
      object,
      message,
      level.number,
      time,
    );
    return {
      ...level,
      line: streamWrite ? streamWrite(line) : line,
      object,
      message: message as string,
      time: time.slice(time.indexOf(":") + 1),
      logger: this.#own,
    };
  }

  #mixed(object: Record<string, unknown>, { number }: PinoLevel): Record<string, unknown> {
    const mixin = part(this.#logger, "mixin") as Mixin | undefined;
    if (!mixin) return object;
    const merge = part(this.#logger, "mixinMergeStrategy") as ((given: object, mixed: object) => object) | undefined;
    const mixed = mixin.call(this.#own, object, number, this.#own);
    return (merge ? merge(object, mixed) : { ...mixed, ...object }) as Record<string, unknown>;
  }

  #time(): string {
    return timeChunk(this.#clock, this.#micros) ?? this.#clock();
  }

  #object(record: LogRecord, level: PinoLevel): Record<string, unknown> {
    const bound = part(this.#logger, "chindings");
    if (bound !== this.#bound) {
      this.#bound = bound;
      this.#mapping = mappingOf(this.#logger, this.#clock());
    }
    return mergeObject(record, this.#mapping, lostName(record.level, level, this.#logger.levels));
  }

  /** A level that pino has a number for and this logger no method. */
  #logUnnamed(level: PinoLevel, object: object, message: string | undefined): void {
    const compare = part(this.#logger, "levelComp") as ((level: number, threshold: number) => boolean) | undefined;
    const threshold = part(this.#logger, "levelVal") as number;
    if (compare ? !compare(level.number, threshold) : level.number < threshold) return;
    this.#name(level);
    const write = part(this.#own, "write") as Write;
    const prefix = part(this.#logger, "msgPrefix");
    const method = function (this: object, given: object, text: string | undefined): void {
      const isPrefixed = typeof prefix === "string" && text !== undefined;
      write.call(this, given, isPrefixed ? prefix + text : text, level.number);
    };
    const hook = (part(this.#logger, "hooks") as Hooks | undefined)?.logMethod;
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
