import type { Info, WinstonFormat } from "../map/info.ts";
import { formattedOf, snapshotOf, tokensOf, type Understood } from "../map/understanding.ts";

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?:Z|[+-]\d\d:?\d\d)$/;
/** A transport that was held up for longer has another problem. */
const LATEST_MS = 3_600_000;

/** An info as a transport gets it. */
export interface Arrival {
  readonly said: Understood;
  /** When it was logged, where `format.timestamp()` has written that down. */
  readonly timeMs: number | undefined;
}

/**
 * Understands an info behind all formats: what they hid in the text, stack and fields stays hidden on the error, too.
 *
 * @param formats they run on an error that winston kept from them
 */
export function arrivalOf(info: Info, formats: readonly WinstonFormat[]): Arrival {
  const before = snapshotOf(info, false);
  const { error, splat, message } = before;
  // winston appends the message of an error that is the first argument; where it is missing, a format has taken it away.
  const appended = error !== null && splat[0] === error.value && typeof message === "string" && tokensOf(message) === 0;
  const given = {
    ...before,
    // What it was before the formats nobody knows.
    info: {},
    keys: null,
    error: error && { ...error, copied: error.copied || appended },
    message: appended ? `${message} ${error.value.message}` : message,
    stack: undefined,
    timed: true,
  };
  const said = formattedOf(info, given, formats.length > 0 ? inTurn(formats) : null);
  const timeMs = timeOf(said.fields["timestamp"]);
  if (timeMs !== undefined) delete said.fields["timestamp"];
  return { said, timeMs };
}

function inTurn(formats: readonly WinstonFormat[]): WinstonFormat {
  return {
    transform: (info: unknown) =>
      formats.reduce<unknown>((made, one) => made && one.transform(made as never, one.options as never), info),
  };
}

function timeOf(value: unknown): number | undefined {
  if (typeof value !== "string" || !ISO.test(value)) return undefined;
  const timeMs = Date.parse(value);
  const age = Date.now() - timeMs;
  return age >= -1000 && age < LATEST_MS ? timeMs : undefined;
}
