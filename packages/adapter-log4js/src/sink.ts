import { dirname, join } from "node:path";
import { LogbridgeError, LogbridgeTypeError, type LogRecord, type Sink } from "@logbridge/core";
import { addSuccess, type Copy, copyOf, type Log4jsLevel, levelFor, standardLevel } from "./levels.ts";
import { eventOf } from "./map.ts";
import { isLog4js, isLog4jsLogger, type Log4jsLogger, type Log4jsModule } from "./propagate.ts";

/** An appender: what a module's `configure` gives. */
export interface Log4jsAppender {
  (event: never): unknown;
  shutdown?(callback: (error?: Error) => void): unknown;
}

/** An appender's module: built in, from npm, or of one's own. */
export interface Log4jsAppenderModule {
  configure(...parts: never[]): unknown;
}

/** An appender as `log4js.configure` takes it. */
export type Log4jsAppenderConfig =
  | { readonly type: string | Log4jsAppenderModule }
  | { readonly type: string | Log4jsAppenderModule; readonly [option: string]: unknown };

/** Everything that can be an appender. */
export type Log4jsAppenderSource = Log4jsAppender | Log4jsAppenderConfig | Log4jsAppenderModule;

/** Options of `log4jsSink`. */
export interface Log4jsSinkOptions {
  /** The named appenders that a filter refers to, as under `appenders` of `log4js.configure`. */
  readonly appenders?: Readonly<Record<string, Log4jsAppenderSource>>;
  /** The copy of log4js whose levels and layouts are used. Default: the one that this package imports. */
  readonly log4js?: Log4jsModule;
}

interface Config {
  readonly type: string | Log4jsAppenderModule;
  readonly [option: string]: unknown;
}

/** Appenders in use: the one that gets the events, and all that are behind it. */
interface Built {
  readonly append: Log4jsAppender;
  /** Made from a configuration: they can be ended and made again. */
  readonly made: readonly Log4jsAppender[];
  /** Somebody else's functions. */
  readonly given: readonly Log4jsAppender[];
}

const CAPACITY = 100_000;
const PATIENCE_MS = 10_000;
const EXPECTED =
  'an appender function, an appender configuration such as { type: "file", filename: "app.log" }, an appender module { configure }, or a promise of one';

function isModule(value: unknown): value is Log4jsAppenderModule {
  return typeof (value as { configure?: unknown } | null | undefined)?.configure === "function" && !isLog4js(value);
}

/** True for an appender configuration and for an appender that must be shut down: other functions are sinks as they are. */
export function isLog4jsAppender(value: unknown): value is Log4jsAppender | Log4jsAppenderConfig {
  const own = (key: string): unknown => Object.getOwnPropertyDescriptor(value, key)?.value as unknown;
  if (typeof value === "function") return typeof own("shutdown") === "function";
  if (typeof value !== "object" || value === null || own("write") !== undefined) return false;
  const type = own("type");
  return Object.getPrototypeOf(value) === Object.prototype && (typeof type === "string" || isModule(type));
}

function configOf(source: Log4jsAppenderSource, caller: string): Config | null {
  if (typeof source === "function") return null;
  if (isModule(source)) return { type: source };
  const type: unknown = (source as { type?: unknown } | null | undefined)?.type;
  if (typeof type === "string" || isModule(type)) return source as Config;
  throw new LogbridgeTypeError("LB1530", `${caller}: expected ${EXPECTED}`);
}

/** Appenders write defaults into their configuration. */
function cloned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cloned);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, key === "type" ? part : cloned(part)]));
}

