import { formatConsole } from "@logbridge/core";
import { traceText } from "./stack.ts";
import { tableText } from "./table.ts";
import { assertion, directory, labelOf, type Wording } from "./words.ts";

/**
 * The counters and timers of a browser's console, in the words of Chromium's. What such a console has counted itself cannot be asked,
 * so those that were begun before our time are not known here.
 */
export class BrowserWords implements Wording {
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
        return tableText(args[0], args[1]);
      default:
        return formatConsole(args);
    }
  }

  warning(method: string, args: readonly unknown[]): string | null {
    switch (method) {
      case "countReset":
        return this.#counts.has(labelOf(args[0])) ? null : `Count for '${labelOf(args[0])}' does not exist`;
      case "time":
        return this.#times.has(labelOf(args[0])) ? `Timer '${labelOf(args[0])}' already exists` : null;
      case "timeLog":
      case "timeEnd":
        return this.#times.has(labelOf(args[0])) ? null : `Timer '${labelOf(args[0])}' does not exist`;
      default:
        return null;
    }
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
    return since === undefined ? null : formatConsole([`${label}: ${performance.now() - since} ms`, ...data]);
  }

  #end(label: string): string | null {
    const text = this.#elapsed(label, []);
    this.#times.delete(label);
    return text;
  }
}
