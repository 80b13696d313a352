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
  /** A chunk is being read, and its lines are delivered. */
  #reading = false;
  #endsAfter = false;
  /** What was begun ended before something else, and is not delivered yet. */
  #interrupted = false;

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
    // A sink that ends the interception gets the rest of the chunk first.
    if (this.#reading) this.#endsAfter = true;
    else this.#guarded(() => this.#end());
  }

  /** Somebody else prints a line of its own: what was begun is a line. */
  interrupt(): void {
    if (!this.#lines.isBegun) return;
    // In a sink nothing becomes a record: it will, when the output goes on.
    this.#interrupted = this.#reading || this.#port.isEcho(this.#stream, "");
    if (!this.#interrupted) this.#guarded(() => this.#lines.interrupt());
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

  get #isWanted(): boolean {
    return this.#port.wants(this.#listening.levels.of(this.#source).no);
  }

  /** Is what nobody wants printed as without us, though what is wanted is not? */
  get #letsPrint(): boolean {
    return this.#replaces && !this.#isWanted && !mutes(this.#port, this.#port.follows);
  }

  #take(written: Written, call: WriteCall): Outcome {
    if (this.#isEcho(written)) return "print";
    if (this.#interrupted) {
      this.#interrupted = false;
      this.#lines.interrupt();
    }
    this.#call = call;
    if (this.#letsPrint) {
      this.#printHeld();
      return "print";
    }
    const isWanted = this.#isWanted;
    if (!this.#read(written)) return "print";
    if (this.#replaces) return "silent";
    return isWanted ? "through" : "print";
  }

  /** `false`: it is no text. What nobody wants is read too, since its line may have been begun before, and may end later. */
  #read(written: Written): boolean {
    if (written.text !== null) this.#passBegun();
    const text =
      written.text === null ? this.#text.ofBytes(written.bytes as Uint8Array) : this.#text.ofString(written.text);
    const isInside = this.#reading;
    this.#reading = true;
    try {
      if (text !== null) this.#lines.feed(text);
    } finally {
      this.#reading = isInside;
    }
    if (text === null || this.#exiting || (this.#endsAfter && !isInside)) this.#end();
    return text !== null;
  }

  #end(): void {
    this.#endsAfter = false;
    if (this.#letsPrint) {
      this.#printHeld();
      return;
    }
    this.#passBegun();
    this.#lines.end();
  }

  /** What was kept for a record is printed, since none comes of it any more. */
  #printHeld(): void {
    const text = this.#lines.takeBegun();
    if (text !== "") this.#call?.print(text);
    this.#passBegun();
  }

  #isEcho(written: Written): boolean {
    const text = comparableText(written);
    const continued = this.#echoing && (text === "\n" || text === "\r\n");
    if (!continued && !wasAnnounced(this.#port, text) && !this.#port.isEcho(this.#stream, text)) return false;
    this.#echoing = !text.endsWith("\n");
    if (!this.#echoing) this.#interrupted ||= this.#lines.isBegun;
    return true;
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#port.fail(error);
    }
  }

  /** The beginning of a character that was never ended: in tee mode it stands there already. */
  #passBegun(): void {
    const begun = this.#text.takeBegun();
    if (begun.length > 0 && this.#replaces) this.#call?.print(begun);
  }

  #deliver(message: string, earlier: number | undefined): void {
    const call = this.#call;
    if (!call) return;
    const isTaken = this.#isWanted
      ? this.#port.deliver(
          {
            target: this.#stream,
            level: this.#listening.levels.of(this.#source),
            message,
            origin: { name: this.#source },
            // Whoever runs now has not printed it.
            ...(earlier !== undefined && { timeMs: earlier, caller: null }),
          },
          call.hook,
        )
      : !this.#letsPrint;
    if (!isTaken && this.#replaces) call.print(`${message}\n`);
  }
}
