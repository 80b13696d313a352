import { platform } from "#platform";
import type { LogRecord } from "../record/record.ts";
import { checkKeep, compileKeep } from "./keep.ts";
import { compileRecordKey, type ThrottlePart } from "./record-key.ts";
import { Suppressed } from "./suppressed.ts";
import { type FilterHost, OPEN, type OpenFilter, type SuppressingFilter } from "./suppressing-filter.ts";
import { type Called, checkSuppression, type SuppressionOptions, wrongOption } from "./suppression-options.ts";

/** Options of `throttle()`. */
export interface ThrottleOptions<Extra extends object = Record<string, unknown>> extends SuppressionOptions<Extra> {
  /**
   * What records have in common that count as equal: `"message"` (as the call has it, before its arguments are filled in), `"level"`,
   * `"name"` (the logger's or module's), `"site"` (file, line and column of the call), a function that gives the key (`null` or
   * `undefined`: this record is not throttled), or a list of these. Default `"message"`.
   */
  readonly per?: ThrottlePart<Extra> | readonly ThrottlePart<Extra>[];
  /** How many records of a key pass in each window, an integer from 0 up. Default 10. */
  readonly burst?: number;
  /** How many keys are remembered, an integer from 1 up; of more, the one that was longest not seen is forgotten. Default 1,000. */
  readonly maxKeys?: number;
}

const CALLED: Called = { name: "throttle", code: "LB1061" };
const NAMES = ["per", "burst", "window", "keep", "summary", "maxKeys"];
const DEFAULT_BURST = 10;
const DEFAULT_KEYS = 1_000;

/**
 * A filter that lets the first `burst` of equal records pass in each window of `window` milliseconds, and says afterwards how many more
 * there were. A window begins with the first record of its key. Times are those of the records.
 *
 * By default records from level `ERROR` up and records with an exception always pass: `keep: false` throttles them too.
 *
 * @throws LogbridgeError LB1002 for an unknown option, LogbridgeTypeError LB1061 for a wrong value
 * @example
 * logger.add("app.log", { filter: throttle({ per: ["name", "message"], burst: 5, window: 10_000 }) });
 */
export function throttle<Extra extends object = Record<string, unknown>>(
  options: ThrottleOptions<Extra> = {},
): SuppressingFilter<Extra> {
  const { windowMs, summary } = checkSuppression(CALLED, options, NAMES);
  const keep = checkKeep(CALLED, options.keep, "ERROR");
  const { per = "message", burst = DEFAULT_BURST, maxKeys = DEFAULT_KEYS } = options;
  const key = compileRecordKey(CALLED, per);
  checkWholeNumber("burst", burst, 0);
  checkWholeNumber("maxKeys", maxKeys, 1);
  const open = (host: FilterHost): OpenFilter<object> => {
    const keeps = compileKeep(CALLED, keep, host);
    const suppressed = new Suppressed(host, {
      by: "throttle",
      windowMs,
      summary,
      mostKeys: maxKeys,
      textOf: key.textOf,
    });
    return {
      accepts(record: LogRecord<object>): boolean {
        suppressed.arrive(record);
        if (keeps(record)) return true;
        const found = key.of(record);
        if (found === null) return true;
        const window = suppressed.windowOf(found, record);
        if (window.passed < burst) {
          window.passed++;
          return true;
        }
        // Nobody will come to summarise what is suppressed now.
        if (platform.isExiting()) return true;
        suppressed.suppress(window, record);
        return false;
      },
      needsCaller: key.needsCaller,
      runsUserCode: key.runsUserCode || typeof keep === "function",
      get suppressed() {
        return suppressed.total;
      },
      flush: () => suppressed.flush(),
      close: () => suppressed.close(),
    };
  };
  return { [OPEN]: open };
}

function checkWholeNumber(option: string, value: unknown, least: number): void {
  if (!Number.isSafeInteger(value) || (value as number) < least)
    throw wrongOption(CALLED, option, `an integer from ${least} up`, value);
}
