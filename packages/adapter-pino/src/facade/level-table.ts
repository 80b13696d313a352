import {
  type FacadePort,
  LOGURU_TO_PINO,
  LogbridgeTypeError,
  type Logger,
  rescale,
  severityOfName,
} from "@logbridge/core";
import { inboundLevel, type PinoLevels } from "../levels.ts";

/** A level of a facade: in pino's words and ours. */
export interface FacadeLevel {
  readonly label: string;
  readonly number: number;
  readonly name: string;
  readonly no: number;
}

/** pino's six and the names under which our logger has them. */
const STANDARD: Readonly<Record<string, readonly [name: string, number: number]>> = {
  trace: ["TRACE", 10],
  debug: ["DEBUG", 20],
  info: ["INFO", 30],
  warn: ["WARNING", 40],
  error: ["ERROR", 50],
  fatal: ["CRITICAL", 60],
};

/** The levels of one facade, as pino shows them in `levels`: `silent` is there, and not enumerated. */
export class LevelTable implements PinoLevels {
  readonly values: Record<string, number> = Object.defineProperty({}, "silent", { value: Number.POSITIVE_INFINITY });
  readonly labels: Record<number, string> = Object.defineProperty({}, "Infinity", { value: "silent" });
  readonly #ours = new Map<string, FacadeLevel>();

  /**
   * pino's six levels and those that a logger has beside.
   *
   * @param logger further levels are taken from here
   */
  static of(logger: Logger): LevelTable {
    const table = new LevelTable();
    for (const [label, [name, number]] of Object.entries(STANDARD))
      table.#add(label, number, { name, no: severityOfName(name) as number });
    for (const { name, no } of logger._core.hub.levels.values()) {
      const label = name.toLowerCase();
      if (Object.values(STANDARD).some(([standard]) => standard === name) || label in table.values) continue;
      table.#add(label, Math.round(rescale(no, LOGURU_TO_PINO)), { name, no });
    }
    return table;
  }

  /** These levels and a child's own. @throws LogbridgeTypeError LB1572 for what is no number, and for a level of pino's six */
  with(custom: Readonly<Record<string, unknown>>, port: FacadePort): LevelTable {
    const table = new LevelTable();
    for (const level of this.#ours.values()) table.#add(level.label, level.number, level);
    for (const [label, number] of Object.entries(custom)) {
      const refuse = (what: string): never => {
        throw new LogbridgeTypeError("LB1572", `child(): option customLevels.${label} ${what}`);
      };
      if (typeof number !== "number" || !Number.isFinite(number))
        return refuse(`must be a number of pino's scale, such as 35, got ${String(number)}`);
      const [taken] = Object.entries(STANDARD).find(([name, [, at]]) => name === label || at === number) ?? [];
      if (taken !== undefined) refuse(`cannot replace ${taken}; use another name and number`);
      const known = port.levelNamed(label);
      table.#add(label, number, known ?? inboundLevel(number, { values: {}, labels: { [number]: label } }));
    }
    return table;
  }

  /** The level of this label. One that our logger has under another name of pino's, or in capitals, is meant by that one too. */
  level(label: string): FacadeLevel | undefined {
    const known = this.#ours.get(label);
    const lower = label.toLowerCase();
    if (known || Object.hasOwn(STANDARD, lower)) return known;
    for (const level of this.#ours.values()) if (level.name.toLowerCase() === lower) return { ...level, label };
    return undefined;
  }

  #add(label: string, number: number, { name, no }: { readonly name: string; readonly no: number }): void {
    this.values[label] = number;
    if (STANDARD[this.labels[number] ?? ""] === undefined) this.labels[number] = label;
    this.#ours.set(label, { label, number, name, no });
  }
}
