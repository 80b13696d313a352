import { LogbridgeError } from "../diagnostics.ts";
import { readyPattern } from "../ready-pattern.ts";

const FOR_INTEGERS = readyPattern(/^[bcdoxXn]?$/);
const ONLY_FOR_INTEGERS = readyPattern(/[bcdoxX]/);
const END_OF_INTEGER = readyPattern(/[.eE%]/);
const NOTHING = readyPattern(/^[0.,_]+(?:e.*|%)?$/i);
const EXPONENT = readyPattern(/e/i);
const ZEROS_OF_FRACTION = readyPattern(/\.?0+$/);
const POINT_AT_END = readyPattern(/\.$/);
const POINT = readyPattern(/[.]/);
const SCIENTIFIC = readyPattern(/^(\d+)(?:\.(\d+))?e([+-]\d+)$/);
const ZEROS_AT_END = readyPattern(/0+$/);
const ZEROS_AT_START = readyPattern(/^0*/);

/** The part of a format spec that numbers read. */
export interface NumberSpec {
  readonly sign: string;
  readonly noNegativeZero: boolean;
  readonly alternate: boolean;
  readonly grouping: string;
  readonly precision: number | null;
  readonly type: string;
}

/** A number in its parts, before it is padded. */
export interface NumberText {
  readonly sign: string;
  readonly prefix: string;
  readonly digits: string;
}

/** A number as text by Python's rules. @throws LogbridgeError LB1103 where the spec does not fit the number */
export function numberText(value: number | bigint, spec: NumberSpec, source: string): NumberText {
  const isInt = typeof value === "bigint" || Number.isInteger(value);
  const integral = isInt && FOR_INTEGERS.test(spec.type);
  return integral ? integerText(value, spec, source) : floatText(value, spec, source);
}

function refuse(source: string, why: string): LogbridgeError {
  return new LogbridgeError("LB1103", `the format spec ${JSON.stringify(source)} does not fit the number: ${why}`);
}

function signOf(negative: boolean, spec: NumberSpec): string {
  return negative ? "-" : spec.sign === "+" || spec.sign === " " ? spec.sign : "";
}

function integerText(value: number | bigint, spec: NumberSpec, source: string): NumberText {
  if (spec.precision !== null) throw refuse(source, "an integer has no precision");
  if (spec.noNegativeZero) throw refuse(source, "z is for fractions");
  const negative = value < 0;
  const magnitude =
    typeof value === "bigint"
      ? negative
        ? -value
        : value
      : Number.isSafeInteger(value)
        ? Math.abs(value)
        : BigInt(Math.abs(value));
  if (spec.type === "c") return characterText(value, spec, source);
  if (spec.type === "n" && spec.grouping !== "") throw refuse(source, `${spec.grouping} and n exclude each other`);
  const bases: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16, X: 16 };
  const base = bases[spec.type] ?? 10;
  if (base !== 10 && spec.grouping === ",") throw refuse(source, ", is for decimal numbers");
  let digits = magnitude.toString(base);
  if (spec.type === "X") digits = digits.toUpperCase();
  if (spec.grouping !== "") digits = grouped(digits, spec.grouping, base === 10 ? 3 : 4);
  const prefix = spec.alternate && base !== 10 ? `0${spec.type}` : "";
  return { sign: signOf(negative, spec), prefix, digits };
}

function characterText(value: number | bigint, spec: NumberSpec, source: string): NumberText {
  if (spec.sign !== "") throw refuse(source, "c takes no sign");
  if (spec.alternate) throw refuse(source, "c takes no #");
  if (spec.grouping !== "") throw refuse(source, `c takes no ${spec.grouping}`);
  if (value < 0 || value > 0x10ffff) throw refuse(source, "c wants a code point from 0 to 1114111");
  return { sign: "", prefix: "", digits: String.fromCodePoint(Number(value)) };
}

/** Digits with a separator after each so many, counted from the right. */
export function grouped(digits: string, separator: string, size: number): string {
  let text = "";
  for (let at = digits.length; at > 0; at -= size)
    text = digits.slice(Math.max(0, at - size), at) + (text === "" ? "" : separator + text);
  return text;
}

function floatText(value: number | bigint, spec: NumberSpec, source: string): NumberText {
  const { type } = spec;
  if (ONLY_FOR_INTEGERS.test(type)) throw refuse(source, `type ${type} is for integers`);
  if (type === "n" && spec.grouping !== "") throw refuse(source, `${spec.grouping} and n exclude each other`);
  const number = Number(value);
  if (typeof value === "bigint" && !Number.isFinite(number))
    throw refuse(source, "the integer is too large for a fraction");
  const negative = number < 0 || Object.is(number, -0);
  const magnitude = Math.abs(number);
  const upper = type === "E" || type === "F" || type === "G";
  if (!Number.isFinite(number)) {
    const name = Number.isNaN(number) ? "nan" : "inf";
    const word = upper ? name.toUpperCase() : name;
    return { sign: signOf(negative && name !== "nan", spec), prefix: "", digits: type === "%" ? `${word}%` : word };
  }
  let digits = spec.type === "%" ? percentText(magnitude, spec) : finiteText(magnitude, spec);
  if (upper) digits = digits.toUpperCase();
  if (spec.grouping !== "") {
    const end = digits.search(END_OF_INTEGER);
    digits = grouped(end < 0 ? digits : digits.slice(0, end), spec.grouping, 3) + (end < 0 ? "" : digits.slice(end));
  }
  const minus = negative && !(spec.noNegativeZero && NOTHING.test(digits));
  return { sign: signOf(minus, spec), prefix: "", digits };
}

