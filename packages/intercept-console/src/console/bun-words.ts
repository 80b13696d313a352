import { consoleText } from "@logbridge/core";
import { traceText } from "./stack.ts";
import { directoryBy, type Wording, Words } from "./words.ts";

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

class BunWords extends Words {
  override readonly print: Wording["print"] = consoleText;
  override readonly stackText: Wording["stackText"] = (args, above) =>
    [...(args.length === 0 ? [] : [consoleText(args)]), ...framesAbove(above)].join("\n");
  override readonly assertion: Wording["assertion"] = (args) => (args.length === 0 ? ["Assertion failed"] : args);
  override readonly directory: Wording["directory"] = (args) =>
    args.length === 0 ? null : directoryBy(args, (value, options) => this.#shown(value, options));
  readonly #inspect: Inspect;

  constructor(inspect: Inspect) {
    super();
    this.#inspect = inspect;
  }

  protected override table([data, columns]: readonly unknown[]): string {
    if (typeof data !== "object" || data === null) return consoleText([data]);
    const chosen = Array.isArray(columns) ? [columns] : [];
    return this.#inspect.table(data, ...chosen, { colors: false }).replace(/\n$/, "");
  }

  protected override timeText(label: string, ms: number, data: readonly unknown[]): string {
    const duration = ms <= SECONDS_FROM_MS ? `${ms.toFixed(2)}ms` : `${(ms / 1000).toFixed(2)}s`;
    const line = `[${duration}] ${label}`;
    return data.length === 0 ? line : `${line} ${data.map((value) => consoleText([value])).join(" ")}`;
  }

  #shown(value: unknown, { depth = DEPTH }: { readonly depth?: number | null }): string {
    if (typeof value === "string") return value;
    return this.#inspect(value, { depth: depth ?? Number.POSITIVE_INFINITY, colors: false });
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