/** The module of a type that is given by name, looked for where log4js looks. */
function moduleOf(type: string, copy: Copy): unknown {
  const load = copy.load();
  const places = [
    `./appenders/${type}`,
    type,
    ...(load?.main?.filename ? [join(dirname(load.main.filename), type)] : []),
    join(process.cwd(), type),
  ];
  for (const place of load ? places.flatMap((one) => [`${one}.cjs`, one]) : []) {
    let path: string;
    try {
      path = (load as NodeJS.Require).resolve(place);
    } catch {
      continue;
    }
    return (load as NodeJS.Require)(path);
  }
  const why = load ? `looked for ${places.join(", ")}` : "where log4js was loaded from cannot be found, as in a bundle";
  throw new LogbridgeError(
    "LB1531",
    `log4jsSink(): there is no appender of type ${JSON.stringify(type)} (${why}); give its module as type: { type: require("the-appender"), … }`,
  );
}

/** Makes the appenders. `again`: a second time, so that a file that was to be emptied keeps what is in it by now. */
function build(source: Log4jsAppenderSource, options: Log4jsSinkOptions, copy: Copy, again: boolean): Built {
  const made: Log4jsAppender[] = [];
  const given: Log4jsAppender[] = [];
  const named = new Map<string, Log4jsAppender | null>();
  const { appenders = {} } = options;
  const make = (one: Log4jsAppenderSource, caller: string): Log4jsAppender => {
    const config = configOf(one, caller);
    if (!config) {
      given.push(one as Log4jsAppender);
      return one as Log4jsAppender;
    }
    const { appender, type, flags } = config;
    if (typeof appender === "string" && !Object.hasOwn(appenders, appender))
      throw new LogbridgeError(
        "LB1532",
        `${caller}: it refers to the appender ${JSON.stringify(appender)}; give that one as log4jsSink(config, { appenders: { ${JSON.stringify(appender)}: … } })`,
      );
    const module = (isModule(type) ? type : moduleOf(type, copy)) as { configure?(...parts: unknown[]): unknown };
    const clone = {
      ...(cloned(config) as object),
      ...(again && typeof flags === "string" && { flags: flags.replace(/^w/, "a") }),
    };
    let appended: unknown;
    try {
      appended = module.configure?.(copy.adapters.modifyConfig(clone), copy.layouts, find, copy.levels);
    } catch (cause) {
      throw new LogbridgeError(
        "LB1531",
        `${caller}: the appender refused its configuration: ${cause instanceof Error ? cause.message : String(cause)}`,
        { cause },
      );
    }
    if (typeof appended !== "function")
      throw new LogbridgeError("LB1531", `${caller}: configure() of the appender's module gave no function`);
    made.push(appended as Log4jsAppender);
    return appended as Log4jsAppender;
  };
  // False, not an error, for a name that is unknown: some appenders call this with the text of an error.
  const find = (name: string): Log4jsAppender | false => {
    if (!Object.hasOwn(appenders, name)) return false;
    const known = named.get(name);
    if (known) return known;
    if (known === null)
      throw new LogbridgeError("LB1532", `log4jsSink(): the appender ${JSON.stringify(name)} refers to itself`);
    named.set(name, null);
    const one = make(appenders[name] as Log4jsAppenderSource, `log4jsSink(): option appenders.${name}`);
    named.set(name, one);
    return one;
  };
  return { append: make(source, "log4jsSink()"), made, given };
}

const hasEnd = (appender: Log4jsAppender): boolean => typeof appender.shutdown === "function";

