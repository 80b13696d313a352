import { consoleText } from "@logbridge/core";
import type { Understood } from "../map.ts";
import { traceText } from "./stack.ts";
import { directoryBy, labelOf, type Wording } from "./words.ts";

interface Inspect {
  (value: unknown, options: { readonly depth: number; readonly colors: false }): string;
  table(data: unknown, ...options: readonly unknown[]): string;
}

/** How many levels of objects `dir` shows. */
const DEPTH = 2;
/** From there on a timer shows seconds. */
const SECONDS_FROM_MS = 1500;

/** The words of Bun's own console; `null` elsewhere. */
export function bunWords(): Wording | null {
  const inspect = (globalThis as { readonly Bun?: { readonly inspect?: Inspect } }).Bun?.inspect;
  return typeof inspect?.table === "function" ? new BunWords(inspect) : null;
}

/** The counters and timers of Bun's console; those that were begun before our time are not known here. */
class BunWords implements Wording {
  readonly print: Wording["print"] = consoleText;
  readonly stackText: Wording["stackText"] = (args, above) =>
    [...(args.length === 0 ? [] : [consoleText(args)]), ...framesAbove(above)].join("\n");
  readonly #inspect: Inspect;
  readonly #counts = new Map<string, number>();
  readonly #times = new Map<string, number>();

  constructor(inspect: Inspect) {
    this.#inspect = inspect;
  }

  readonly assertion = (args: readonly unknown[]): readonly unknown[] =>
    args.length === 0 ? ["Assertion failed"] : args;

  readonly directory = (args: readonly unknown[]): Understood | null =>
    args.length === 0 ? null : directoryBy(args, (value, options) => this.#shown(value, options));

  say(method: string, args: readonly unknown[]): string | null {
    const label = labelOf(args[0]);
    switch (method) {
      case "count": {
        const count = (this.#counts.get(label) ?? 0) + 1;
        this.#counts.set(label, count);
        return `${label}: ${count}`;
      }
      case "countReset":
        this.#counts.delete(label);
        return null;
      case "time":
        if (!this.#times.has(label)) this.#times.set(label, performance.now());
        return null;
      case "timeLog":
        return this.#elapsed(label, args.slice(1));
      case "timeEnd": {
        const text = this.#elapsed(label, []);
        this.#times.delete(label);
        return text;
      }
      case "table":
        return this.#table(args);
      default:
        return consoleText(args);
    }
  }

  /** It never warns. */
  warning(): null {
    return null;
  }

  #shown(value: unknown, { depth = DEPTH }: { readonly depth?: number | null }): string {
    if (typeof value === "string") return value;
    return this.#inspect(value, { depth: depth ?? Number.POSITIVE_INFINITY, colors: false });
  }

  #elapsed(label: string, data: readonly unknown[]): string | null {
    const since = this.#times.get(label);
    if (since === undefined) return null;
    const ms = performance.now() - since;
    const duration = ms <= SECONDS_FROM_MS ? `${ms.toFixed(2)}ms` : `${(ms / 1000).toFixed(2)}s`;
    const line = `[${duration}] ${label}`;
    return data.length === 0 ? line : `${line} ${data.map((value) => consoleText([value])).join(" ")}`;
  }

  #table([data, columns]: readonly unknown[]): string {
    if (typeof data !== "object" || data === null) return consoleText([data]);
    const chosen = Array.isArray(columns) ? [columns] : [];
    return this.#inspect.table(data, ...chosen, { colors: false }).replace(/\n$/, "");
  }
}

/** Functions of ours between the console's method and here, which the engine counts before it leaves them out. */
const OURS = 20;

/** As the console writes them, which indents them further than errors do. */
function framesAbove(above: (...args: never[]) => unknown): readonly string[] {
  const stacks = Error as { stackTraceLimit: number };
  const limit = stacks.stackTraceLimit;
  try {
    stacks.stackTraceLimit = limit + OURS;
    const [, ...frames] = traceText("", above).split("\n");
    return frames.slice(0, limit).map((frame) => `  ${frame}`);
  } finally {
    stacks.stackTraceLimit = limit;
  }
}
