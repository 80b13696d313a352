import { LogbridgeError, LogbridgeTypeError, shown } from "../diagnostics.ts";
import { readyPattern } from "../ready-pattern.ts";
import { grouped, type NumberSpec, numberText } from "./number.ts";
import { shownPart, textOf } from "./value.ts";

const WORD = readyPattern(/^[in]/i);
const END_OF_INTEGER = readyPattern(/[.e%]/i);

/** A parsed format spec: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`. */
interface Spec extends NumberSpec {
  readonly fill: string;
  readonly align: string;
  readonly zero: boolean;
  readonly width: number;
}

const SHAPE = readyPattern(/^(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([bcdeEfFgGnosxX%])?$/su);
const SURROGATE = readyPattern(/[\ud800-\udfff]/);
const WIDEST = 10_000;
const parsed = new Map<string, Spec>();

function parseSpec(text: string): Spec {
  const known = parsed.get(text);
  if (known) return known;
  const match = SHAPE.exec(text);
  if (!match)
    throw new LogbridgeError(
      "LB1103",
      `the format spec ${JSON.stringify(text)} is malformed; it is [[fill]align][sign][#][0][width][,|_][.precision][type]`,
    );
  const [, fill, align, sign, z, alternate, zero, width, grouping, precision, type] = match;
  const spec: Spec = {
    fill: fill ?? (zero ? "0" : " "),
    align: align ?? "",
    sign: sign ?? "",
    noNegativeZero: z !== undefined,
    alternate: alternate !== undefined,
    zero: zero !== undefined,
    width: width === undefined ? 0 : Number(width),
    grouping: grouping ?? "",
    precision: precision === undefined ? null : Number(precision),
    type: type ?? "",
  };
  if (spec.width > WIDEST || (spec.precision ?? 0) > WIDEST)
    throw new LogbridgeError(
      "LB1103",
      `the format spec ${JSON.stringify(text)} asks for more than ${WIDEST} characters`,
    );
  if (parsed.size > 500) parsed.clear();
  parsed.set(text, spec);
  return spec;
}

/**
 * Python's `format(value, spec)`. Integers (`Number.isInteger`, bigint) are Python's int, other numbers its float.
 * A boolean is a number where the type asks for one, else a text. All other values stand for their text and take fill,
 * alignment, width and precision, but no type.
 *
 * @throws LogbridgeError LB1103 where the spec is malformed or does not fit the value
 * @throws LogbridgeTypeError LB1103 where the spec names a type and the value is no text, number or boolean
 * @example
 * formatValue(3.14159, ".2f"); // "3.14"
 */
export function formatValue(given: unknown, spec: string): string {
  if (spec === "") return textOf(given);
  const value = shownPart(given);
  const rules = parseSpec(spec);
  if (typeof value === "number" || typeof value === "bigint") return formatNumber(value, rules, spec);
  if (typeof value === "boolean" && rules.type !== "") return formatNumber(value ? 1 : 0, rules, spec);
  if (rules.type !== "" && typeof value !== "string")
    throw new LogbridgeTypeError(
      "LB1103",
      `the format spec ${JSON.stringify(spec)} does not fit ${shown(value)}: type ${rules.type} is for ${rules.type === "s" ? "texts" : "numbers"}`,
    );
  return formatText(textOf(value), rules, spec);
}

/** What in a spec is for numbers alone; `null` where nothing is. */
function numbersOnly({ type, sign, alternate, noNegativeZero, grouping, align }: Spec): string | null {
  if (type !== "" && type !== "s") return `type ${type} is`;
  if (sign !== "") return "a sign is";
  if (alternate || noNegativeZero) return "# and z are";
  if (grouping !== "") return `${grouping} is`;
  return align === "=" ? "= is" : null;
}

function formatText(text: string, rules: Spec, spec: string): string {
  const problem = numbersOnly(rules);
  if (problem)
    throw new LogbridgeError(
      "LB1103",
      `the format spec ${JSON.stringify(spec)} does not fit a text: ${problem} for numbers`,
    );
  // Widths count code points; most texts have one to each code unit.
  const points = SURROGATE.test(text) ? [...text] : text;
  const limit = rules.precision ?? points.length;
  if (points.length <= limit) return pad(text, points.length, rules.fill, rules.align || "<", rules.width);
  const cut = typeof points === "string" ? points.slice(0, limit) : points.slice(0, limit).join("");
  return pad(cut, limit, rules.fill, rules.align || "<", rules.width);
}

function formatNumber(value: number | bigint, rules: Spec, spec: string): string {
  if (rules.type === "s")
    throw new LogbridgeError(
      "LB1103",
      `the format spec ${JSON.stringify(spec)} does not fit a number: type s is for texts`,
    );
  const { sign, prefix, digits } = numberText(value, rules, spec);
  const length = sign.length + prefix.length + (rules.type === "c" ? [...digits].length : digits.length);
  const align = rules.align || (rules.zero ? "=" : ">");
  if (align !== "=") return pad(sign + prefix + digits, length, rules.fill, align, rules.width);
  if (rules.fill === "0" && rules.grouping !== "" && !WORD.test(digits))
    return sign + prefix + groupedZeros(digits, rules, sign.length + prefix.length);
  return sign + prefix + rules.fill.repeat(Math.max(0, rules.width - length)) + digits;
}

/** Zeros before a grouped number are grouped too, and a separator never comes first. */
function groupedZeros(digits: string, { type, grouping, width }: Spec, taken: number): string {
  const hexadecimal = type === "x" || type === "X";
  const size = hexadecimal || type === "b" || type === "o" ? 4 : 3;
  const end = hexadecimal ? -1 : digits.search(END_OF_INTEGER);
  const rest = end < 0 ? "" : digits.slice(end);
  let whole = (end < 0 ? digits : digits.slice(0, end)).replaceAll(grouping, "");
  while (grouped(whole, grouping, size).length + rest.length + taken < width) whole = `0${whole}`;
  return grouped(whole, grouping, size) + rest;
}

function pad(text: string, length: number, fill: string, align: string, width: number): string {
  const room = width - length;
  if (room <= 0) return text;
  if (align === "<") return text + fill.repeat(room);
  if (align === "^") return fill.repeat(Math.floor(room / 2)) + text + fill.repeat(Math.ceil(room / 2));
  return fill.repeat(room) + text;
}
