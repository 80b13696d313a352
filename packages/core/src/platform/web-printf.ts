import { readyPattern } from "../ready-pattern.ts";
import { inspectValue, isError, titleOf } from "./web-inspection.ts";

const DIRECTIVE = readyPattern(/%([sdifjoOc%])/g);

/** Levels of objects that are shown where no directive, and where `%o` or `%O`, asks for them. */
const DEPTH = 2;
const DEEPER = 4;
const DEEPEST = 100;

/**
 * What a browser's console prints for these arguments: directives as the Console Standard has them (`%d` and `%i` are whole
 * numbers, `%s` is what `String()` gives, `%c` styles and is not seen), the rest behind blanks. `%j` is JSON, as elsewhere.
 *
 * @param options of them, `depth` says how many levels `%o` and `%O` show
 */
export function formatPrintf(args: readonly unknown[], options?: Readonly<Record<string, unknown>>): string {
  const [first, ...rest] = args;
  if (typeof first !== "string") return args.map(besideText).join(" ");
  const depth = depthIn(options);
  let next = 0;
  const text = first.replace(DIRECTIVE, (whole, kind: string) => {
    // A text that stands alone is no template.
    if (kind === "%") return rest.length > 0 ? "%" : whole;
    return next < rest.length ? filled(kind, rest[next++], depth) : whole;
  });
  return [text, ...rest.slice(next).map(besideText)].join(" ");
}

function besideText(value: unknown): string {
  return safely(value, () => inspectValue(value, DEPTH, true));
}

function depthIn(options: Readonly<Record<string, unknown>> | undefined): number {
  const depth = options?.["depth"];
  if (depth === null) return DEEPEST;
  return typeof depth === "number" ? Math.min(depth, DEEPEST) : DEEPER;
}

function filled(kind: string, value: unknown, depth: number): string {
  switch (kind) {
    case "c":
      return "";
    case "d":
    case "i":
      return safely(value, () => numberText(value, Number.parseInt));
    case "f":
      return safely(value, () => numberText(value, Number.parseFloat));
    case "s":
      return safely(value, () => (runsAccessors(value) ? inspectValue(value, 0, false) : stringOf(value)));
    case "j":
      return safely(value, () => JSON.stringify(value) ?? "undefined");
    default:
      return safely(value, () => inspectValue(value, depth, false));
  }
}

function stringOf(value: unknown): string {
  return isError(value) && dataOf(value, "toString") === Error.prototype.toString
    ? (titleOf(value) ?? inspectValue(value, 0, false))
    : String(value);
}

/** Would `String()` have to run an accessor to find out what to call? */
function runsAccessors(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return dataOf(value, Symbol.toPrimitive) === ACCESSOR || dataOf(value, "toString") === ACCESSOR;
}

const ACCESSOR = Symbol("accessor");

function dataOf(value: object, key: string | symbol): unknown {
  for (let at: object | null = value; at; at = Object.getPrototypeOf(at) as object | null) {
    const found = Object.getOwnPropertyDescriptor(at, key);
    if (found) return "value" in found ? found.value : ACCESSOR;
  }
  return undefined;
}

function numberText(value: unknown, parse: (text: string, base?: number) => number): string {
  const number = typeof value === "symbol" ? Number.NaN : parse(String(value), 10);
  return Object.is(number, -0) ? "-0" : String(number);
}

/** Code of the value's owner may run here, as it does in the console, and may throw. */
function safely(value: unknown, work: () => string): string {
  try {
    return work();
  } catch {
    try {
      return inspectValue(value, 0, false);
    } catch {
      return "[Unreadable]";
    }
  }
}
