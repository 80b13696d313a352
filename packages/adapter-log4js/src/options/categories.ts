import type { LogRecord } from "@logbridge/core";
import type { Copy, Log4jsLevel } from "../levels.ts";
import { categoryOf } from "../map/category.ts";
import { type CheckedConfiguration, type Log4jsCategory, wrongOption } from "./configuration.ts";

/** What holds for a category. */
export interface CategoryRule {
  readonly level: Log4jsLevel;
  readonly appenders: readonly string[];
  readonly located: boolean;
}

/** A category while its parts are gathered from those above it. */
interface Gathered {
  readonly appenders: string[];
  level: string | undefined;
}

const MOST_KNOWN = 10_000;

/** The categories of a configuration, with what they inherit. */
export class Categories {
  readonly #rules: ReadonlyMap<string, CategoryRule>;
  /** How long the longest name of a rule is. */
  readonly #longest: number;
  /** Categories that are not in the configuration, as they come. */
  readonly #found = new Map<string, CategoryRule>();

  /** @throws LogbridgeTypeError LB1588 for a category that log4js would refuse */
  constructor({ categories, appenders }: CheckedConfiguration, copy: Copy) {
    const gathered = new Map<string, Gathered>();
    for (const name of Object.keys(categories)) gather(name, categories, gathered);
    this.#rules = new Map(
      [...gathered].map(([name, { appenders: named, level }]) => {
        const option = `option categories.${name}`;
        const own = ruleOf(name, categories);
        const { enableCallStack = false } = own ?? {};
        if (typeof enableCallStack !== "boolean")
          throw wrongOption(`${option}.enableCallStack`, "must be true or false", enableCallStack);
        if (named.length === 0)
          throw wrongOption(`${option}.appenders`, "must name at least one appender", own?.appenders);
        for (const one of named)
          if (!Object.hasOwn(appenders, one))
            throw wrongOption(
              `${option}.appenders`,
              `must name those of appenders (${Object.keys(appenders).join(", ")})`,
              one,
            );
        return [name, { level: levelFor(level, `${option}.level`, copy), appenders: named, located: enableCallStack }];
      }),
    );
    this.#longest = Math.max(...[...this.#rules.keys()].map((name) => name.length));
  }

  /** All that the configuration itself has. */
  rules(): readonly CategoryRule[] {
    return [...this.#rules.values()];
  }

  /** The category of a record. */
  named(record: LogRecord): string {
    return categoryOf(record, (name) => this.#rules.has(name));
  }

  /** What holds for a category: its own rule, else that of the nearest one above it, else the default's. */
  of(category: string): CategoryRule {
    const known = this.#rules.get(category) ?? this.#found.get(category);
    if (known) return known;
    let rule: CategoryRule | undefined;
    // By a loop: a category may have more parts than a stack has room for.
    for (let above = category; !rule; ) {
      above = above.indexOf(".") > 0 ? above.slice(0, above.lastIndexOf(".")) : "default";
      if (above.length <= this.#longest) rule = this.#rules.get(above);
    }
    if (this.#found.size >= MOST_KNOWN) this.#found.clear();
    this.#found.set(category, rule);
    return rule;
  }
}

function levelFor(level: unknown, option: string, copy: Copy): Log4jsLevel {
  const name = typeof level === "object" && level !== null ? (level as { levelStr?: unknown }).levelStr : level;
  const upper = String(name).toUpperCase();
  const found = copy.levels.levels.find(({ levelStr }) => levelStr === upper);
  if (found) return found;
  const known = copy.levels.levels.map(({ levelStr }) => levelStr).join(", ");
  throw wrongOption(option, `must be a level (${known})`, level);
}

/** A category with the appenders, and where it has none the level, of those above it. One above that is not written is there if it has both. */
function gather(name: string, categories: Readonly<Record<string, Log4jsCategory>>, all: Map<string, Gathered>): void {
  let above: Gathered | undefined;
  const line: string[] = [];
  // No recursion: a category may have more parts than a stack has room for.
  for (let one: string | null = name; one !== null && !above; one = aboveOf(one, ruleOf(one, categories))) {
    above = all.get(one);
    if (!above) line.push(one);
  }
  for (const one of line.reverse()) {
    const own = ruleOf(one, categories);
    const gathered: Gathered = { appenders: [...(own?.appenders ?? [])], level: own?.level };
    if (above && aboveOf(one, own) !== null) {
      gathered.level = gathered.level || above.level;
      for (const appender of above.appenders)
        if (!gathered.appenders.includes(appender)) gathered.appenders.push(appender);
    }
    if (own || (gathered.appenders.length > 0 && gathered.level)) all.set(one, gathered);
    above = gathered;
  }
}

/** The rule that is written for a category. */
function ruleOf(name: string, categories: Readonly<Record<string, Log4jsCategory>>): Log4jsCategory | undefined {
  const own = Object.hasOwn(categories, name) ? categories[name] : undefined;
  if (own?.appenders !== undefined && !Array.isArray(own.appenders))
    throw wrongOption(`option categories.${name}.appenders`, "must be an array of names", own.appenders);
  return own;
}

/** The category from which one inherits, `null` for none. */
function aboveOf(name: string, own: Log4jsCategory | undefined): string | null {
  const dot = name.lastIndexOf(".");
  return own?.inherit === false || dot < 0 ? null : name.slice(0, dot);
}
