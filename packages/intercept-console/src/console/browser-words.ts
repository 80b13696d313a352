import { formatConsole } from "@logbridge/core";
import { labelOf, Words } from "./words.ts";

/** The words of Chromium's console, which warns of counters and timers by itself. */
export class BrowserWords extends Words {
  override warning(method: string, args: readonly unknown[]): string | null {
    switch (method) {
      case "countReset":
        return this.isCounting(labelOf(args[0])) ? null : `Count for '${labelOf(args[0])}' does not exist`;
      case "time":
        return this.isTiming(labelOf(args[0])) ? `Timer '${labelOf(args[0])}' already exists` : null;
      case "timeLog":
      case "timeEnd":
        return this.isTiming(labelOf(args[0])) ? null : `Timer '${labelOf(args[0])}' does not exist`;
      default:
        return null;
    }
  }

  protected override timeText(label: string, ms: number, data: readonly unknown[]): string {
    return formatConsole([`${label}: ${ms} ms`, ...data]);
  }
}
