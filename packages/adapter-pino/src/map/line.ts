import type { PinoLevel } from "../levels.ts";

/** What a stream with metadata reads, and what is written. */
export interface Line extends PinoLevel {
  readonly line: string;
  readonly object: Readonly<Record<string, unknown>>;
  readonly message: string;
  /** As in the line. */
  readonly time: string;
  /** What has `levels` and `bindings()`. */
  readonly logger: object;
}
