import { echoCount } from "../bridge/crossing.ts";
import { LogbridgeError, LogbridgeTypeError, shown } from "../diagnostics.ts";
import { levelAnsi } from "../format/markup.ts";
import type { HandlerHandle } from "../handler/handle.ts";
import type { AddOptions } from "../handler/options.ts";
import { asksForNames, type Counts, type Hub, isActive, nextSeq, type Patcher, setActivation } from "../hub.ts";
import { emptyBaseCache } from "../record/base.ts";
import type { CallerSource } from "../record/caller.ts";
import { type Fields, mergeFields } from "../record/context.ts";
import { defineLevel, type Level, type LevelOptions, levelOf } from "../record/level.ts";
import { isPlainObject } from "../record/plain-object.ts";
import { isLogRecord, type LogRecord } from "../record/record.ts";
import type { SinkLike } from "../sinks/accept.ts";
import { type Core, log, send } from "./call.ts";
import { calledLevel } from "./called-level.ts";
import { makeCatch } from "./catch.ts";
import type { Catch } from "./catch-types.ts";
import { type ConfigureOptions, configureHub } from "./configure.ts";
import { type Contextualize, contextualize } from "./contextualize.ts";
import { type EarlyHold, type HoldEarlyOptions, holdEarly } from "./early.ts";
import type { LogMethod } from "./face.ts";
import {
  addHandler,
  type CompleteOptions,
  completeHandlers,
  type HandlerId,
  type HandlerStats,
  handlerHandle,
  handlerStats,
  removeHandlers,
} from "./handlers.ts";
import { moduleName } from "./module.ts";
import { type OptOptions, readOpt } from "./opt.ts";
import { type CastGroups, type ParseOptions, parse } from "./parse.ts";
import type { ParseSource } from "./parse-source.ts";

/** What `stats()` gives. */
export interface Stats {
  readonly handlers: readonly HandlerStats[];
  /** What `holdEarly()` holds back now, and what it had to drop. */
  readonly early: { readonly held: number; readonly dropped: number };
  /** Inbound texts that were recognised as the output of a sink or library, and were no records of their own. */
  readonly echoes: number;
}

/** A logger with these values that keeps the methods of levels which `withLevels()` has added to `Self`. */
export type Derived<Self, Extra extends object> = [Exclude<keyof Self, keyof Logger>] extends [never]
  ? Logger<Extra>
  : Logger<Extra> & Pick<Self, Exclude<keyof Self, keyof Logger>>;

/** A logger. All that are derived from one (`bind`, `opt`, `patch`) share its handlers. */
export class Logger<Extra extends object = Record<string, unknown>> {
  /** @internal What the other copies of the package and the bridges read; additive. */ readonly _core: Core;
  /** Logs with severity `TRACE` (5). */
  declare trace: LogMethod;
  /** Logs with severity `DEBUG` (10). */
  declare debug: LogMethod;
  /** Logs with severity `INFO` (20). */
  declare info: LogMethod;
  /** Logs with severity `SUCCESS` (25). */
  declare success: LogMethod;
  /** Logs with severity `WARNING` (30). */
  declare warning: LogMethod;
  /** Logs with severity `WARNING` (30): the same as `warning`. */
  declare warn: LogMethod;
  /** Logs with severity `ERROR` (40). */
  declare error: LogMethod;
  /** Logs with severity `CRITICAL` (50). */
  declare critical: LogMethod;
  /** Logs with severity `CRITICAL` (50): the same as `critical`. */
  declare fatal: LogMethod;
  /** @internal */ readonly _methods: (LogMethod | undefined)[] = [];

  /** @internal Made by `createLogger()`. */
  constructor(core: Core) {
    this._core = core;
  }

  /**
   * Adds a handler. The seed: `logger.add()`.
   *
   * @param sink a path, stream, function, `Sink`, or a foreign transport whose adapter is imported
   * @returns the handler's id, for `remove()` and `handler()`
   * @throws LogbridgeError or LogbridgeTypeError that names the option, its value and what is allowed
   * @example
   * const id = logger.add("app.log", { level: "INFO", serialize: "flat" });
   */
  add(sink: SinkLike, options: AddOptions<Extra> = {}): HandlerId {
    return addHandler(this._core.hub, sink, options as AddOptions);
  }

  /** Ends a handler, or all without an id, at once; resolves when its sink is closed, and never rejects unless `strict`. @throws LogbridgeError LB1018 for an unknown id */
  remove(id?: HandlerId): Promise<void> {
    return removeHandlers(this._core.hub, id);
  }

