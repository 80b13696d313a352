import { LogbridgeError } from "../diagnostics.ts";
import { readyPattern } from "../ready-pattern.ts";
import { ianaZone, utcZone, type Zone } from "./zone.ts";

export { fixedZone, ianaZone, systemZone, utcZone, type Zone } from "./zone.ts";

/** A pattern, compiled: microseconds since 1970 and a zone to text. */
export type TimeText = (micros: number, zone: Zone) => string;

/** An instant in its zone. */
interface Moment {
  readonly date: Date;
  readonly micros: number;
  readonly offset: number;
  readonly name: () => string;
}

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

const pad = (value: number, width: number): string => String(value).padStart(width, "0");

function offsetText(seconds: number, separator: string): string {
  const total = Math.abs(seconds);
  const parts = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), Math.floor(total % 60)];
  if (parts[2] === 0) parts.pop();
  return (seconds < 0 ? "-" : "+") + parts.map((part) => pad(part, 2)).join(separator);
}

function dayOfYear(date: Date): number {
  const first = new Date(date);
  first.setUTCMonth(0, 1);
  return Math.round((date.getTime() - first.getTime()) / 86_400_000) + 1;
}

const twelve = (date: Date): number => date.getUTCHours() % 12 || 12;

/** What stays the same for a whole second. */
const TOKENS: Readonly<Record<string, (moment: Moment) => string>> = {
  YYYY: ({ date }) => pad(date.getUTCFullYear(), 4),
  YY: ({ date }) => pad(date.getUTCFullYear() % 100, 2),
  Q: ({ date }) => String(Math.floor(date.getUTCMonth() / 3) + 1),
  MMMM: ({ date }) => MONTHS[date.getUTCMonth()] as string,
  MMM: ({ date }) => (MONTHS[date.getUTCMonth()] as string).slice(0, 3),
  MM: ({ date }) => pad(date.getUTCMonth() + 1, 2),
  M: ({ date }) => String(date.getUTCMonth() + 1),
  DDDD: ({ date }) => pad(dayOfYear(date), 3),
  DDD: ({ date }) => String(dayOfYear(date)),
  DD: ({ date }) => pad(date.getUTCDate(), 2),
  D: ({ date }) => String(date.getUTCDate()),
  dddd: ({ date }) => DAYS[date.getUTCDay()] as string,
  ddd: ({ date }) => (DAYS[date.getUTCDay()] as string).slice(0, 3),
  d: ({ date }) => String((date.getUTCDay() + 6) % 7),
  E: ({ date }) => String(((date.getUTCDay() + 6) % 7) + 1),
  HH: ({ date }) => pad(date.getUTCHours(), 2),
  H: ({ date }) => String(date.getUTCHours()),
  hh: ({ date }) => pad(twelve(date), 2),
  h: ({ date }) => String(twelve(date)),
  mm: ({ date }) => pad(date.getUTCMinutes(), 2),
  m: ({ date }) => String(date.getUTCMinutes()),
  ss: ({ date }) => pad(date.getUTCSeconds(), 2),
  s: ({ date }) => String(date.getUTCSeconds()),
  A: ({ date }) => (date.getUTCHours() < 12 ? "AM" : "PM"),
  Z: ({ offset }) => offsetText(offset, ":"),
  ZZ: ({ offset }) => offsetText(offset, ""),
  zz: ({ name }) => name(),
  X: ({ micros }) => String(Math.floor(micros / 1_000_000)),
};

const TOKEN = "YYYY|YY|Q|M{1,4}|D{1,4}|dddd|ddd|d|E|HH|H|hh|h|mm|m|ss|s|S+|A|ZZ|Z|zz|X|x";
const PIECES = readyPattern(new RegExp(`\\[(?:${TOKEN}|!UTC|)\\]|${TOKEN}`, "g"));
// "!MM/DD" is a text with tokens: areas of the zone database start with a capital and go on with small letters.
const ZONE = readyPattern(/!(UTC|(?:[A-Z][a-z]+|US)(?:\/[\w+-]+)+)$/);

/** `fast`: changes within a second; `fine`: within a millisecond, too. */
type Piece =
  | { readonly slow: (moment: Moment) => string }
  | { readonly fast: (micros: number) => string; readonly fine: boolean };

function fractionOf(micros: number): number {
  return ((micros % 1_000_000) + 1_000_000) % 1_000_000;
}

