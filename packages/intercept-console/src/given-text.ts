import { inspect } from "@logbridge/core";

/** A stream or console written out would be all that is seen of a message. */
const LONGEST = 120;

/** What was given, as a refusal names it. */
export function givenText(value: unknown): string {
  const text = inspect(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text;
}