  /** Resolves when everything logged so far has left, or after `timeout` milliseconds. */
  complete(options: CompleteOptions = {}): Promise<Counts> {
    return completeHandlers(this._core.hub, options);
  }

  /**
   * A handler in force, to change its level and options, or to have it for the length of a block.
   *
   * @throws LogbridgeError LB1018 for an unknown id
   * @example
   * await using handler = logger.handler(logger.add("import.log"));
   */
  handler(id: HandlerId): HandlerHandle {
    return handlerHandle(this._core.hub, id);
  }

  /** Counts of what was sent, dropped and recognised as echo. */
  stats(): Stats {
    const { hub } = this._core;
    return {
      handlers: handlerStats(hub),
      early: { held: hub.held?.size ?? 0, dropped: hub.earlyDropped },
      echoes: echoCount(),
    };
  }

  /** A logger whose records carry the values in `extra`; what is bound anew replaces what was bound before. */
  bind<Values extends object>(
    values: Values,
    // Written out: declarations of applications cannot name a type that the package does not export.
  ): Derived<
    this,
    {
      [Name in keyof Extra as string extends Name ? never : Name extends keyof Values ? never : Name]: Extra[Name];
    } & { [Name in keyof Values]: Values[Name] }
  > {
    if (!isPlainObject(values))
      throw new LogbridgeTypeError("LB1017", `bind(): expected an object of values, got ${shown(values)}`);
    const core = this._core;
    return this._derive({ bound: mergeFields(core.bound, values as Fields) }) as never;
  }

  /** Values for everything that is logged inside, through any logger. */
  get contextualize(): Contextualize {
    return contextualize;
  }

  /** A logger whose records the function changes first. Patchers run from the oldest to the newest. */
  patch(patcher: Patcher<Extra>): this {
    if (typeof patcher !== "function")
      throw new LogbridgeTypeError("LB1020", `patch(): expected a function, got ${shown(patcher)}`);
    return this._derive({ patchers: [...this._core.patchers, patcher as Patcher<never>] });
  }

  /** A logger with other options for its calls; what is not named is at its default. @throws LogbridgeError LB1016, LB1002 */
  opt(options: OptOptions = {}): this {
    return this._derive({ options: readOpt(options) });
  }

  /**
   * A logger whose records bear this name, found without looking at a stack.
   *
   * @param module `import.meta`, a name, or `null` for "unknown"
   * @example
   * const log = logger.forModule(import.meta);
   */
  forModule(module: { readonly url: string } | string | null): this {
    return this._derive({ name: moduleName(module) });
  }

  /** The level of this name; with options, creates it or changes its colour and icon. @throws LogbridgeError LB1005 */
  level(name: string, options?: LevelOptions): Level {
    const { hub } = this._core;
    if (options === undefined) return knownLevel(hub, name);
    const defined = defineLevel(hub.levels.get(name), name, options);
    levelAnsi(defined.color);
    hub.levels.set(name, defined);
    for (const listener of hub.levelListeners) listener(defined);
    return defined;
  }

  /**
   * Adds levels and gives the logger with their methods typed.
   *
   * @example
   * const log = logger.withLevels({ notice: { no: 27 } });
   * log.notice("typed");
   */
  withLevels<const Levels extends Readonly<Record<string, LevelOptions>>>(
    levels: Levels,
  ): this & { readonly [Name in Extract<keyof Levels, string> as Lowercase<Name>]: LogMethod } {
    for (const [name, { no, ...rest }] of Object.entries(levels)) {
      const upper = name.toUpperCase();
      // Every module that wants the types says the same; only another number is a mistake.
      const isNew = no !== undefined && this._core.hub.levels.get(upper)?.no !== no;
      this.level(upper, isNew ? { no, ...rest } : rest);
    }
    return this as never;
  }

  /** Sets handlers, levels, `extra`, patcher and activation in one call; nothing is changed when one of them is wrong. */
  configure(options: ConfigureOptions<Extra>): HandlerId[] {
    return configureHub(this._core.hub, options as ConfigureOptions, (name, level) => void this.level(name, level));
  }

  /** Takes up again what modules of this name log. */
  enable(name: string | null): void {
    setActivation(this._core.hub, checkedName("enable", name), true);
  }

  /** Ignores what modules of this name and below log: `disable("my-library")`. */
  disable(name: string | null): void {
    setActivation(this._core.hub, checkedName("disable", name), false);
  }

