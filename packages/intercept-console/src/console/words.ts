import { formatConsole } from "@logbridge/core";
import type { Understood } from "../map.ts";
import type { Print } from "./filled.ts";
import { traceText } from "./stack.ts";
import { tableText } from "./table.ts";

/** What a console says, in the words of the one that prints. */
export interface Wording {
  /** The text of arguments. */
  readonly print: Print;
  /** What a failed assertion prints. */
  readonly assertion: (args: readonly unknown[]) => readonly unknown[];
  /** What `trace` says above the stack of what called a function, and the stack. */
  readonly stackText: (args: readonly unknown[], above: (...args: never[]) => unknown) => string;
  /** What `dir` says of its arguments; `null` for nothing. */
  readonly directory: (args: readonly unknown[]) => Understood | null;
  /** What the method prints; `null` for nothing. The methods that only change a counter or timer print nothing. */
  say(method: string, args: readonly unknown[]): string | null;
  /** What the method warns of instead, by the console itself; `null` for nothing. Changes nothing. */
  warning(method: string, args: readonly unknown[]): string | null;
}

/**
 * The counters and timers of a console, in the words of Node's; other consoles differ in some. Those that were begun before our time are not
 * known here.
 */
export class Words implements Wording {
  readonly print: Wording["print"] = formatConsole;
  readonly assertion: Wording["assertion"] = assertion;
  readonly directory: Wording["directory"] = directory;
  readonly stackText: Wording["stackText"] = (args, above) => traceText(formatConsole(args), above);
  readonly #counts = new Map<string, number>();
  readonly #times = new Map<string, number>();

  say(method: string, args: readonly unknown[]): string | null {
    switch (method) {
      case "count":
        return this.#count(labelOf(args[0]));
      case "countReset":
        this.#counts.delete(labelOf(args[0]));
        return null;
      case "time":
        return this.#begin(labelOf(args[0]));
      case "timeLog":
        return this.#elapsed(labelOf(args[0]), args.slice(1));
      case "timeEnd":
        return this.#end(labelOf(args[0]));
      case "table":
        return this.table(args);
      default:
        return this.print(args);
    }
  }

  /** Node warns by the process, which is heard elsewhere. */
  warning(_method: string, _args: readonly unknown[]): string | null {
    return null;
  }

  protected table([data, columns]: readonly unknown[]): string {
    return tableText(data, columns);
  }

  /** What a timer says, and what it was given besides. */
  protected timeText(label: string, ms: number, data: readonly unknown[]): string {
    return formatConsole(["%s: %s", label, durationText(ms), ...data]);
  }

  protected isCounting(label: string): boolean {
    return this.#counts.has(label);
  }

  protected isTiming(label: string): boolean {
    return this.#times.has(label);
  }

  #count(label: string): string {
    const count = (this.#counts.get(label) ?? 0) + 1;
    this.#counts.set(label, count);
    return `${label}: ${count}`;
  }

  #begin(label: string): null {
    if (!this.#times.has(label)) this.#times.set(label, performance.now());
    return null;
  }

  #elapsed(label: string, data: readonly unknown[]): string | null {
    const since = this.#times.get(label);
    return since === undefined ? null : this.timeText(label, performance.now() - since, data);
  }

  #end(label: string): string | null {
    const text = this.#elapsed(label, []);
    this.#times.delete(label);
    return text;
  }
}

/** The name of a counter or timer. */
export function labelOf(value: unknown): string {
  return value === undefined ? "default" : String(value);
}

function durationText(ms: number): string {
  if (ms < 1000) return `${Number(ms.toFixed(3))}ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(3)}s`;
  const minutes = Math.floor(ms / 60_000);
  const seconds = ((ms % 60_000) / 1000).toFixed(3).padStart(6, "0");
  if (minutes < 60) return `${minutes}:${seconds} (m:ss.mmm)`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${seconds} (h:mm:ss.mmm)`;
}

/** What `console.assert` says: a text that begins with the words, whatever was given. */
export function assertion(args: readonly unknown[]): readonly unknown[] {
  const [first, ...rest] = args;
  return typeof first === "string" ? [`Assertion failed: ${first}`, ...rest] : ["Assertion failed", ...args];
}

/** What `console.dir` says of a value. Colours are the console's own affair. */
export function directory(args: readonly unknown[]): Understood {
  return directoryBy(args, (value, options) =>
    formatConsole(["%O", value], { customInspect: false, ...options, colors: false }),
  );
}

/**
 * What `dir` says by a console's own way to show a value. Options may show what no other method does, getters and what is hidden, so
 * the text is made anew where something of the value is.
 */
export function directoryBy(
  [value, options]: readonly unknown[],
  show: (value: unknown, options: object) => string,
): Understood {
  const from = ([copy]: readonly unknown[]): string => show(copy, optionsOf(options));
  const message = from([value]);
  return { message, args: [value], printed: [value], reprint: { text: message, from } };
}

function optionsOf(given: unknown): object {
  return typeof given === "object" && given !== null ? given : {};
}