function compilePieces(pattern: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const literal = (text: string): void => {
    if (text !== "") pieces.push({ slow: () => text });
  };
  for (const match of pattern.matchAll(PIECES)) {
    const [token] = match;
    literal(pattern.slice(at, match.index));
    at = match.index + token.length;
    if (token.startsWith("[")) literal(token.slice(1, -1));
    else if (token.startsWith("S"))
      pieces.push({
        fast: (micros) => pad(fractionOf(micros), 6).slice(0, token.length),
        fine: token.length > 3,
      });
    else if (token === "x") pieces.push({ fast: String, fine: true });
    else pieces.push({ slow: TOKENS[token] as (moment: Moment) => string });
  }
  literal(pattern.slice(at));
  return pieces;
}

function compile(pattern: string, ownDefault: string): TimeText {
  const zoned = ZONE.exec(pattern);
  // "[!UTC]" at the end is an escaped text.
  const zoneName = zoned?.[1];
  const own = zoneName === undefined ? null : zoneName === "UTC" ? utcZone : ianaZone(zoneName);
  const rest = zoned ? pattern.slice(0, zoned.index) : pattern;
  if (rest.includes("%"))
    throw new LogbridgeError(
      "LB1121",
      `the time pattern ${JSON.stringify(pattern)} is written for strftime, which is not available; write tokens: YYYY-MM-DD HH:mm:ss`,
    );
  if (rest.includes("SSSSSSS"))
    throw new LogbridgeError(
      "LB1122",
      `the time pattern ${JSON.stringify(pattern)} has more than six S in a row; time is known to six digits (microseconds)`,
    );
  const pieces = compilePieces(rest === "" ? (zoned ? ISO : ownDefault) : rest);
  const text = cachedBySecond(pieces, own);
  return pieces.some((piece) => "fast" in piece && piece.fine) ? text : cachedByMillisecond(text);
}

/** In a burst many records have one time. */
function cachedByMillisecond(make: TimeText): TimeText {
  let millisecond = Number.NaN;
  let cachedZone: Zone | null = null;
  let text = "";
  return (micros, zone) => {
    const now = Math.floor(micros / 1000);
    if (now !== millisecond || zone !== cachedZone) {
      text = make(micros, zone);
      millisecond = now;
      cachedZone = zone;
    }
    return text;
  };
}

/** Neighbouring pieces that stay the same within a second are joined once a second. */
function cachedBySecond(pieces: readonly Piece[], own: Zone | null): TimeText {
  let second = Number.NaN;
  let cachedZone: Zone | null = null;
  let joined: (string | ((micros: number) => string))[] = [];
  return (micros, given) => {
    const zone = own ?? given;
    const now = Math.floor(micros / 1_000_000);
    if (now !== second || zone !== cachedZone) {
      joined = join(pieces, micros, zone);
      second = now;
      cachedZone = zone;
    }
    let text = "";
    for (const piece of joined) text += typeof piece === "string" ? piece : piece(micros);
    return text;
  };
}

function join(pieces: readonly Piece[], micros: number, zone: Zone): (string | ((micros: number) => string))[] {
  const ms = Math.floor(micros / 1000);
  const offset = zone.offsetSecondsAt(ms);
  const moment: Moment = { date: new Date(ms + offset * 1000), micros, offset, name: () => zone.nameAt(ms) };
  const joined: (string | ((micros: number) => string))[] = [];
  for (const piece of pieces) {
    if ("fast" in piece) {
      joined.push(piece.fast);
      continue;
    }
    const text = piece.slow(moment);
    const last = joined.length - 1;
    if (typeof joined[last] === "string") joined[last] += text;
    else joined.push(text);
  }
  return joined;
}

const ISO = "YYYY-MM-DDTHH:mm:ss.SSSSSSZZ";

/**
 * Compiles a time pattern. The tokens are those of the seed; `[…]` around a token escapes it; a suffix `!UTC` or `!Europe/Paris`
 * sets the zone. Default: ISO 8601 with microseconds and offset.
 *
 * @throws LogbridgeError LB1120 (zone), LB1121 (strftime), LB1122 (more than microseconds)
 * @example
 * compileTime("HH:mm:ss.SSS!UTC")(Date.now() * 1000, utcZone);
 */
export function compileTime(pattern: string): TimeText {
  return compile(pattern, ISO);
}

/**
 * The same with the default for file names, which may not hold colons: `YYYY-MM-DD_HH-mm-ss_SSSSSS`.
 *
 * @throws LogbridgeError as `compileTime`
 * @example
 * compilePathTime("YYYY-MM-DD")(Date.now() * 1000, utcZone);
 */
export function compilePathTime(pattern: string): TimeText {
  return compile(pattern, "YYYY-MM-DD_HH-mm-ss_SSSSSS");
}
