import { LogbridgeError, LogbridgeTypeError, shown } from "../diagnostics.ts";
import { MISSING, reachAll } from "../format/reach.ts";
import { levelOf } from "../record/level.ts";
import { isPlainObject } from "../record/plain-object.ts";
import type { LogRecord } from "../record/record.ts";
import { checkKeep, compileKeep } from "./keep.ts";
import { seededDraws, shareOf } from "./key-hash.ts";
import { givenKey, type KeyValue, keyText } from "./key-text.ts";
import { Suppressed } from "./suppressed.ts";
import { type FilterHost, OPEN, type OpenFilter, type SuppressingFilter } from "./suppressing-filter.ts";
import { type Called, checkSuppression, type SuppressionOptions, wrongOption } from "./suppression-options.ts";

/** Options of `sample()`. */
export interface SampleOptions<Extra extends object = Record<string, unknown>> extends SuppressionOptions<Extra> {
  /** The share of records that pass, 0 to 1; or shares by level (names or numbers): a level that is not named passes whole. */
  readonly rate: number | Readonly<Record<string, number>>;
  /**
   * What belongs together, and passes or not as a whole: where its value stands in `extra` (`"traceId"`, `"user.id"`), or a function.
   * The same value is decided alike in every process. A record without one is drawn by itself.
   */
  readonly key?: string | ((record: LogRecord<Extra>) => KeyValue);
  /** Makes draws repeatable, and other keys pass: an integer. Default: draws by `Math.random()`, keys as with 0. */
  readonly seed?: number;
}

const CALLED: Called = { name: "sample", code: "LB1060" };
const NAMES = ["rate", "keep", "key", "seed", "window", "summary"];
/** Levels are few; severities without a name may be many. */
const MOST_LEVELS = 100;

type Rate = number | ReadonlyMap<string, number>;
type KeyOf = (record: LogRecord<object>) => string | null;

/**
 * A filter that lets a share of the records pass, and says after each window how many of each level it held back.
 *
 * By default records from level `WARNING` up and records with an exception always pass: `keep: false` samples them too.
 *
 * @throws LogbridgeError LB1002 for an unknown option, LogbridgeError or LogbridgeTypeError LB1060 for a wrong value
 * @example
 * logger.add("app.log", { filter: sample({ rate: { DEBUG: 0.01, INFO: 0.1 }, key: "traceId" }) });
 */
export function sample<Extra extends object = Record<string, unknown>>(
  options: SampleOptions<Extra>,
): SuppressingFilter<Extra> {
  const { windowMs, summary } = checkSuppression(CALLED, options, NAMES);
  const keep = checkKeep(CALLED, options.keep, "WARNING");
  const rate = checkRate(options.rate);
  const keyOf = compileKey(options.key);
  const seed = checkSeed(options.seed);
  const open = (host: FilterHost): OpenFilter<object> => {
    const keeps = compileKeep(CALLED, keep, host);
    const rateOf = compileRate(rate, host);
    const suppressed = new Suppressed(host, {
      by: "sample",
      windowMs,
      summary,
      mostKeys: MOST_LEVELS,
      textOf: (key) => key,
    });
    // Each handler draws for itself, so that what one does changes nothing for another.
    const draw = seed === undefined ? Math.random : seededDraws(seed);
    return {
      accepts(record: LogRecord<object>): boolean {
        suppressed.arrive(record);
        if (keeps(record)) return true;
        const share = rateOf(record._level.no);
        if (share === 1) return true;
        const key = keyOf(record);
        if ((key === null ? draw() : shareOf(key, seed ?? 0)) < share) return true;
        if (summary) suppressed.suppress(suppressed.windowOf(record._level.name, record), record);
        else suppressed.count();
        return false;
      },
      needsCaller: false,
      runsUserCode: [keep, options.key].some((one) => typeof one === "function"),
      get suppressed() {
        return suppressed.total;
      },
      flush: () => suppressed.flush(),
      close: () => suppressed.close(),
    };
  };
  return { [OPEN]: open };
}

function checkRate(rate: unknown): Rate {
  if (typeof rate === "number") return checkShare("rate", rate);
  if (!isPlainObject(rate))
    throw wrongOption(CALLED, "rate", "a number from 0 to 1, or an object of these by level", rate);
  const rates = new Map(Object.entries(rate));
  if (rates.size === 0)
    throw new LogbridgeError(CALLED.code, "sample(): option rate names no level; give one as { DEBUG: 0.01 }");
  return new Map([...rates].map(([level, share]) => [level, checkShare(`rate[${shown(level)}]`, share)]));
}

function checkShare(option: string, share: unknown): number {
  if (typeof share !== "number") throw wrongOption(CALLED, option, "a number from 0 to 1", share);
  if (share >= 0 && share <= 1) return share;
  throw new LogbridgeError(
    CALLED.code,
    `sample(): option ${option} must be a number from 0 to 1, got ${shown(share)}${share > 1 && share <= 100 ? ` (${share} % is ${share / 100})` : ""}`,
  );
}

function checkSeed(seed: unknown): number | undefined {
  if (seed === undefined || Number.isSafeInteger(seed)) return seed as number | undefined;
  throw wrongOption(CALLED, "seed", "an integer", seed);
}

/** Shares by severity: so a level of another library that is as severe as one of ours is sampled like it. */
function compileRate(rate: Rate, { levels, exact }: FilterHost): (no: number) => number {
  if (typeof rate === "number") return () => rate;
  const shares = new Map<number, number>();
  for (const [level, share] of rate) {
    const named = /^\d+$/.test(level) ? Number(level) : level;
    shares.set(levelOf(levels, named, exact, `sample(): rate[${shown(level)}]`).no, share);
  }
  return (no) => shares.get(no) ?? 1;
}

function compileKey(key: unknown): KeyOf {
  if (key === undefined) return () => null;
  if (typeof key === "function") {
    const ask = key as (record: LogRecord<object>) => unknown;
    return (record) => givenKey(ask(record), "sample(): key");
  }
  if (typeof key !== "string") throw wrongOption(CALLED, "key", "a path in extra, or a function", key);
  const path = key.split(".");
  if (path.some((step) => step.trim() === "" || /[[\]*]/.test(step)))
    throw new LogbridgeTypeError(
      CALLED.code,
      `sample(): option key must name one value in extra, with dots between its steps, as "traceId" or "user.id"; for other keys give a function; got ${shown(key)}`,
    );
  return (record) => {
    const value = reachExtra(record, path);
    return value === MISSING ? null : keyText(value);
  };
}

/** The same as in `extra`, which stays in its parts: formats write these faster. */
function reachExtra({ _extra, _fields, _base }: LogRecord<object>, path: readonly string[]): unknown {
  if (_extra !== null) return reachAll(_extra, path);
  const [first = ""] = path;
  return reachAll(_fields !== null && Object.hasOwn(_fields, first) ? _fields : _base?.fields, path);
}
