import { platform } from "#platform";
import { noteHanded, releaseParked } from "../bridge/breaker.ts";
import { crossForeign, crossInto, isInside } from "../bridge/crossing.ts";
import { type InletHandler, openInlet } from "../bridge/inlet.ts";
import { LogbridgeError, LogbridgeTypeError } from "../diagnostics.ts";
import type { Counts, Hub } from "../hub.ts";
import { isPromised } from "../promised.ts";
import { levelOf } from "../record/level.ts";
import type { LogRecord } from "../record/record.ts";
import { compileRedaction, type Redact } from "../record/redaction.ts";
import type { ResolvedSink } from "../sinks/sink.ts";
import { defaultOption, wantsColors } from "./defaults.ts";
import { FailureReport } from "./failure.ts";
import { type CompiledFilter, compileFilter } from "./filter.ts";
import { type AddOptions, checkOptions, DEFAULT_FORMAT, type FailureKind, type HandlerOptions } from "./options.ts";
import { SummaryDelivery } from "./summary-delivery.ts";
import type { FilterHost } from "./suppressing-filter.ts";
import { type CompiledText, compileMessage, compileText } from "./text.ts";
import { diagnoseOf, watchVariables } from "./variables.ts";

/** How long `remove()` waits for a sink that does not answer. Longer than a hosted stream's own deadline. */
const CLOSE_MS = 15_000;

function deadline(ms: number): { readonly reached: Promise<void>; readonly cancel: () => void } {
  let cancel: () => void = () => {};
  const reached = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    cancel = () => clearTimeout(timer);
  });
  return { reached, cancel };
}

/** A sink that takes records gets their message as it is, unless the application has said how it is to look. */
function asksForMessage({ format, colorize, escape }: HandlerOptions): boolean {
  return format !== undefined || colorize === true || escape !== undefined;
}

/** One handler: level, filter, formatter and sink; what fails here stays here. */
export class Handler implements InletHandler {
  readonly id: number;
  readonly key: string | undefined;
  readonly foreign: boolean;
  levelNo = 0;
  needsCaller = false;
  redacts = false;
  passesErrors = false;
  failures = 0;
  readonly hub: Hub;
  readonly #resolved: ResolvedSink;
  readonly #failure: FailureReport;
  #options: AddOptions;
  #filter: CompiledFilter | null = null;
  /** What the filter was compiled from. */
  #chosenFilter: unknown;
  /** Where a filter suppresses something: how it says so. */
  #summaries: SummaryDelivery | null = null;
  /** What filters suppressed that are no longer in force. */
  #suppressedBefore = 0;
  #text: CompiledText | null = null;
  /** For a sink that takes records: how its message is to look. */
  #message: CompiledText | null = null;
  #redact: Redact | null = null;
  #catch = true;
  #runsUserCode = false;
  #saidPromise = false;
  #sent = 0;
  /** How many records had been sent when the last flush that has ended began, and how many flushes are under way. */
  #flushed = 0;
  #flushing = 0;
  #dropped = 0;
  /** What the sink had lost before it was added here: it may be in another handler, or may have been. */
  #lostBefore = 0;
  #running = new Set<Promise<void>>();
  #closed = false;
  #forgetExit: (() => void) | null = null;
  #forgetVariables: () => void = () => {};

