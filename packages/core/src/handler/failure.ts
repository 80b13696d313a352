import { platform } from "#platform";
import { report } from "../diagnostics.ts";
import { escapeControls, escapeLines } from "../format/escape.ts";
import { isPromised } from "../promised.ts";
import type { LogRecord } from "../record/record.ts";
import type { FailureKind, HandlerOptions } from "./options.ts";

const MOST_A_SECOND = 10;
const LONGEST_SHOWN = 10_000;

/** Says that a sink failed: to the handler's `onError`, else on the raw stderr, at most ten times a second. */
export class FailureReport {
  readonly #id: number;
  readonly #label: string;
  readonly #onError: HandlerOptions["onError"];
  #second = 0;
  #said = 0;
  #unsaid = 0;
  #explained = "";

  constructor(id: number, label: string, onError: HandlerOptions["onError"]) {
    this.#id = id;
    this.#label = label;
    this.#onError = onError;
  }

  tell(kind: FailureKind, record: LogRecord<object> | null, text: string, error: unknown): void {
    if (this.#onError) {
      try {
        const answer: unknown = this.#onError(kind, record ? [record as LogRecord] : [], error);
        // Nobody waits for it, but what fails there must not end the process.
        if (answer !== undefined) isPromised(answer, (second) => this.#say(null, "", second));
        return;
      } catch (second) {
        this.#say(record, text, second);
      }
    }
    this.#say(record, text, error);
  }

  #say(record: LogRecord<object> | null, text: string, error: unknown): void {
    const second = Math.floor(Date.now() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#said = 0;
    }
    if (this.#said >= MOST_A_SECOND) {
      this.#unsaid++;
      return;
    }
    this.#said++;
    const more = this.#unsaid > 0 ? ` (${this.#unsaid} more failures were not shown)` : "";
    this.#unsaid = 0;
    const written = cut(text).trimEnd() || (record ? escapeControls(cut(record.message)) : "");
    // No line of a record may look like one of these reports.
    const shown = record
      ? `\n  record: ${escapeControls(record.level.name)} ${written.replaceAll("\n", "\n    ")}`
      : "";
    // What a failure says of itself may repeat what came from outside.
    const full = escapeControls(cut(errorText(error)));
    // The same error again needs no second stack.
    const [title = ""] = full.split("\n", 1);
    const said = this.#explained === title ? title : full;
    this.#explained = title;
    const before = shown === "" && title === full ? ": " : "\n  error: ";
    report(
      "LB2001",
      `handler ${this.#id} (${escapeLines(escapeControls(this.#label))}) failed${more}${shown}${before}${said}`,
    );
  }
}

/** A text may be as long as memory goes, and perhaps that is what failed. */
function cut(text: string): string {
  if (text.length <= LONGEST_SHOWN) return text;
  return `${text.slice(0, LONGEST_SHOWN)}… [${text.length - LONGEST_SHOWN} more characters]`;
}

function errorText(error: unknown): string {
  const stack = platform.isError(error) ? (error as { stack?: unknown }).stack : undefined;
  return typeof stack === "string" ? stack.replaceAll("\n", "\n  ") : platform.inspect(error, { oneLine: true });
}
