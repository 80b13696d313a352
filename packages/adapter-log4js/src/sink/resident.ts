import { LogbridgeError, type LogRecord } from "@logbridge/core";
import type { CategoryRegistry, Copy, Log4jsLevel } from "../levels.ts";
import { categoryOf, saidCategory } from "../map/category.ts";

/** Where a record goes: the category of its event, and how often the category names the appender. */
export interface Route {
  readonly category: string;
  readonly times: number;
}

/** Those whose sinks are among the handlers of a logger, by the copy of log4js. */
const hosted = new WeakMap<CategoryRegistry, Set<Resident>>();

const countOf = (appenders: readonly unknown[], appender: unknown): number =>
  appenders.filter((one) => one === appender).length;

/** The appenders of a category, or of all, each once. */
export function presentAppenders({ categories, appenders }: Copy, category: string | null): readonly unknown[] {
  const present =
    category !== null
      ? categories.appendersForCategory(category)
      : categories.values
        ? [...categories.values()].flatMap((one) => one.appenders)
        : [...appenders.values()];
  // Without a configuration there is nothing in the place of an appender.
  return [...new Set(present)].filter((one) => typeof one === "function");
}

/** Does a category's event say where it was logged? `null`: that of any category. */
export function locatesAny({ categories }: Copy, category: string | null): boolean {
  if (category !== null) return categories.getEnableCallStackForCategory(category);
  return categories.values ? [...categories.values()].some((one) => one.enableCallStack === true) : true;
}

/** An appender of a running log4js, and what its categories say. */
export class Resident {
  readonly #copy: Copy;
  readonly #appender: unknown;
  /** The category whose logger was given; `null`: the module. */
  readonly #category: string | null;
  /** Another object after each `log4js.configure()`. */
  readonly #configuration: unknown;

  constructor(copy: Copy, appender: unknown, category: string | null) {
    this.#copy = copy;
    this.#appender = appender;
    this.#category = category;
    this.#configuration = copy.categories.appendersForCategory("default");
  }

  enter(): void {
    const { categories } = this.#copy;
    const all = hosted.get(categories);
    if (all) all.add(this);
    else hosted.set(categories, new Set([this]));
  }

  leave(): void {
    hosted.get(this.#copy.categories)?.delete(this);
  }

  /**
   * Whether the appender gets a record, as log4js would decide now.
   *
   * @throws LogbridgeError LB1594 where log4js was configured anew or shut down, which has ended the appender
   */
  routeOf(record: LogRecord, level: Log4jsLevel): Route {
    const { categories } = this.#copy;
    if (categories.appendersForCategory("default") !== this.#configuration)
      throw new LogbridgeError(
        "LB1594",
        "an appender of log4jsSinks() got a record after log4js.configure() or shutdown() had ended it; remove these sinks, and add those of log4jsSinks() anew",
      );
    const said = saidCategory(record, this.#copy);
    const isConfigured = (name: string): boolean => categories.has?.(name) ?? false;
    if (this.#category === null) return this.#routeIn(said ?? categoryOf(record, isConfigured), level);
    if (said === this.#category) return this.#routeIn(said, level);
    const hosts = said === null ? [] : hostsOf(said, this.#copy);
    if (said !== null && hosts.length > 0)
      return hosts.includes(this) ? this.#routeIn(said, level) : { category: said, times: 0 };
    // From elsewhere: to all, by the level of the logger that was given.
    const category = said ?? categoryOf(record, isConfigured, this.#category);
    return { ...this.#routeIn(this.#category, level), category };
  }

  #routeIn(category: string, level: Log4jsLevel): Route {
    const { categories } = this.#copy;
    if (categories.getLevelForCategory(category).level > level.level) return { category, times: 0 };
    return { category, times: countOf(categories.appendersForCategory(category), this.#appender) };
  }

  /** Was the logger of this category given? */
  isOf(category: string): boolean {
    return this.#category === category;
  }

  /** The appender where a logger was given; `null` where the module was, whose sinks ask nobody. */
  get lent(): unknown {
    return this.#category === null ? null : this.#appender;
  }
}

/**
 * Who has the appenders of a category that something was said to: those that were given its own logger, else one for each
 * appender that another category has too.
 */
function hostsOf(category: string, { categories }: Copy): readonly Resident[] {
  const all = [...(hosted.get(categories) ?? [])];
  const own = all.filter((one) => one.isOf(category));
  if (own.length > 0) return own;
  return categories
    .appendersForCategory(category)
    .flatMap((appender) => all.find((one) => one.lent === appender) ?? []);
}
