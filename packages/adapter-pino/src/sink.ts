import { LogbridgeError, LogbridgeTypeError, type LogRecord, promisedSink, type Sink, SinkHost } from "@logbridge/core";
import { isList, isPinoLogger, type Line, type LineOptions, OwnLines, type PinoLogger, part } from "./map.ts";
import { confirm, heldBy, leavesOf, passesOn, push, Shadow, type Stream } from "./propagate.ts";

/** A destination of pino: `pino.destination()`, `pino.transport()`, `pino.multistream()`, or any stream that takes lines. */
export interface PinoStream {
  write(line: string): unknown;
}

/** Options of `pinoSink`: those of the pino logger that the stream belonged to. */
export interface PinoSinkOptions extends LineOptions {
  /** Ends the stream when the handler is removed. `false` where somebody else writes to it too. Default `true`; stdout and stderr never. */
  readonly end?: boolean;
}

/** Makes the lines of a sink. */
interface Lines {
  line(record: LogRecord): Line;
}

/** A worker that stands still may hold as much; what comes then waits in a queue with a limit. */
const MOST_IN_WORKER = 64 * 1024 * 1024;
const TRIM_AT = 1024;
const CLOSE_MS = 10_000;
const METADATA = Symbol.for("pino.metadata");

/** Hosts one destination as pino's logger would. */
class PinoSink implements Sink {
  readonly needs: { readonly text: false; readonly caller: boolean };
  readonly #stream: Stream;
  readonly #leaves: readonly Stream[];
  readonly #lines: Lines;
  readonly #ends: boolean;
  readonly #host: SinkHost<Line>;
  readonly #isWorker: boolean;
  #excess = 0;
  /** Sizes of the lines that may be under way, the oldest first. */
  #sizes: number[] = [];
  #trimAt = TRIM_AT;
  readonly #passesOn: boolean;
  /** Lines of which only the stream's end will say that they have arrived. */
  #passedOn = 0;
  #lost = 0;
  #flushing = 0;
  #closing = false;
  #broken = false;
  #early: unknown[] = [];
  #fail: (error: unknown) => void = (error) => void this.#early.push(error);