/** Ends appenders; resolves when all have called back. */
async function end(appenders: readonly Log4jsAppender[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new LogbridgeError(
      "LB1533",
      `an appender has not called back for ${PATIENCE_MS} ms after shutdown()`,
    );
    timer = setTimeout(() => reject(error), PATIENCE_MS);
  });
  const ended = appenders.filter(hasEnd).map(
    (appender) =>
      new Promise<void>((resolve, reject) => {
        appender.shutdown?.((error) => (error ? reject(error) : resolve()));
      }),
  );
  try {
    await Promise.race([Promise.all(ended), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Hosts one appender as log4js would, apart from every category. */
class Log4jsSink implements Sink {
  readonly needs = { text: false, caller: true } as const;
  readonly #options: Log4jsSinkOptions;
  readonly #copy: Copy;
  /** The appender belongs to a running log4js, which ends it. */
  readonly #shared: boolean;
  #source: Log4jsAppenderSource | null = null;
  #built: Built | null = null;
  /** Events handed over since the appenders last proved that they have delivered. */
  #unproven = 0;
  #dropped = 0;
  /** What waits while the appender is not there yet, or is being ended. */
  #waiting: LogRecord[] | null = null;
  #overflowing = false;
  #tail: Promise<void> = Promise.resolve();
  #fail: ((error: unknown) => void) | null = null;
  readonly #early: unknown[] = [];

  constructor(
    source: Log4jsAppenderSource | PromiseLike<Log4jsAppenderSource>,
    options: Log4jsSinkOptions,
    copy: Copy,
    shared: boolean,
  ) {
    this.#options = options;
    this.#copy = copy;
    this.#shared = shared;
    addSuccess(copy.levels);
    if (typeof (source as { then?: unknown } | null)?.then === "function")
      this.#await(source as PromiseLike<Log4jsAppenderSource>);
    else this.#open(source as Log4jsAppenderSource);
  }

  attach(fail: (error: unknown) => void): void {
    this.#fail = fail;
    for (const error of this.#early.splice(0)) fail(error);
  }

  write(_text: string, record: LogRecord): void {
    if (!this.#waiting) this.#hand(record);
    else if (this.#waiting.length < CAPACITY) this.#waiting.push(record);
    else this.#overflow();
  }

  #overflow(): void {
    this.#dropped++;
    if (this.#overflowing) return;
    this.#overflowing = true;
    this.#report(
      new LogbridgeError(
        "LB1534",
        `${CAPACITY} records wait for an appender that is being ended or was promised; further ones are dropped and counted`,
      ),
    );
  }

  flush(): Promise<void> {
    return this.#then(() => this.#prove());
  }

  close(): Promise<void> {
    return this.#then(async () => {
      const built = this.#built;
      this.#built = null;
      if (!built || this.#shared) return;
      await end([...built.made, ...built.given]);
      this.#unproven = 0;
    });
  }

  pending(): number {
    return this.#unproven + (this.#waiting?.length ?? 0);
  }

  dropped(): number {
    return this.#dropped;
  }

  leadsTo(bridge: string, target: unknown): boolean {
    if (bridge !== "log4js" || typeof this.#source !== "function" || !isLog4jsLogger(target)) return false;
    return copyOf(target)?.categories.appendersForCategory(target.category)?.includes(this.#source) ?? false;
  }

  /** After everything that is under way, whatever became of that. */
  #then(work: () => Promise<void>): Promise<void> {
    const done = this.#tail.then(work);
    this.#tail = done.catch(() => {});
    return done;
  }

  /** The first time at once, so that a mistake in a configuration is an error of the call. */
  #open(source: Log4jsAppenderSource): void {
    this.#source = source;
    this.#built = build(source, this.#options, this.#copy, false);
  }

  #await(promise: PromiseLike<Log4jsAppenderSource>): void {
    this.#waiting = [];
    void this.#then(async () => {
      try {
        this.#open(await promise);
      } catch (cause) {
        this.#report(
          new LogbridgeError(
            "LB1535",
            "log4jsSink(): the promised appender did not come; its records are dropped and counted",
            { cause },
          ),
        );
      }
      this.#resume();
    });
  }

  /**
   * Only `shutdown` tells when an appender has delivered, and it ends it: what was made from a configuration is made again for
   * the next record. What comes meanwhile waits.
   */
  async #prove(): Promise<void> {
    const built = this.#built;
    if (!built || this.#shared || this.#unproven === 0 || built.given.some(hasEnd)) return;
    this.#built = null;
    this.#waiting = [];
    try {
      await end(built.made);
    } catch (error) {
      this.#dropped += this.#unproven;
      throw error;
    } finally {
      this.#unproven = 0;
      this.#resume();
    }
  }

  #resume(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    this.#overflowing = false;
    for (const record of waiting) {
      try {
        this.#hand(record);
      } catch (error) {
        this.#dropped++;
        this.#report(error);
      }
    }
  }

  #hand(record: LogRecord): void {
    if (!this.#source) {
      this.#dropped++;
      return;
    }
    this.#built ??= build(this.#source, this.#options, this.#copy, true);
    const { append, made, given } = this.#built;
    const level = levelFor(record, this.#copy.levels);
    const give = (as: Log4jsLevel): unknown =>
      append(eventOf(record, this.#copy, record.name || "default", as, true) as never);
    try {
      give(level);
    } catch (error) {
      // Some appenders know the six levels only, and throw at SUCCESS or at one of the application's own.
      const known = standardLevel(level, this.#copy.levels);
      if (!known) throw error;
      give(known);
    }
    if (made.some(hasEnd) || given.some(hasEnd)) this.#unproven++;
  }

  #report(error: unknown): void {
    if (this.#fail) this.#fail(error);
    else this.#early.push(error);
  }
}

/**
 * An appender of log4js as a sink: from its configuration, its module, or as a function.
 *
 * Made from a configuration, `complete()` resolves when the appender has delivered: it is shut down and made again for the next
 * record. A function that has `shutdown` cannot be made again; what it was given counts as pending until `remove()`.
 *
 * @param source the appender, or a promise of it
 * @throws LogbridgeTypeError LB1530 for what is no appender, LogbridgeError LB1531 for a configuration that makes none, LB1532 for a
 * filter whose appender is not in `appenders`
 * @example
 * logger.add(log4jsSink({ type: "dateFile", filename: "app.log", pattern: "yyyy-MM-dd" }));
 */
export function log4jsSink(
  source: Log4jsAppenderSource | PromiseLike<Log4jsAppenderSource>,
  options: Log4jsSinkOptions = {},
): Sink {
  return new Log4jsSink(source, options, checked(options), false);
}

function checked({ appenders, log4js, ...others }: Log4jsSinkOptions): Copy {
  for (const name of Object.keys(others))
    throw new LogbridgeError(
      "LB1002",
      `log4jsSink(): unknown option ${JSON.stringify(name)}; allowed are appenders, log4js`,
    );
  if (appenders !== undefined && (typeof appenders !== "object" || appenders === null))
    throw new LogbridgeTypeError(
      "LB1530",
      "log4jsSink(): option appenders must be an object, as under appenders of log4js.configure",
    );
  if (log4js === undefined) return copyOf() as Copy;
  if (!isLog4js(log4js))
    throw new LogbridgeTypeError(
      "LB1530",
      'log4jsSink(): option log4js must be the module, as import log4js from "log4js" gives it',
    );
  return copyOf(log4js) ?? { ...(copyOf() as Copy), levels: log4js.levels };
}

/**
 * The appenders of a log4js logger's category as sinks, as they are configured now; they stay log4js' own and are not ended.
 *
 * @param theirs a logger, or the module for its default category
 * @throws LogbridgeTypeError LB1536 for anything else, or a copy of log4js that cannot be found
 * @example
 * for (const sink of log4jsSinks(log4js.getLogger("orders"))) logger.add(sink);
 */
export function log4jsSinks(theirs: Log4jsLogger | Log4jsModule): Sink[] {
  const copy = isLog4jsLogger(theirs) || isLog4js(theirs) ? copyOf(theirs) : null;
  if (!copy)
    throw new LogbridgeTypeError(
      "LB1536",
      "log4jsSinks(): expected a log4js logger or the module log4js, of a copy that was loaded from node_modules",
    );
  const appenders = copy.categories.appendersForCategory(isLog4jsLogger(theirs) ? theirs.category : "default");
  return appenders.map((appender) => new Log4jsSink(appender as Log4jsAppender, {}, copy, true));
}
