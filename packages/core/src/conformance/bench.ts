import { LogbridgeError, LogbridgeTypeError, shown } from "../diagnostics.ts";
import { createLogger, type LoggerOptions } from "../logger/create.ts";
import type { HandlerStats } from "../logger/handlers.ts";
import type { Logger } from "../logger/logger.ts";
import { Arrivals } from "./arrivals.ts";
import type { Delivered, ForeignCall, Harness, MakeOptions, Subject, Verb } from "./delivered.ts";
import type { Examination } from "./examination.ts";
import { pause } from "./pause.ts";

/** One thing to say, in our words; said to our logger or to theirs, as the direction asks. */
export interface Saying {
  /** In Loguru's numbers. Default 20. */
  readonly severity?: number;
  /** A level by name, in place of `severity`. */
  readonly level?: string;
  readonly message: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly error?: Error;
  readonly args?: readonly unknown[];
  readonly bound?: Readonly<Record<string, unknown>>;
  readonly name?: string;
}

const CLEANING_MS = 1000;
const POLL_MS = 5;
const PATIENCE_MS = 2000;

/** What one run of a case works with: a fresh logger, the adapter built for it, and what arrives. */
export class Bench {
  readonly verb: Verb;
  readonly exam: Examination;
  readonly #harness: Harness;
  #logger: Logger | null = null;
  #subject: Subject | null = null;
  #arrivals: Arrivals | null = null;
  #arrivalsId = -1;

  constructor(verb: Verb, harness: Harness, exam: Examination) {
    this.verb = verb;
    this.exam = exam;
    this.#harness = harness;
  }

  /** Records come in through the adapter (intercept, facade), or go out by it (sink, propagate). */
  get inward(): boolean {
    return this.verb === "intercept" || this.verb === "facade";
  }

