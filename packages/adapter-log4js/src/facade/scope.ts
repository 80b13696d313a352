import { types } from "node:util";
import { type Bridge, type FacadePort, inspect, type Logger, openFacade, report } from "@logbridge/core";
import { type Copy, copyOf, inboundLevel, type Log4jsLevel, SCALE, severityOf } from "../levels.ts";

const BRIDGE: Bridge = { name: "log4js", packages: ["log4js", "koa-log4"], mode: "replace" };

/** What all loggers of one facade share: where records go, the levels, and what was set for a category. */
export class Scope {
  readonly logger: Logger;
  readonly port: FacadePort;
  readonly copy: Copy;
  readonly #limits = new Map<string, Log4jsLevel>();
  /** The categories that leave the caller out. */
  readonly #unlocated = new Set<string>();
  #said = new Set<string>();

  constructor(logger: Logger) {
    this.logger = logger;
    this.port = openFacade(BRIDGE, logger);
    this.copy = copyOf() as Copy;
  }

  /** The level that is meant, by an instance of whatever copy or by a name of log4js or of ours; `null` for none. */
  levelOf(level: unknown): Log4jsLevel | null {
    const isObject = typeof level === "object" && level !== null && !types.isProxy(level);
    const name: unknown = isObject ? Object.getOwnPropertyDescriptor(level, "levelStr")?.value : level;
    if (typeof name !== "string") return null;
    const upper = name.toUpperCase();
    return this.copy.levels.levels.find((one) => one.levelStr === upper) ?? this.#ownLevel(name);
  }

  /** A level of the application's own, in the form of log4js. */
  #ownLevel(name: string): Log4jsLevel | null {
    const known = this.port.levelNamed(name);
    if (!known) return null;
    const Level = this.copy.levels as unknown as new (value: number, name: string, colour: string) => Log4jsLevel;
    return new Level(known.no * SCALE, known.name, "white");
  }

  /** What was set for a category, else the lowest level that the handlers take. */
  limitOf(category: string): Log4jsLevel {
    const set = this.#limits.get(category);
    if (set) return set;
    const { levels } = this.copy.levels;
    const { threshold } = this.port;
    const lowest = levels.find(
      (one) => one.levelStr !== "MARK" && one.levelStr !== "OFF" && severityOf(one) >= threshold,
    );
    return lowest ?? (levels.at(-1) as Log4jsLevel);
  }

  limit(category: string, level: unknown): void {
    // As log4js has it, nothing is no level: `logger.level = process.env.LOG_LEVEL`.
    if (!level) return;
    const found = this.levelOf(level);
    if (found) this.#limits.set(category, found);
    else {
      const known = this.copy.levels.levels.map(({ levelStr }) => levelStr).join(", ");
      this.sayOnce(
        "LB1580",
        `asLog4js(): level of ${JSON.stringify(category)} was set to ${inspect(level)}, which is no level; it stays as it was. Known are ${known}`,
      );
    }
  }

  isEnabled(category: string, level: Log4jsLevel): boolean {
    const set = this.#limits.get(category);
    return (!set || set.level <= level.level) && this.port.wants(inboundLevel(level, this.port.levelNamed).no);
  }

  locates(category: string): boolean {
    return !this.#unlocated.has(category);
  }

  setLocating(category: string, isOn: boolean): void {
    if (isOn) this.#unlocated.delete(category);
    else this.#unlocated.add(category);
  }

  /** Says what went wrong in a call that must not throw. */
  sayOnce(code: string, message: string): void {
    if (this.#said.has(code)) return;
    this.#said.add(code);
    report(code, message);
  }
}