  constructor(hub: Hub, id: number, resolved: ResolvedSink, options: AddOptions) {
    this.hub = hub;
    this.id = id;
    this.key = options.key;
    this.#resolved = resolved;
    this.foreign = !resolved.own;
    this.#options = options;
    this.#failure = new FailureReport(id, resolved.label, options.onError);
    this.#compile(options, true);
    resolved.sink.attach?.((error) => this.#failed("temporary", null, "", error), openInlet(this));
    this.#lostBefore = resolved.sink.dropped?.() ?? 0;
    // A foreign sink has no exit work of its own, but records for it may be withheld by the breaker.
    if (resolved.sink.flushSync || this.foreign) this.#listenForExit();
  }

  /** Puts changed options in force; the sink stays. */
  update(options: HandlerOptions): void {
    checkOptions(options, false, this.#resolved.kind);
    const changed = { ...this.#options, ...options };
    this.#compile(changed, "filter" in options);
    this.#options = changed;
  }

  leadsTo(bridge: string, target: unknown): boolean {
    return this.#resolved.sink.leadsTo?.(bridge, target) ?? false;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  handle(record: LogRecord<object>): void {
    // Filters, formats and patchers are the application's code: what they print is no record, and must not come back here.
    if (this.#runsUserCode) this.#deliverApart(record);
    else {
      if (this.foreign) record._settle();
      this.#deliver(record);
    }
  }

  // Functions that see a record are made in methods of their own: an object for what they see would be made at each record.
  #deliverApart(record: LogRecord<object>): void {
    record._settle();
    crossForeign(this.hub, null, () => this.#deliver(record));
  }

  #deliver(given: LogRecord<object>): void {
    const redact = this.#redact;
    let record = redact ? redact(given) : given;
    let text = "";
    try {
      if (this.#filter && !this.#takes(this.#filter, record)) return;
      // Counted before the write: a sink that logs or fails must not make the count wrong.
      if (this.#options.patch) {
        record = record._copy();
        this.#checkPatch(this.#options.patch(record as LogRecord));
        record._mend();
        // What the function has put in is for the paths too.
        if (redact) record = redact(record);
        if (this.hub.redact) record = this.hub.redact(record);
      }
      if (this.#message) {
        const message = this.#message.make(record);
        if (record === given) record = record._copy();
        record.message = message;
      }
      if (this.#text) text = this.#text.make(record);
      this.#write(record, text);
    } catch (error) {
      if (!this.#catch) throw error;
      this.#failed("temporary", record, text, error);
    } finally {
      if (record !== given) record._endOfCall();
    }
  }

  /** What it has done at once counts, so the record goes on: there are functions that merely pass a promise on. */
  #checkPatch(given: unknown): void {
    if (given === undefined || !isPromised(given) || this.#saidPromise) return;
    this.#saidPromise = true;
    const error = new LogbridgeTypeError(
      "LB1004",
      "patch: the function gave a promise, and nobody waits for it; what an async function does later has no effect",
    );
    this.#failure.tell("temporary", null, "", error);
  }

  /** Its own summaries have passed the filter: it has counted what they stand for. */
  #takes(filter: CompiledFilter, record: LogRecord<object>): boolean {
    return (this.#summaries?.isOwn(record) ?? false) || filter.accepts(record);
  }

  #write(record: LogRecord<object>, text: string): void {
    const { sink } = this.#resolved;
    this.#sent++;
    let result: void | Promise<void>;
    try {
      result = this.foreign ? this.#writeForeign(record, text) : sink.write(text, record as LogRecord);
    } catch (error) {
      this.#sent--;
      throw error;
    }
    if (result !== undefined && typeof result?.then === "function") this.#await(result, record, text);
    // A listener of "exit" that runs after ours has logged: nobody flushes after this.
    else if (this.foreign && platform.isExiting()) sink.flushSync?.();
  }

  #writeForeign(record: LogRecord<object>, text: string): void | Promise<void> {
    const { sink } = this.#resolved;
    const result = crossInto(this, record.message, text, () => sink.write(text, record as LogRecord));
    noteHanded(this, record.message, text);
    return result;
  }

  #await(result: Promise<void>, record: LogRecord<object>, text: string): void {
    const settled: Promise<void> = Promise.resolve(result).then(
      () => void this.#running.delete(settled),
      (error: unknown) => {
        this.#running.delete(settled);
        this.#sent--;
        this.#failed("temporary", record, text, error);
      },
    );
    this.#running.add(settled);
  }

  #failed(kind: FailureKind, record: LogRecord<object> | null, text: string, error: unknown): void {
    this.failures++;
    if (record) this.#dropped++;
    this.#failure.tell(kind, record, text, error);
  }

  dropped(): void {
    this.#dropped++;
  }

  /** How many records filters have suppressed: neither sent nor dropped. */
  get suppressed(): number {
    let count = this.#suppressedBefore;
    for (const { suppressed } of this.#filter?.suppressing ?? []) count += suppressed;
    return count;
  }

  counts(): Counts {
    const { sink } = this.#resolved;
    // A flush that has not ended covers what was sent since the last one that has: nobody knows of it that it has left.
    const lost = Math.max(0, (sink.dropped?.() ?? 0) - this.#lostBefore);
    const taken = this.#sent - this.#running.size;
    const unproven = this.#flushing > 0 && sink.flush ? taken - this.#flushed : 0;
    // A sink may have records of other handlers, too.
    const kept = Math.min(Math.max(sink.pending?.() ?? 0, unproven), Math.max(0, taken - lost));
    const pending = this.#running.size + kept;
    return { sent: Math.max(0, this.#sent - pending - lost), dropped: this.#dropped + lost, pending };
  }

  /** Resolves when everything written before the call has left; never rejects. */
  async flush(): Promise<void> {
    this.#giveWithheld();
    const { sink } = this.#resolved;
    this.#flushing++;
    try {
      await Promise.all(this.#running);
      const sent = this.#sent;
      await sink.flush?.();
      this.#flushed = Math.max(this.#flushed, sent);
    } catch (error) {
      this.#flushed = this.#sent;
      this.#failed("temporary", null, "", error);
    } finally {
      this.#flushing--;
    }
  }

  /**
   * Flushes and closes the sink; never rejects. What has nothing to wait for is closed in the call, so that a file can be moved at once.
   *
   * @param rethrow the sink's error is not reported: the caller throws it
   * @returns that error, `null` where there was none
   */
  async close(rethrow = false): Promise<{ readonly error: unknown } | null> {
    if (this.#closed) return null;
    this.#endFilter();
    this.#closed = true;
    releaseParked(this);
    const closing = this.#close(rethrow);
    const late = deadline(CLOSE_MS);
    const closed = await Promise.race([closing.then(() => true), late.reached.then(() => false)]);
    late.cancel();
    this.#forgetExit?.();
    this.#forgetVariables();
    if (!closed)
      this.#failed(
        "final",
        null,
        "",
        new LogbridgeError(
          "LB2003",
          `the sink has not closed for ${CLOSE_MS} ms; ${this.counts().pending} records are pending`,
        ),
      );
    return closed ? closing : null;
  }

  async #close(rethrow: boolean): Promise<{ readonly error: unknown } | null> {
    try {
      if (this.#running.size > 0) await Promise.all(this.#running);
      if (this.foreign) await this.flush();
      await this.#resolved.sink.close?.();
      return null;
    } catch (error) {
      if (!rethrow) this.#failed("final", null, "", error);
      return { error };
    }
  }

  /** Says what the filter has suppressed and not said yet. */
  #summarise(): void {
    // From inside of its own sink nothing comes in.
    if (this.#summaries && !isInside(this)) for (const filter of this.#filter?.suppressing ?? []) filter.flush();
  }

  #endFilter(): void {
    this.#summarise();
    for (const filter of this.#filter?.suppressing ?? []) filter.close();
  }

  /** What a filter may ask of this handler. */
  #filterHost(): FilterHost {
    const { hub } = this;
    return {
      levels: hub.levels,
      exact: hub.strict,
      now: () => hub.clock(),
      summarise: (summary) => {
        try {
          this.#summaries?.deliver(summary);
        } catch (error) {
          // With `catch: false`: the call at which a window ends is not to blame for it.
          this.#failed("temporary", null, "", error);
        }
      },
      fail: (error) => this.#failed("temporary", null, "", error),
    };
  }

  #useFilter(filter: CompiledFilter | null, chosen: unknown): void {
    if (filter === this.#filter) return;
    this.#endFilter();
    this.#suppressedBefore = this.suppressed;
    this.#filter = filter;
    this.#chosenFilter = chosen;
    if (this.#summaries || !filter || filter.suppressing.length === 0) return;
    this.#summaries = new SummaryDelivery(openInlet(this));
    this.#listenForExit();
  }

  #listenForExit(): void {
    if (this.#forgetExit) return;
    // What is given to an asynchronous sink at the event "exit" comes too late.
    const forgetIdle = platform.onIdle(() => this.#giveWithheld());
    const forgetExit = platform.onExit(() => this.#flushAtExit());
    this.#forgetExit = () => {
      forgetIdle();
      forgetExit();
    };
  }

  /** What the breaker keeps back, and what filters have not said yet. */
  #giveWithheld(): void {
    releaseParked(this);
    this.#summarise();
  }

  #flushAtExit(): void {
    this.#giveWithheld();
    try {
      this.#resolved.sink.flushSync?.();
    } catch (error) {
      this.#failed("final", null, "", error);
    }
  }

  #compile(options: AddOptions, choosesFilter: boolean): void {
    const { hub } = this;
    const { sink } = this.#resolved;
    const level = options.level === undefined ? (defaultOption("LEVEL") ?? "DEBUG") : options.level;
    const levelName = options.level === undefined ? "LOGBRIDGE_LEVEL" : "add(): level";
    const levelNo = levelOf(hub.levels, level, hub.strict, levelName).no;
    const chosen = options.filter === undefined ? defaultOption("FILTER") : options.filter;
    // A filter that stays goes on with what it has counted.
    const isSame = !choosesFilter && chosen === this.#chosenFilter;
    const filter = isSame ? this.#filter : compileFilter(chosen, this.#filterHost());
    const redact = (options.redact ?? null) === null ? null : compileRedaction(options.redact, "add()");
    const needs = { ...sink.needs, ...options.needs };
    const takesText = needs.text !== false;
    if (!takesText && options.serialize)
      throw new LogbridgeTypeError(
        "LB1002",
        `add(): option serialize belongs to a sink that prints text; the ${this.#resolved.label} takes records and prints them in its own form, which its own options say`,
      );
    const diagnose = diagnoseOf(options.diagnose);
    const textOptions = {
      format: (options.format ?? (takesText ? (defaultOption("FORMAT") ?? DEFAULT_FORMAT) : "{message}")) as string,
      serialize: options.serialize ?? defaultOption("SERIALIZE") ?? false,
      colorize: options.colorize ?? (takesText && wantsColors(this.#resolved.colors)),
      backtrace: options.backtrace ?? defaultOption("BACKTRACE") ?? true,
      diagnose,
      escape: options.escape,
      zone: hub.zone,
      strict: hub.strict,
      levels: hub.levels,
    };
    const text = takesText ? compileText(textOptions) : null;
    const message = !takesText && asksForMessage(options) ? compileMessage(textOptions) : null;
    const forgetVariables = (text ?? message) && diagnose === "values" ? watchVariables() : () => {};
    this.#forgetVariables();
    this.#forgetVariables = forgetVariables;
    // While the level is still the one at which it was suppressed.
    this.#summarise();
    this.levelNo = levelNo;
    this.#useFilter(filter, chosen);
    this.#redact = redact;
    this.redacts = redact !== null || needs.redacts === true;
    this.#text = text;
    this.#message = message;
    this.#runsUserCode =
      (filter?.runsUserCode ?? false) ||
      [options.format, options.serialize, options.patch].some((one) => typeof one === "function");
    this.#catch = options.catch ?? defaultOption("CATCH") ?? true;
    this.passesErrors = !this.#catch;
    this.needsCaller = Boolean(needs.caller || filter?.needsCaller || (text ?? message)?.needsCaller);
  }
}