  get logger(): Logger {
    return (this.#logger ??= createLogger());
  }

  get subject(): Subject {
    if (!this.#subject) throw new LogbridgeError("LB1455", "the case has not built its subject");
    return this.#subject;
  }

  /** Opens the logger with options. Before `make`. */
  open(options: LoggerOptions): Logger {
    return (this.#logger = createLogger(options));
  }

  /** Adds a plain sink of our own beside the adapter's. Inward there is one already. */
  listen(caller = false): Arrivals {
    if (!this.#arrivals) {
      this.#arrivals = new Arrivals(caller);
      this.#arrivalsId = this.logger.add(this.#arrivals, { level: 0 });
    }
    return this.#arrivals;
  }

  /** Builds the adapter under test. All levels pass, whatever the harness chose. */
  async make(options: MakeOptions = {}, logger: Logger = this.logger): Promise<Subject> {
    const { make } = this.#harness;
    if (typeof make !== "function")
      throw new LogbridgeTypeError("LB1457", `harness.make: expected a function, got ${shown(make)}`);
    if (this.inward) this.listen(true);
    const subject: unknown = await this.#harness.make(logger, options);
    if (typeof subject !== "object" || subject === null)
      throw new LogbridgeTypeError(
        "LB1457",
        `harness.make(): expected a subject { subject, levels, log … }, got ${shown(subject)}`,
      );
    this.#subject = subject as Subject;
    this.setLevel(0);
    return this.#subject;
  }

  /** Puts the threshold of all handlers at a severity. */
  setLevel(no: number): void {
    for (const { id } of this.logger.stats().handlers) this.logger.handler(id).level = no;
  }

  /** A part of the subject that this case needs. @throws LogbridgeError LB1455 where the harness does not give it */
  need<Key extends keyof Subject>(key: Key): NonNullable<Subject[Key]> {
    const part = this.subject[key];
    if (part === undefined || part === null)
      throw new LogbridgeError(
        "LB1455",
        `harness.make(): this case needs ${key} in what make() gives; see Subject.${key} for what it is`,
      );
    return (typeof part === "function" ? part.bind(this.subject) : part) as NonNullable<Subject[Key]>;
  }

  /** Says something on the side where records start. */
  say(saying: Saying): void {
    if (this.inward) this.need("log")(this.foreignCall(saying));
    else this.sayTo(this.logger, saying);
  }

  /** The same to a logger of ours. */
  sayTo(logger: Logger, { severity = 20, level, message, fields, error, args = [], bound, name }: Saying): void {
    let log = logger;
    if (bound) log = log.bind(bound) as Logger;
    if (name !== undefined) log = log.forModule(name);
    const values = fields ? [fields, message, ...args] : [message, ...args];
    log.log(level ?? nameOf(severity) ?? severity, ...values, ...(error ? [error] : []));
  }

  /** The same in the words of the foreign library. */
  foreignCall(saying: Saying, mark: ForeignCall["mark"] = unmarked): ForeignCall {
    const { severity = 20, level, message, fields, error, args, bound, name } = saying;
    return {
      mark,
      level: level ?? this.foreignLevel(severity),
      message,
      ...(fields && { fields }),
      ...(error && { error }),
      ...(args && { args }),
      ...(bound && { bound }),
      ...(name !== undefined && { name }),
    };
  }

  /** Their level for a severity: the nearest that is not more severe, else the least. */
  foreignLevel(severity: number): string {
    const levels = Object.entries(this.need("levels")).sort(([, left], [, right]) => left - right);
    const found = levels.filter(([, no]) => no <= severity).at(-1) ?? levels[0];
    if (!found)
      throw new LogbridgeError(
        "LB1455",
        "harness.make(): levels is empty; give the foreign levels with their severities",
      );
    return found[0];
  }

  /** Everything that has arrived, when all is delivered. */
  async arrived(): Promise<readonly Delivered[]> {
    await this.logger.complete();
    await this.#harness.flush?.();
    return this.read();
  }

  /** The same for a target that works in later turns and has no way to say when it is done: waits until so many are there. */
  async arrivedLater(count: number): Promise<readonly Delivered[]> {
    let all = await this.arrived();
    for (let waited = 0; all.length < count && waited < PATIENCE_MS; waited += POLL_MS) {
      await pause(POLL_MS);
      all = await this.read();
    }
    return all;
  }

  /** Everything that has arrived by now. */
  async read(): Promise<readonly Delivered[]> {
    if (this.inward) return [...this.listen().all];
    if (typeof this.#harness.read !== "function")
      throw new LogbridgeTypeError(
        "LB1457",
        `harness.read: a test of "${this.verb}" must say what arrived; expected a function`,
      );
    return [...(await this.#harness.read())];
  }

  /** The one record that has arrived. */
  async single(about: string): Promise<Delivered> {
    const all = await this.arrived();
    const texts = all.map((one) => shown(one.message)).join(", ");
    this.exam.holds(
      "order",
      all.length === 1,
      `${about}: one record must arrive, once; what arrived is ${texts || "nothing"}`,
    );
    return all[0] as Delivered;
  }

  /** What the adapter's handlers count, without our own plain sink. */
  counts(): readonly HandlerStats[] {
    return this.logger.stats().handlers.filter(({ id }) => id !== this.#arrivalsId);
  }

  /** Takes everything away again. */
  async close(): Promise<void> {
    try {
      this.#subject?.restore?.();
    } finally {
      // A target that is stuck would hold the end of the case.
      await Promise.race([this.#logger?.remove(), pause(CLEANING_MS)]);
      await this.#subject?.dispose?.();
    }
  }
}

/** What `mark` is where no case asks for the line. */
function unmarked<Value>(value?: Value): Value {
  return value as Value;
}

function nameOf(severity: number): string | undefined {
  return { 5: "TRACE", 10: "DEBUG", 20: "INFO", 25: "SUCCESS", 30: "WARNING", 40: "ERROR", 50: "CRITICAL" }[severity];
}