  /** Is any handler interested in this level? For work that is worth skipping. */
  isEnabled(level: string | number): boolean {
    const { hub } = this._core;
    return levelOf(hub.levels, level, hub.strict, "isEnabled(): level").no >= hub.threshold;
  }

  /** Logs at a level by name or number. */
  get log(): (level: string | number, message?: unknown, ...values: unknown[]) => void {
    const core = this._core;
    const method = (level: string | number, ...args: unknown[]): void => {
      if (core.hub.threshold < Number.POSITIVE_INFINITY)
        log(core, calledLevel(core.hub, level, "log()", "INFO"), args, source);
    };
    const source: CallerSource = { skip: method, depth: core.options.depth };
    return method;
  }

  /** ERROR with the exception: `catch (err) { logger.exception(err, "save failed"); }` */
  get exception(): LogMethod {
    return this.error;
  }

  /**
   * Wraps functions so that their errors are logged: `catch(fn, options)`, `catch.run(fn, options)`, or as a decorator. Works detached.
   *
   * @throws LogbridgeError or LogbridgeTypeError LB1030 to LB1035 for what cannot be wrapped, and for wrong options
   * @example
   * const divide = logger.catch((a: bigint, b: bigint) => a / b, { default: 0n });
   */
  get catch(): Catch {
    return makeCatch(this._core);
  }

  /** Sends a finished record through the handlers: one that came from another process, or was kept. */
  emit(record: LogRecord<object>): void {
    const core = this._core;
    if (!isLogRecord(record))
      throw new LogbridgeTypeError(
        "LB1010",
        `emit(): expected a LogRecord, as recordFromJSON() makes it, got ${shown(record)}`,
      );
    if (record.level.no < core.hub.threshold) return;
    if (asksForNames(core.hub) && !isActive(core.hub, record.name)) return;
    send(core, record.seq > 0 ? record : renumbered(record));
  }

  /**
   * Holds back what is logged or intercepted until the first `add()` or `configure({ handlers })`, and then gives it to the
   * handlers that came, in order. Where handlers have come already nothing is held.
   *
   * @returns a hold that can be released before
   * @throws LogbridgeTypeError LB1055 for a wrong option
   * @example
   * logger.holdEarly();
   * logger.info("before anything is configured");
   * logger.configure({ handlers: [{ sink: "app.log" }] });
   */
  holdEarly(options: HoldEarlyOptions = {}): EarlyHold {
    return holdEarly(this._core.hub, options);
  }

  /** Reads entries back from a log: the function `parse`, which needs no handler. @throws as `parse` does */
  parse<Cast extends object, Pattern extends RegExp | string>(
    source: ParseSource,
    pattern: Pattern,
    options?: ParseOptions<Cast>,
  ): AsyncGenerator<CastGroups<Cast>, void, undefined>;
  /** The same with a given type of the entries. */
  parse<Groups extends object>(
    source: ParseSource,
    pattern: RegExp | string,
    options?: ParseOptions<Groups>,
  ): AsyncGenerator<Groups, void, undefined>;
  parse(source: ParseSource, pattern: RegExp | string, options?: ParseOptions<object>): AsyncGenerator<object> {
    return parse<object>(source, pattern, options);
  }

  /** @internal */
  _derive(changes: Partial<Core>): this {
    const Own = this.constructor as new (core: Core) => this;
    return new Own({ ...this._core, ...changes, cache: emptyBaseCache() });
  }
}

function renumbered(record: LogRecord<object>): LogRecord<object> {
  return Object.defineProperty(record, "seq", { value: nextSeq(), enumerable: true });
}

function knownLevel(hub: Hub, name: unknown): Level {
  if (typeof name !== "string")
    throw new LogbridgeTypeError("LB1003", `level(): expected a level's name, got ${shown(name)}`);
  const known = hub.levels.get(name);
  if (known) return known;
  throw new LogbridgeError(
    "LB1003",
    `level(${shown(name)}): there is no such level; known are ${[...hub.levels.keys()].join(", ")}`,
  );
}

function checkedName(method: string, name: string | null): string | null {
  if (name === null || typeof name === "string") return name;
  throw new LogbridgeTypeError(
    "LB1021",
    `${method}(): expected a module's name or null (what has no name), got ${shown(name)}`,
  );
}

/**
 * Is it a logger of this package, of whatever copy of it?
 *
 * @example
 * if (!isLogger(value)) throw new TypeError("expected a logger");
 */
export function isLogger(value: unknown): value is Logger {
  return typeof (value as Logger | null | undefined)?._core === "object";
}
