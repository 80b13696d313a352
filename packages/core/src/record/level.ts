import { LogbridgeError, LogbridgeTypeError, shown } from "../diagnostics.ts";

/** A severity: a higher number is more severe. */
export interface Level {
  readonly name: string;
  readonly no: number;
  /** Colour markup of `<level>`, as `<red><bold>`. */
  readonly color: string;
  readonly icon: string;
}

/** What `level(name, options)` takes. */
export interface LevelOptions {
  readonly no?: number;
  readonly color?: string;
  readonly icon?: string;
}

/** Loguru's seven levels. */
export const STANDARD_LEVELS: readonly Level[] = [
  { name: "TRACE", no: 5, color: "<cyan><bold>", icon: "✏️" },
  { name: "DEBUG", no: 10, color: "<blue><bold>", icon: "🐞" },
  { name: "INFO", no: 20, color: "<bold>", icon: "ℹ️" },
  { name: "SUCCESS", no: 25, color: "<green><bold>", icon: "✅" },
  { name: "WARNING", no: 30, color: "<yellow><bold>", icon: "⚠️" },
  { name: "ERROR", no: 40, color: "<red><bold>", icon: "❌" },
  { name: "CRITICAL", no: 50, color: "<RED><bold>", icon: "☠️" },
];

/** Names that other libraries use for the same severities. */
const ALIASES: Readonly<Record<string, string>> = { WARN: "WARNING", FATAL: "CRITICAL" };

/**
 * The level that a name or number means: a name as written, then in upper case, then by the aliases `warn` and `fatal`
 * (`exact`: only as written). A number is a severity without a name, shown as `Level 35`, as in Loguru.
 */
export function findLevel(levels: ReadonlyMap<string, Level>, level: string | number, exact: boolean): Level | null {
  if (typeof level === "number") return { name: `Level ${level}`, no: level, color: "", icon: " " };
  const known = levels.get(level);
  if (known || exact) return known ?? null;
  const upper = level.toUpperCase();
  return levels.get(upper) ?? levels.get(ALIASES[upper] ?? "") ?? null;
}

/**
 * The level that an option or a call names, checked.
 *
 * @throws LogbridgeError LB1003 for an unknown name or a negative number, LogbridgeTypeError for another type
 */
export function levelOf(levels: ReadonlyMap<string, Level>, level: unknown, exact: boolean, option: string): Level {
  if (typeof level === "number" && Number.isInteger(level)) {
    if (level >= 0) return findLevel(levels, level, exact) as Level;
    throw new LogbridgeError(
      "LB1003",
      `${option}: ${level} is no severity; give an integer from 0 up, or a level's name`,
    );
  }
  if (typeof level !== "string")
    throw new LogbridgeTypeError(
      "LB1003",
      `${option}: expected a level's name or an integer from 0 up, got ${shown(level)}`,
    );
  const found = findLevel(levels, level, exact);
  if (found) return found;
  throw new LogbridgeError(
    "LB1003",
    `${option}: there is no level ${shown(level)}; known are ${[...levels.keys()].join(", ")}`,
  );
}

/** The levels of a logger by name. What somebody has found here holds until `revision` moves. */
export class Levels extends Map<string, Level> {
  revision = 0;

  override set(name: string, level: Level): this {
    this.revision++;
    return super.set(name, level);
  }

  override delete(name: string): boolean {
    this.revision++;
    return super.delete(name);
  }

  override clear(): void {
    this.revision++;
    super.clear();
  }
}

/** An object with a method `then` is taken for a promise wherever it is awaited. */
const UNFIT: readonly string[] = ["", "then", "constructor", "__proto__"];

/**
 * A new or changed level, checked.
 *
 * @throws LogbridgeError LB1005 where a new level has no number or a known one would get another
 */
export function defineLevel(known: Level | undefined, name: string, options: LevelOptions): Level {
  if (typeof name !== "string")
    throw new LogbridgeTypeError("LB1005", `level(): the name must be a text, got ${shown(name)}`);
  for (const key of Object.keys(options))
    if (key !== "no" && key !== "color" && key !== "icon")
      throw new LogbridgeError(
        "LB1002",
        `level(${shown(name)}): unknown option ${shown(key)}; allowed are no, color, icon`,
      );
  const { no, color, icon } = options;
  if (color !== undefined && typeof color !== "string")
    throw new LogbridgeTypeError(
      "LB1005",
      `level(${shown(name)}).color: expected markup such as "<red>", got ${shown(color)}`,
    );
  if (icon !== undefined && typeof icon !== "string")
    throw new LogbridgeTypeError("LB1005", `level(${shown(name)}).icon: expected a text, got ${shown(icon)}`);
  if (UNFIT.includes(name))
    throw new LogbridgeError(
      "LB1005",
      `level(${shown(name)}): a level cannot have this name; its method would stand in the way of the language`,
    );
  if (known) {
    if (no !== undefined)
      throw new LogbridgeError(
        "LB1005",
        `level(${shown(name)}).no: the level exists with number ${known.no}, which cannot be given again; leave no out to change colour or icon`,
      );
    return { name: known.name, no: known.no, color: color ?? known.color, icon: icon ?? known.icon };
  }
  if (no === undefined)
    throw new LogbridgeError(
      "LB1005",
      `level(${shown(name)}): there is no such level; to create it, give its number: { no: 33 }`,
    );
  if (typeof no !== "number" || !Number.isInteger(no))
    throw new LogbridgeTypeError("LB1005", `level(${shown(name)}).no: expected an integer from 0 up, got ${shown(no)}`);
  if (no < 0)
    throw new LogbridgeError("LB1005", `level(${shown(name)}).no: expected an integer from 0 up, got ${shown(no)}`);
  return { name, no, color: color ?? "", icon: icon ?? " " };
}
