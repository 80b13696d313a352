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
  /** The library's child, category or context mechanism: these values are bound, not passed. */
  readonly bound?: Readonly<Record<string, unknown>>;
  /** The child, category or label to log through. */
  readonly name?: string;
}

/** Options that a case hands to `make`. */
export interface MakeOptions {
  /** Intercept: keep or silence the originals. */
  readonly mode?: "tee" | "replace";
  /** Sink, propagate: the target is to throw, to answer late, or never. */
  readonly target?: "throws" | "slow" | "stuck";
  /** A level that the target is to know beside its own, with its severity in Loguru's numbers. */
  readonly customLevel?: { readonly name: string; readonly no: number };
}

/** The adapter under test, as built by `make`. */
export interface Subject {
  /** What was built: a `Sink`, an `Interception`, a facade. Sinks were added to the logger already. */
  readonly subject: unknown;
  /** Intercept, facade: logs through the foreign logger. */
  log?(call: ForeignCall): void;
  /** Intercept: ends the interception. */
  restore?(): void;
  /** Intercept: what the library's own output received, as texts. */
  original?(): readonly string[];
  /** Intercept: the objects and keys that are patched, for comparing property descriptors. */
  readonly patched?: readonly (readonly [target: object, key: PropertyKey])[];
  /** Intercept: the foreign levels by name, with their severities in Loguru's numbers. */
  readonly levels?: Readonly<Record<string, number>>;
  /** Takes away what the subject left behind: files, servers. */
  dispose?(): void | Promise<void>;
}

/** What an adapter's test gives to a case. */
export interface Harness {
  /** Builds the adapter under test for this logger. */
  make(logger: Logger, options: MakeOptions): Subject | Promise<Subject>;
  /** Everything that arrived since `make`, in order. */
  read(): readonly Delivered[] | Promise<readonly Delivered[]>;
  /** Resolves when all is delivered. */
  flush(): void | Promise<void>;
}