  constructor(stream: Stream, lines: Lines, options: { readonly caller: boolean; readonly end: boolean }) {
    this.needs = { text: false, caller: options.caller };
    this.#stream = stream;
    this.#leaves = leavesOf(stream);
    this.#isWorker = this.#leaves.some((leaf) => leaf.worker !== undefined);
    this.#passesOn = this.#leaves.some(passesOn);
    this.#lines = lines;
    this.#ends = options.end;
    this.#host = new SinkHost<Line>(
      {
        send: (line) => this.#send(line),
        inFlight: () => this.#inFlight(),
        isDead: () => this.#leaves.every(isDead),
      },
      { fail: (error) => this.#fail(error) },
    );
    for (const leaf of this.#leaves) this.#listen(leaf);
  }

  attach(fail: (error: unknown) => void): void {
    this.#fail = fail;
    for (const error of this.#early.splice(0)) fail(error);
  }

  write(_text: string, record: LogRecord): void {
    this.#host.push(this.#lines.line(record));
  }

  async flush(): Promise<void> {
    this.#flushing++;
    try {
      this.#leaves.forEach(push);
      await this.#host.flush();
      await Promise.all(this.#leaves.map(confirm));
    } catch (error) {
      // A stream that has died is told of once, when it closes.
      if (!this.#leaves.every(isDead)) throw error;
    } finally {
      this.#flushing--;
    }
  }

  flushSync(): void {
    // Nothing waits for room any more: what is queued goes into the streams' own memory, and out from there.
    for (let left = this.#queued(); left > 0; ) {
      this.#host.ready();
      const now = this.#queued();
      if (now >= left) break;
      left = now;
    }
    // sonic-boom tries for ever to write to a full disk.
    if (this.#broken) return;
    for (const leaf of this.#leaves) if (!isDead(leaf) && !leaf.writableEnded) flushNow(leaf);
  }

  async close(): Promise<void> {
    this.#closing = true;
    if (!this.#ends) return;
    await Promise.all(this.#leaves.map((leaf) => endOf(leaf)));
    this.#passedOn = 0;
  }

  pending(): number {
    return this.#passesOn ? this.#queued() + this.#passedOn : this.#host.pending();
  }

  dropped(): number {
    return this.#host.dropped() + this.#lost;
  }

  leadsTo(bridge: string, target: unknown): boolean {
    if (bridge !== "pino" || typeof target !== "object" || target === null) return false;
    const theirs = part(target, "stream");
    if (typeof theirs !== "object" || theirs === null) return false;
    return theirs === this.#stream || leavesOf(theirs as Stream).some((leaf) => this.#leaves.includes(leaf));
  }

  #send(made: Line): boolean {
    const stream = this.#stream as Stream & Record<string | symbol, unknown>;
    if (stream[METADATA] === true) {
      stream["lastLevel"] = made.number;
      stream["lastObj"] = made.object;
      stream["lastMsg"] = made.message;
      stream["lastTime"] = made.time;
      stream["lastLogger"] = made.logger;
    }
    const taken = stream.write(made.line);
    this.#note(made.line);
    if (this.#flushing > 0) this.#leaves.forEach(push);
    if (taken !== false) return true;
    if (this.#isWorker) this.#excess += made.line.length;
    return this.#isWorker ? this.#excess < MOST_IN_WORKER : typeof stream.on !== "function";
  }

  #note(line: string): void {
    if (this.#passesOn) this.#passedOn++;
    if (this.#held() === 0) {
      this.#sizes = [];
      return;
    }
    this.#sizes.push(this.#leaves.some((leaf) => leaf.writableObjectMode) ? 1 : Buffer.byteLength(line));
    if (this.#sizes.length < this.#trimAt) return;
    const count = this.#underWay();
    this.#sizes = this.#sizes.slice(this.#sizes.length - count);
    this.#trimAt = count * 2 + TRIM_AT;
  }

  #held(): number {
    let most = 0;
    for (const leaf of this.#leaves) most = Math.max(most, heldBy(leaf));
    return most;
  }

  /** How many of the last lines the streams still hold: the oldest leave first. */
  #underWay(): number {
    let left = this.#held();
    let count = 0;
    for (let index = this.#sizes.length - 1; index >= 0 && left > 0; index--, count++)
      left -= this.#sizes[index] as number;
    return count;
  }

  #inFlight(): number {
    return this.#leaves.every(isDead) ? 0 : this.#underWay();
  }

  #queued(): number {
    return this.#host.pending() - this.#inFlight();
  }

  #listen(leaf: Stream): void {
    leaf.on?.("drain", () => {
      this.#broken = false;
      this.#excess = 0;
      this.#host.ready();
      if (this.#flushing > 0) push(leaf);
    });
    // This listener stays for ever: a stream that fails late must not end the process.
    leaf.on?.("error", (error) => {
      this.#broken = true;
      this.#fail(error);
      // A file destination tries again at the next write, and says nothing until then.
      if (!isDead(leaf)) this.#host.ready();
    });
    leaf.on?.("close", () => {
      if (!this.#closing && this.#leaves.every(isDead)) this.#mourn();
      this.#host.settled();
    });
  }

  /** The stream has ended without us. */
  #mourn(): void {
    const lost = this.#passesOn ? this.#passedOn : this.#underWay();
    this.#lost += lost;
    this.#passedOn = 0;
    this.#sizes = [];
    this.#fail(
      new LogbridgeError(
        "LB1524",
        `the destination of a pino sink has closed by itself; ${lost} records may not have arrived, and further ones are dropped and counted`,
      ),
    );
  }
}

/** Ended, or one of pino's own that met a closed pipe: pino then makes all its methods do nothing. */
function isDead(leaf: Stream): boolean {
  return (
    leaf.destroyed === true || (typeof leaf.flushSync === "function" && leaf.write === (leaf.flushSync as unknown))
  );
}

function flushNow(leaf: Stream): void {
  try {
    leaf.flushSync?.();
  } catch {
    // Not open yet: nothing can be written at exit then.
  }
}

/** Ends a stream and resolves when it has closed, but not later than the deadline. */
function endOf(leaf: Stream): Promise<void> {
  const isStandard = leaf.fd === 1 || leaf.fd === 2;
  if (isStandard || isDead(leaf) || leaf.writableEnded || typeof leaf.end !== "function") return Promise.resolve();
  // A worker lets the process go as soon as it is ready; its file is closed only if somebody waits.
  leaf.ref?.();
  const { autoDestroy = true, emitClose = true } =
    (leaf as { _writableState?: { autoDestroy?: boolean; emitClose?: boolean } })._writableState ?? {};
  return new Promise((resolve, reject) => {
    const late = (): void =>
      reject(new LogbridgeError("LB1407", `the destination of a pino sink has not closed for ${CLOSE_MS} ms`));
    const timer = setTimeout(late, CLOSE_MS);
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    leaf.on?.(autoDestroy && emitClose ? "close" : "finish", done);
    leaf.on?.("error", done);
    leaf.end?.();
    if (typeof leaf.on !== "function") done();
  });
}

/**
 * A destination of pino as a sink: unmodified, with the call of its own README. A worker gets pino's configuration message, a
 * multistream the level of each line.
 *
 * With `targets`, a target whose `level` is a name of your own needs that name in `levels` of `pino.transport` too: without it, pino
 * itself writes nothing there.
 *
 * @param stream a destination, or a promise of one
 * @throws LogbridgeTypeError LB1522 where it is no destination, LB1527 for an option's wrong value; LogbridgeError LB1002 for an unknown
 * option, LB1526 for one of pino's that is not available here
 * @example
 * logger.add(pinoSink(pino.transport({ target: "pino-pretty" })));
 */
export function pinoSink(stream: PinoStream | PromiseLike<PinoStream>, options: PinoSinkOptions = {}): Sink {
  checkOptions(options);
  if (typeof (stream as PromiseLike<unknown> | null)?.then === "function")
    return promisedSink(
      stream as PromiseLike<PinoStream>,
      (arrived) => pinoSink(arrived, options),
      { text: false, caller: options.caller ?? false },
      (cause) =>
        new LogbridgeError(
          "LB1525",
          "pinoSink(): the promise of a destination was rejected; its records are dropped and counted",
          { cause },
        ),
    );
  if (isPinoLogger(stream))
    throw new LogbridgeTypeError(
      "LB1522",
      "pinoSink(): this is a pino logger; use propagateToPino(logger), or pinoSinks(logger) for its destination",
    );
  if (typeof (stream as PinoStream | null)?.write !== "function")
    throw new LogbridgeTypeError(
      "LB1522",
      "pinoSink(): expected a destination with write(), as pino.destination(), pino.transport() or pino.multistream() give it",
    );
  const lines = new OwnLines(options);
  const { levels, messageKey, errorKey } = lines;
  const hosted = stream as Stream;
  const sink = new PinoSink(hosted, lines, { caller: options.caller ?? false, end: options.end ?? true });
  // A transport that expects it starts with this message, and never without it.
  hosted.emit?.("message", { code: "PINO_CONFIG", config: { levels, messageKey, errorKey } });
  return sink;
}

/** Options of `pino()` that a sink cannot have, and what to do instead. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  level: "give the level to add()",
  customLevels: "use levels",
  useOnlyCustomLevels: "use levels",
  levelComparison: "use levels",
  name: "use base: { name }, or logger.forModule(name)",
  timestamp: "lines have the record's time in milliseconds",
  formatters: "use serializers, or pinoSinks(theirLogger), which has theirs",
  mixin: "use a patcher",
  mixinMergeStrategy: "use a patcher",
  hooks: "use a patcher",
  msgPrefix: "use a patcher",
  transport: "pass pino.transport(…) as the stream",
  enabled: "leave the handler out",
  crlf: "lines end with a line feed",
  depthLimit: "values are shown ten levels deep",
  edgeLimit: "values are shown with 10,000 parts at most",
};
const KINDS: Readonly<Record<keyof PinoSinkOptions, string>> = {
  redact: "object",
  serializers: "object",
  base: "object",
  messageKey: "string",
  errorKey: "string",
  nestedKey: "string",
  levels: "object",
  caller: "boolean",
  end: "boolean",
};

function checkOptions(options: PinoSinkOptions): void {
  const refuse = (what: string): never => {
    throw new LogbridgeTypeError("LB1527", `pinoSink(): ${what}`);
  };
  if (typeof options !== "object" || options === null) refuse("options must be an object");
  for (const [name, value] of Object.entries(options)) {
    if (ELSEWHERE[name] !== undefined)
      throw new LogbridgeError(
        "LB1526",
        `pinoSink(): the option ${name} of pino() is not available here; ${ELSEWHERE[name]}`,
      );
    const kind = (KINDS as Readonly<Record<string, string>>)[name];
    if (kind === undefined)
      throw new LogbridgeError(
        "LB1002",
        `pinoSink(): unknown option ${JSON.stringify(name)}; allowed are ${Object.keys(KINDS).join(", ")}`,
      );
    if (value !== undefined && typeof value !== kind)
      refuse(`option ${name} must be of type ${kind}, got ${typeof value}`);
  }
  const { redact, serializers, levels } = options;
  const paths = redact === undefined ? [] : isList(redact) ? redact : redact.paths;
  if (!Array.isArray(paths) || paths.some((path) => typeof path !== "string" || path === ""))
    refuse('option redact must be a list of paths such as "req.headers.cookie", or { paths, censor, remove }');
  for (const [key, value] of Object.entries(serializers ?? {}))
    if (typeof value !== "function") refuse(`option serializers.${key} must be a function`);
  for (const [label, number] of Object.entries(levels ?? {}))
    if (!Number.isFinite(number)) refuse(`option levels.${label} must be a number of pino's scale, such as 35`);
}

/**
 * The destination of a pino logger as a sink, with the logger's own redaction, serializers, formatters, bindings and keys.
 *
 * What the logger's level, hooks and mixin do is left out: records pass by the handler's level. The destination stays the logger's: it is
 * not ended when the handler is removed.
 *
 * @throws LogbridgeTypeError LB1520 where it is no pino logger
 * @example
 * for (const sink of pinoSinks(legacyLogger)) logger.add(sink);
 */
export function pinoSinks(logger: PinoLogger): Sink[] {
  if (!isPinoLogger(logger))
    throw new LogbridgeTypeError(
      "LB1520",
      "pinoSinks(): expected a pino logger, as pino() makes it, or one of its children",
    );
  return [new PinoSink(part(logger, "stream") as Stream, new Shadow(logger), { caller: false, end: false })];
}

/** True for the destinations that pino itself makes. Reads data properties alone. */
export function isPinoStream(value: unknown): value is PinoStream {
  if (typeof value !== "object" || value === null || isPinoLogger(value)) return false;
  if (Object.getOwnPropertyDescriptor(value, METADATA)?.value === true) return true;
  const made: unknown = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(value) ?? {}, "constructor")?.value;
  return typeof made === "function" && (made.name === "ThreadStream" || made.name === "SonicBoom");
}
