import { platform } from "#platform";
import { noteHanded, releaseParked } from "../bridge/breaker.ts";
import { crossInto } from "../bridge/crossing.ts";
import { LogbridgeError } from "../diagnostics.ts";
import type { Counts, HandlerEntry, Hub } from "../hub.ts";
import { levelOf } from "../record/level.ts";
import type { LogRecord } from "../record/record.ts";
import { FILE_OPTION_NAMES } from "../sinks/file/options.ts";
import type { ResolvedSink } from "../sinks/sink.ts";
import { FailureReport } from "./failure.ts";
import { type CompiledFilter, compileFilter } from "./filter.ts";
import {
  type AddOptions,
  checkOptions,
  DEFAULT_FORMAT,
  defaultOption,
  type FailureKind,
  type HandlerOptions,
  wantsColors,
} from "./options.ts";
import { type CompiledText, compileText } from "./text.ts";

/** One handler: level, filter, formatter and sink; what fails here stays here. */
export class Handler implements HandlerEntry {
  readonly id: number;
  readonly key: string | undefined;
  readonly foreign: boolean;
  levelNo = 0;
  needsCaller = false;
  failures = 0;
  readonly #hub: Hub;
  readonly #resolved: ResolvedSink;
  readonly #failure: FailureReport;
  #options: AddOptions;
  #filter: CompiledFilter | null = null;
  #text: CompiledText | null = null;
  #catch = true;
  #sent = 0;
  #dropped = 0;
  #running = new Set<Promise<void>>();
  #closed = false;
  #forgetExit: () => void = () => {};

  constructor(hub: Hub, id: number, resolved: ResolvedSink, options: AddOptions) {
    this.#hub = hub;
    this.id = id;
    this.key = options.key;
    this.#resolved = resolved;
    this.foreign = !resolved.own;
    this.#options = options;
    this.#failure = new FailureReport(id, resolved.label, options.onError);
    this.#compile(options);
    resolved.sink.attach?.((error) => this.#failed("temporary", null, "", error));
    if (resolved.sink.flushSync) this.#forgetExit = platform.onExit(() => this.#flushAtExit());
  }

  /** Puts changed options in force; the sink stays. */
  update(options: HandlerOptions): void {
    checkOptions(options, false, this.#resolved.kind);
    const changed = { ...this.#options, ...options };
    this.#compile(changed);
    this.#options = changed;
  }

  leadsTo(bridge: string, target: unknown): boolean {
    return this.#resolved.sink.leadsTo?.(bridge, target) ?? false;
  }

  handle(record: LogRecord<object>): void {
    let text = "";
    try {
      if (this.#filter && !this.#filter.accepts(record)) return;
      // Counted before the write: a sink that logs or fails must not make the count wrong.
      this.#options.patch?.(record as LogRecord);
      if (this.#text) text = this.#text.make(record);
      this.#write(record, text);
    } catch (error) {
      if (!this.#catch) throw error;
      this.#failed("temporary", record, text, error);
    }
  }

  #write(record: LogRecord<object>, text: string): void {
    const { sink } = this.#resolved;
    this.#sent++;
    let result: void | Promise<void>;
    try {
      if (this.foreign) {
        result = crossInto(this, record.message, text, () => sink.write(text, record as LogRecord));
        noteHanded(this, record.message, text);
      } else result = sink.write(text, record as LogRecord);
    } catch (error) {
      this.#sent--;
      throw error;
    }
    if (typeof result?.then === "function") this.#await(result, record, text);
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

  counts(): Counts {
    const { sink } = this.#resolved;
    const pending = this.#running.size + (sink.pending?.() ?? 0);
    const dropped = this.#dropped + (sink.dropped?.() ?? 0);
    return { sent: Math.max(0, this.#sent - pending - (sink.dropped?.() ?? 0)), dropped, pending };
  }

  /** Resolves when everything written before the call has left; never rejects. */
  async flush(): Promise<void> {
    releaseParked(this);
    await Promise.all(this.#running);
    try {
      await this.#resolved.sink.flush?.();
    } catch (error) {
      this.#failed("temporary", null, "", error);
    }
  }

  /** Flushes and closes the sink; never rejects. What has nothing to wait for is closed in the call, so that a file can be moved at once. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    releaseParked(this);
    try {
      if (this.#running.size > 0) await Promise.all(this.#running);
      if (this.foreign) await this.flush();
      await this.#resolved.sink.close?.();
    } catch (error) {
      this.#failed("final", null, "", error);
    } finally {
      this.#forgetExit();
    }
  }

  #flushAtExit(): void {
    releaseParked(this);
    try {
      this.#resolved.sink.flushSync?.();
    } catch (error) {
      this.#failed("final", null, "", error);
    }
  }

  #compile(options: AddOptions): void {
    const hub = this.#hub;
    const { sink } = this.#resolved;
    const level = options.level === undefined ? (defaultOption("LEVEL") ?? "DEBUG") : options.level;
    const levelNo = levelOf(hub.levels, level, hub.strict, "add(): level").no;
    const filter = compileFilter(options.filter, hub.levels, hub.strict);
    const needs = { ...sink.needs, ...options.needs };
    const text =
      needs.text === false
        ? null
        : compileText({
            format: (options.format ?? defaultOption("FORMAT") ?? DEFAULT_FORMAT) as string,
            serialize: options.serialize ?? (defaultOption("SERIALIZE") as boolean | undefined) ?? false,
            colorize: options.colorize ?? wantsColors(this.#resolved.colors),
            backtrace: options.backtrace ?? (defaultOption("BACKTRACE") as boolean | undefined) ?? true,
            diagnose: options.diagnose ?? (defaultOption("DIAGNOSE") as boolean | undefined) ?? true,
            escape: options.escape,
            zone: hub.zone,
            strict: hub.strict,
            levels: hub.levels,
          });
    this.levelNo = levelNo;
    this.#filter = filter;
    this.#text = text;
    this.#catch = options.catch ?? (defaultOption("CATCH") as boolean | undefined) ?? true;
    this.needsCaller = Boolean(needs.caller || filter?.needsCaller || text?.needsCaller);
  }
}

/** A handle on a handler that is in force: what can be changed without removing it. */
export interface HandlerHandle {
  readonly id: number;
  /** The lowest level that the handler takes. Reading gives its number; set a name or number. */
  get level(): number;
  set level(level: string | number);
  /** Changes options; the sink and what it holds stay. */
  update(options: HandlerOptions): void;
}

const FIXED: readonly string[] = ["key", "onError", "needs", ...FILE_OPTION_NAMES];

/** The handler as its user may change it. */
export function handleOf(handler: HandlerEntry, changed: () => void): HandlerHandle {
  return {
    id: handler.id,
    get level(): number {
      return handler.levelNo;
    },
    set level(level: string | number) {
      handler.update({ level });
      changed();
    },
    update(options: HandlerOptions): void {
      const fixed = Object.keys(options).find((name) => FIXED.includes(name));
      if (fixed)
        throw new LogbridgeError(
          "LB1014",
          `handler.update(): option ${fixed} cannot change; remove the handler and add it again`,
        );
      handler.update(options);
      changed();
    },
  };
}
