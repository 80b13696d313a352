import type { Level } from "../record/level.ts";
import type { LogRecord } from "../record/record.ts";

/** How a handler opens such a filter; by a symbol of the process, so that every copy of the package reads it. */
export const OPEN: unique symbol = Symbol.for("logbridge.filter") as never;

/** What gave the summary. The origin of a summary's record has this name. */
export type Suppressor = "sample" | "throttle";

/** How many records of one kind were suppressed in one stretch of time. */
export interface Summary {
  readonly by: Suppressor;
  /** The most severe level among them. */
  readonly level: { readonly name: string; readonly no: number };
  /** The logger's name of the last one, where it was known. */
  readonly name: string | null;
  /** What they have in common, as text. */
  readonly key: string;
  readonly suppressed: number;
  /** Microseconds since 1970. */
  readonly since: number;
  readonly until: number;
}

/** What a filter may ask of the handler that it decides for. */
export interface FilterHost {
  readonly levels: ReadonlyMap<string, Level>;
  /** Names of levels are taken to the letter. */
  readonly exact: boolean;
  /** The logger's clock: microseconds since 1970. */
  now(): number;
  /** Delivers a summary through the handler, past its filter. Never throws. */
  summarise(summary: Summary): void;
  /** Says that the filter failed where no call of the application waits for it. Never throws. */
  fail(error: unknown): void;
}

/** A filter in force in one handler. */
export interface OpenFilter<Extra extends object = Record<string, unknown>> {
  accepts(record: LogRecord<Extra>): boolean;
  readonly needsCaller: boolean;
  /** It calls functions of the application. */
  readonly runsUserCode: boolean;
  /** How many records it has refused so far. */
  readonly suppressed: number;
  /** Summarises what no summary has named yet. */
  flush(): void;
  /** Ends its timer. */
  close(): void;
}

/** A filter that counts what it refuses: `sample()` and `throttle()`. Each handler that it is given to counts for itself. */
export interface SuppressingFilter<Extra extends object = Record<string, unknown>> {
  /** @internal */
  readonly [OPEN]: (host: FilterHost) => OpenFilter<Extra>;
}

/** True for such a filter of any copy of the package. */
export function isSuppressingFilter(value: unknown): value is SuppressingFilter<object> {
  return typeof value === "object" && value !== null && typeof (value as Record<symbol, unknown>)[OPEN] === "function";
}

/** The record is such a filter's summary, in whatever logger it was made: it stands for many, and is counted already. */
export function isSummary(record: LogRecord<object>): boolean {
  const by = record.origin?.name;
  return by === "throttle" || by === "sample";
}
