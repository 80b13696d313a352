import type { Bench } from "./bench.ts";
import type { Verb } from "./delivered.ts";

/** What a case is about. */
export type CaseGroup =
  | "level"
  | "time"
  | "message"
  | "fields"
  | "error"
  | "context"
  | "name"
  | "caller"
  | "order"
  | "objects"
  | "target"
  | "flush"
  | "loggers"
  | "output"
  | "redaction"
  | "threshold"
  | "restore"
  | "copies"
  | "ring";

/** A case as it is written down: what is done and compared, for which directions. */
export interface Scenario {
  /** A sentence of behaviour. */
  readonly name: string;
  readonly group: CaseGroup;
  /** Why it matters: what goes wrong in an application otherwise. */
  readonly explanation: string;
  readonly verbs: readonly Verb[];
  readonly steps: (bench: Bench) => Promise<void>;
}

export const OUTWARD: readonly Verb[] = ["sink", "propagate"];
export const INWARD: readonly Verb[] = ["intercept", "facade"];
export const ALL: readonly Verb[] = [...OUTWARD, ...INWARD];
export const INTERCEPT: readonly Verb[] = ["intercept"];
