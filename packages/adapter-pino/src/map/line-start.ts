import { guarded } from "./application-functions.ts";
import { timeChunk } from "./clock.ts";
import type { LineStyle } from "./line-style.ts";

/** What stands at the start of each line: level and time. */
export class LineStart {
  readonly #formatLevel: LineStyle["formatLevel"];
  readonly #clock: LineStyle["clock"];

  constructor({ formatLevel, clock }: LineStyle) {
    this.#formatLevel = formatLevel;
    this.#clock = clock;
  }

  /** The keys that it has. */
  keys(): string[] {
    try {
      return Object.keys(JSON.parse(`${this.level("info", 30)}${this.time(0)}}`) as object);
    } catch {
      return ["level", "time"];
    }
  }

  /** As `{"level":30`, without an end. */
  level(label: string, number: number): string {
    const format = this.#formatLevel;
    const shown = format && guarded("formatters.level", format, () => JSON.stringify(format(label, number)), undefined);
    const text = shown?.slice(0, -1);
    return text === undefined || text === "{" ? `{"level":${number}` : text;
  }

  /** As `,"time":1700000000000`. */
  time(micros: number): string {
    const clock = this.#clock;
    return clock ? (timeChunk(clock, micros) ?? clock()) : `,"time":${Math.floor(micros / 1000)}`;
  }
}
