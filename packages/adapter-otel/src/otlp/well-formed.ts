const LONE = /\p{Surrogate}/u;
const EACH_LONE = /\p{Surrogate}/gu;

/** The text with U+FFFD in place of each half of a character: OTLP's texts are UTF-8, which has no halves. */
export function wellFormed(text: string): string {
  return LONE.test(text) ? text.replace(EACH_LONE, "\ufffd") : text;
}
