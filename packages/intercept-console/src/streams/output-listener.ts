import type { InboundPort } from "@logbridge/core";
import { mutes } from "../levels.ts";
import type { Listening } from "../source.ts";
import { wasAnnounced } from "./announced.ts";
import { TerminalLines } from "./terminal-lines.ts";
import { Utf8Text } from "./utf8-text.ts";
import { comparableText, type Written } from "./written.ts";

/** Where a chunk goes besides us: nowhere; on, as the output of what was taken; on as it would without us. */
export type Outcome = "silent" | "through" | "print";

/** One call that writes, as its hook sees it. */
export interface WriteCall {
  /** The function that was called: the caller is above it. */
  readonly hook: (...args: never[]) => unknown;
  /** Writes past everybody who listens. */
  readonly print: (data: string | Uint8Array) => void;
}

/** Who listens at a patched output; the shape is the same in every copy of the package. */
export interface OutputSubscriber {
  /** What leaves the hook for the output goes elsewhere: this one is kept for somebody else. */
  readonly diverts: boolean;
  take(written: Written, call: WriteCall): Outcome;
  /** Nothing comes any more for now: what waits for the end of its line is delivered. */
  end(): void;
  /** Runs the output's own work: what is printed meanwhile is no other record. */
  through<R>(run: () => R): R;
}

/** Makes records of what is written to stdout or stderr. */
export class OutputListener implements OutputSubscriber {
  readonly diverts: boolean;
  readonly #listening: Listening;
  readonly #port: InboundPort;
  readonly #stream: unknown;
  readonly #source: "stdout" | "stderr";
  readonly #text = new Utf8Text();
  readonly #lines: TerminalLines;
  #call: WriteCall | null = null;
  /** The output of a sink that has not ended its line: the end belongs to it. */
  #echoing = false;
  #exiting = false;

  /**
   * @param stream what sinks would lead to
   * @param diverts see `OutputSubscriber`
   */
  constructor(listening: Listening, stream: unknown, source: "stdout" | "stderr", diverts = false) {
    this.#listening = listening;
    this.#port = listening.port;
    this.#stream = stream;
    this.#source = source;
    this.diverts = diverts;
    this.#lines = new TerminalLines((line, earlier) => this.#deliver(line, earlier));
  }

  take(written: Written, call: WriteCall): Outcome {
    try {
      return this.#take(written, call);
    } catch (error) {
      this.#port.fail(error);
      return "print";
    }
  }

  end(): void {
    try {
      this.#passBegun();
      this.#lines.end();
    } catch (error) {
      this.#port.fail(error);
    }
  }

  /** The process ends: what is printed from here on is not held any more. */
  atExit(): void {
    this.#exiting = true;
    this.end();
  }

  through<R>(run: () => R): R {
    return this.#port.through(run);
  }

  get #replaces(): boolean {
    return this.#port.mode === "replace";
  }

  #take(written: Written, call: WriteCall): Outcome {
    if (this.#isEcho(written)) return "print";
    const { no } = this.#listening.levels.of(this.#source);
    if (!this.#port.wants(no)) return mutes(this.#port, this.#port.follows) ? "silent" : "print";
    this.#call = call;
    if (written.text !== null) this.#passBegun();
    const text =
      written.text === null ? this.#text.ofBytes(written.bytes as Uint8Array) : this.#text.ofString(written.text);
    if (text === null) {
      this.end();
      return "print";
    }
    this.#lines.feed(text);
    if (this.#exiting) this.#lines.end();
    return this.#replaces ? "silent" : "through";
  }

  #isEcho(written: Written): boolean {
    const text = comparableText(written);
    const continued = this.#echoing && (text === "\n" || text === "\r\n");
    if (!continued && !wasAnnounced(this.#port, text) && !this.#port.isEcho(this.#stream, text)) return false;
    this.#echoing = !text.endsWith("\n");
    return true;
  }

  /** The beginning of a character that was never ended: in tee mode it stands there already. */
  #passBegun(): void {
    const begun = this.#text.takeBegun();
    if (begun.length > 0 && this.#replaces) this.#call?.print(begun);
  }

  #deliver(message: string, earlier: number | undefined): void {
    const call = this.#call;
    if (!call) return;
    const level = this.#listening.levels.of(this.#source);
    const taken = this.#port.deliver(
      {
        target: this.#stream,
        level,
        message,
        origin: { name: this.#source },
        // Whoever runs now has not printed it.
        ...(earlier !== undefined && { timeMs: earlier, caller: null }),
      },
      call.hook,
    );
    if (!taken && this.#replaces) call.print(`${message}\n`);
  }
}