function finiteText(magnitude: number, spec: NumberSpec): string {
  const precision = spec.precision ?? 6;
  switch (spec.type) {
    case "e":
    case "E":
      return withPoint(exponential(magnitude, precision), spec.alternate);
    case "f":
    case "F":
      return withPoint(fixed(magnitude, precision), spec.alternate);
    case "":
      return spec.precision === null
        ? withPoint(repr(magnitude), spec.alternate)
        : general(magnitude, spec.precision, spec.alternate, true);
    default:
      return general(magnitude, spec.precision ?? 6, spec.alternate, false);
  }
}

function withPoint(digits: string, wanted: boolean): string {
  if (!wanted || digits.includes(".")) return digits;
  const end = digits.search(EXPONENT);
  return end < 0 ? `${digits}.` : `${digits.slice(0, end)}.${digits.slice(end)}`;
}

/** The exact value of a double as a fraction of integers: rounding is then half to even on the true value, as in C. */
function exact(value: number): { readonly numerator: bigint; readonly denominator: bigint } {
  if (value === 0) return { numerator: 0n, denominator: 1n };
  let exponent = 0;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    exponent++;
  }
  return { numerator: BigInt(scaled), denominator: 1n << BigInt(exponent) };
}

/** `numerator / denominator`, rounded half to even. */
function divide(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  if (twice > denominator || (twice === denominator && quotient % 2n === 1n)) return quotient + 1n;
  return quotient;
}

function pointed(digits: bigint, precision: number): string {
  const text = digits.toString().padStart(precision + 1, "0");
  return precision === 0 ? text : `${text.slice(0, -precision)}.${text.slice(-precision)}`;
}

function fixed(value: number, precision: number): string {
  // `toFixed` is exact and differs only where a value lies in the middle of two texts: it takes the larger one, Python the even one.
  const noTie = Number.isInteger(value) || !Number.isInteger(value * 2 ** (precision + 1));
  if (noTie && value < 1e21 && precision <= 100) return value.toFixed(precision);
  const { numerator, denominator } = exact(value);
  return pointed(divide(numerator * 10n ** BigInt(precision), denominator), precision);
}

/** Multiplied as a double first, as Python does; the largest numbers become infinite by it. */
function percentText(magnitude: number, spec: NumberSpec): string {
  const hundredfold = magnitude * 100;
  return Number.isFinite(hundredfold)
    ? `${withPoint(fixed(hundredfold, spec.precision ?? 6), spec.alternate)}%`
    : "inf%";
}

/** `digits` significant digits (one before the point) and the decimal exponent. */
function significant(value: number, count: number): { readonly digits: string; readonly exponent: number } {
  if (value === 0) return { digits: "0".repeat(count), exponent: 0 };
  const { numerator, denominator } = exact(value);
  let exponent = numerator.toString().length - denominator.toString().length;
  const below =
    exponent >= 0
      ? numerator < denominator * 10n ** BigInt(exponent)
      : numerator * 10n ** BigInt(-exponent) < denominator;
  if (below) exponent--;
  const shift = count - 1 - exponent;
  let digits = (
    shift >= 0
      ? divide(numerator * 10n ** BigInt(shift), denominator)
      : divide(numerator, denominator * 10n ** BigInt(-shift))
  ).toString();
  if (digits.length > count) {
    digits = digits.slice(0, count);
    exponent++;
  }
  return { digits, exponent };
}

function exponentText(exponent: number): string {
  return `e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

function exponential(value: number, precision: number): string {
  const { digits, exponent } = significant(value, precision + 1);
  return `${digits[0]}${precision > 0 ? `.${digits.slice(1)}` : ""}${exponentText(exponent)}`;
}

/** Type g: so many significant digits, exponential outside of a range, trailing zeros gone. `asRepr`: without a type, at least one digit after the point. */
function general(value: number, precision: number, alternate: boolean, asRepr: boolean): string {
  const count = Math.max(1, precision);
  const { digits, exponent } = significant(value, count);
  const trim = (text: string): string =>
    alternate || !text.includes(".") ? text : text.replace(ZEROS_OF_FRACTION, "");
  if (exponent < -4 || exponent >= (asRepr ? count - 1 : count)) {
    const mantissa = count > 1 ? `${digits[0]}.${digits.slice(1)}` : (digits[0] as string);
    return `${withPoint(trim(mantissa), alternate)}${exponentText(exponent)}`;
  }
  const text =
    exponent >= 0
      ? `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`
      : `0.${"0".repeat(-exponent - 1)}${digits}`;
  const trimmed = trim(text).replace(POINT_AT_END, alternate ? "." : "");
  return asRepr && !POINT.test(trimmed) ? `${trimmed}.0` : withPoint(trimmed, alternate);
}

/** The shortest text that reads back as the same double, in Python's writing. */
function repr(value: number): string {
  const text = String(value);
  const match = SCIENTIFIC.exec(text);
  if (match) return `${match[1]}${match[2] ? `.${match[2]}` : ""}${exponentText(Number(match[3]))}`;
  if (value >= 1e16) {
    const digits = text.replace(ZEROS_AT_END, "");
    return `${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ""}${exponentText(text.length - 1)}`;
  }
  if (value !== 0 && value < 1e-4) {
    const { 1: fraction } = text.split(".");
    const zeros = (ZEROS_AT_START.exec(fraction as string) as RegExpExecArray)[0].length;
    const digits = (fraction as string).slice(zeros);
    return `${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ""}${exponentText(-zeros - 1)}`;
  }
  return text.includes(".") ? text : `${text}.0`;
}
