import type { Logger } from "../logger/logger.ts";

/** The four directions of a bridge. */
export type Verb = "sink" | "propagate" | "intercept" | "facade";

/** One record as it arrived on the other side, in one shape for every library. A missing part is `undefined`. */
export interface Delivered {
  /** The level's name as the other side has it: theirs for sink and propagate, ours for intercept and facade. */
  readonly level: string | undefined;
  /** Its number on that side. */
  readonly levelNo: number | undefined;
  /** Milliseconds since 1970. */
  readonly timeMs: number | undefined;
  readonly message: string | undefined;
  readonly args: readonly unknown[] | undefined;
  /** Structured fields, context included. */
  readonly fields: Readonly<Record<string, unknown>> | undefined;
  readonly error: DeliveredError | undefined;
  /** Logger name, label, category. */
  readonly name: string | undefined;
  /** Bound context, where the other side keeps it apart from fields. */
  readonly context: Readonly<Record<string, unknown>> | undefined;
  readonly caller: { readonly file: string; readonly line: number } | undefined;
}

/** An error as it arrived. */
export interface DeliveredError {
  readonly type: string | undefined;
  readonly message: string | undefined;
  readonly stack: string | undefined;
  readonly code: string | number | undefined;
  readonly cause: DeliveredError | undefined;
}

/** One call for the foreign library, in words that every library can say. */
export interface ForeignCall {
  /** A level of the foreign library, chosen from its `levels`. */
  readonly level: string;
  readonly message: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly error?: Error;
  /**
   * Values for the placeholders (`%s`) of `message`. Where the library has none, fill them in yourself and waive "args".
   */
  readonly args?: readonly unknown[];
  /** The library's child, category or context mechanism: these values are bound, not passed. */
  readonly bound?: Readonly<Record<string, unknown>>;
  /** The child, category or label to log through. */
  readonly name?: string;
  /**
   * Says which line the caller is, and gives back what it is given: write `theirs.info(call.mark(call.message))`, on one line.
   */
  readonly mark: <Value>(value?: Value) => Value;
}

/** Options that a case hands to `make`. */
export interface MakeOptions {
  /** Intercept: keep or silence the originals. */
  readonly mode?: "tee" | "replace";
  /**
   * Sink, propagate: what the target is to do. `"throws"`: at each record. `"slow"`: delivers in a later turn. `"stuck"`: never says that
   * it has delivered. `"recovers"`: throws at the first record and works from the second on. `"meddles"`: delivers, then
   * changes everything that it was given, down to the fields' names, as some transports do.
   */
  readonly target?: "throws" | "slow" | "stuck" | "recovers" | "meddles";
  /** A level that the target is to know beside its own, with its severity in Loguru's numbers. */
  readonly customLevel?: { readonly name: string; readonly no: number };
  /** Intercept: fields that the library is to hide by its own means (a format, `redact`). Say in `redacts` whether it has any. */
  readonly redact?: readonly string[];
}

/** A property and what it was before it was patched, as `describeProperties` notes it. */
export type PatchedProperty = readonly [target: object, key: PropertyKey, before?: PropertyDescriptor | undefined];

/** The adapter under test, as built by `make`. Each case says which of the optional parts it misses. */
export interface Subject {
  /** What was built: a `Sink`, an `Interception`, a facade. Sinks were added to the logger already. */
  readonly subject: unknown;
  /** The foreign levels by name (or by number, where a level has no name), with their severities in Loguru's numbers. */
  readonly levels?: Readonly<Record<string, number>>;
  /** Intercept, facade: logs through the foreign logger. Propagate: the same, for the ring. */
  log?(call: ForeignCall): void;
  /** Intercept: ends the interception. */
  restore?(): void;
  /** Intercept: what the library's own output received, as texts. */
  original?(): readonly string[];
  /** Intercept: the properties that are patched; make the list with `describeProperties` before you intercept. */
  readonly patched?: readonly PatchedProperty[];
  /**
   * Intercept: other ways into the library, by what they are: a logger that existed before, one made afterwards, children of both,
   * a detached method. `{}` where there is only the one of `log`.
   */
  readonly ways?: Readonly<Record<string, (call: ForeignCall) => void>>;
  /** Intercept: intercepts the same foreign object once more, into another logger; by another copy of the adapter where you can load one. */
  again?(logger: Logger): { restore(): void };
  /**
   * Closes the ring. Intercept: adds the adapter's propagating sink for the same foreign logger to the same logger (without it, a
   * function that logs through `log` is taken). Propagate: intercepts the foreign logger into the same logger; `false` where
   * the adapter has no interception.
   */
  readonly closeRing?: (() => void) | false;
  /** Intercept: has the library been told to hide what `MakeOptions.redact` names? `false` where it cannot hide anything. */
  readonly redacts?: boolean;
  /** Names of fields that the library takes for its own in a call, so that they never arrive as fields: "level", "message", … */
  readonly reserved?: readonly string[];
  /** Takes away what the subject left behind: files, servers. */
  dispose?(): void | Promise<void>;
}

/** What an adapter's test gives to a case. */
export interface Harness {
  /** Builds the adapter under test for this logger. */
  make(logger: Logger, options: MakeOptions): Subject | Promise<Subject>;
  /** Sink, propagate: everything that arrived since `make`, in order. What arrives at our side the kit reads itself. */
  read?(): readonly Delivered[] | Promise<readonly Delivered[]>;
  /** Resolves when all is delivered. */
  flush?(): void | Promise<void>;
}
