/** A name and a password, and what is asked for: both may be secrets. */
const CREDENTIALS = /^(\w+:\/\/)?.*@/s;
const QUERY = /\?.*$/s;

/** An address as a message may show it. Any other text stays what it is. */
export function shownAddress(text: string): string {
  return text.replace(CREDENTIALS, "$1…@").replace(QUERY, "?…");
}
