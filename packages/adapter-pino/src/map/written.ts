import type { PinoLogger } from "./their-logger.ts";

/** What pino was about to write: the arguments and the result of its `asJson`. */
export interface Written {
  readonly logger: PinoLogger;
  readonly object: unknown;
  readonly text: unknown;
  readonly number: number;
  /** The part of the line with the time, as `,"time":1700000000000`. */
  readonly time: string;
  readonly line: string;
  /** A hook of pino has changed the line: the arguments say nothing of what may be shown. */
  readonly isHooked?: boolean;
}

/** A pino record, understood. */
export interface Understood {
  readonly message: string;
  readonly fields: Record<string, unknown>;
  readonly error: { readonly value: unknown } | null;
  readonly name: string | undefined;
  /** Nothing was written as the text: the message is made of the fields or the error. */
  readonly isTextless: boolean;
}
