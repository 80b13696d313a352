import { platform } from "#platform";
import type { ExceptionInfo, Frame } from "../format/exception.ts";

const DEEPEST = 10;
const MOST_ERRORS = 50;

/** What winston writes on a caller's error, and what stands elsewhere in the description. */
const NOT_PROPERTIES: ReadonlySet<string> = new Set(["name", "message", "stack", "cause", "errors", "level", "timestamp"]);

/**
 * Describes what was thrown, whatever it is: errors of any realm, their causes and inner errors, and values that are no errors.
 * Runs no code of the value's owner and never throws.
 */
export function describeException(value: unknown): ExceptionInfo {
  return describe(value, [], 0);
}

function describe(value: unknown, seen: readonly unknown[], depth: number): ExceptionInfo {
  if (!platform.isError(value)) return plainInfo(value);
  if (platform.isProxy(value)) return { type: "Proxy", value, message: "[Proxy of an error]", stack: [] };
  const type = typeOf(value);
  const message = text(data(value, "message"));
  if (seen.includes(value)) return { type, value, message: `${message} [circular]`, stack: [] };
  const inner = [...seen, value];
  const stackText = stackOf(value);
  const cause = data(value, "cause");
  const errors = data(value, "errors");
  const code = data(value, "code");
  const properties = propertiesOf(value);
  return {
    type,
    value,
    message,
    stack: parseFrames(stackText),
    ...(cause !== undefined && depth < DEEPEST && { cause: describe(cause, inner, depth + 1) }),
    ...(Array.isArray(errors) && depth < DEEPEST && { errors: errors.slice(0, MOST_ERRORS).map((one) => describe(one, inner, depth + 1)) }),
    ...((typeof code === "string" || typeof code === "number") && { code }),
    ...(properties && { properties }),
  };
}

function plainInfo(value: unknown): ExceptionInfo {
  const message = typeof value === "string" ? value : platform.inspect(value, { oneLine: true, depth: 2 });
  return { type: value === null ? "null" : typeof value, value, message, stack: [] };
}

/** The property's value without running a getter of the user, from the object or its prototypes. */
function data(error: object, key: string): unknown {
  for (let at: object | null = error; at; at = Object.getPrototypeOf(at) as object | null) {
    const found = Object.getOwnPropertyDescriptor(at, key);
    if (found) return found.value as unknown;
    if (platform.isProxy(at)) return undefined;
  }
  return undefined;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : value === undefined ? "" : platform.inspect(value, { oneLine: true, depth: 1 });
}

function typeOf(error: object): string {
  const name = data(error, "name");
  if (typeof name === "string" && name !== "Error" && name !== "") return name;
  const made = data(error, "constructor");
  const own = typeof made === "function" ? (Object.getOwnPropertyDescriptor(made, "name")?.value as unknown) : undefined;
  return typeof own === "string" && own !== "" ? own : "Error";
}

/** V8 gives `stack` by an accessor of its own, on the object or the prototype; an accessor of the user does not run. */
function stackOf(error: object): string {
  for (let at: object | null = error; at; at = Object.getPrototypeOf(at) as object | null) {
    const found = Object.getOwnPropertyDescriptor(at, "stack");
    if (!found) continue;
    if (typeof found.value === "string") return found.value;
    if (!found.get || !/\[native code\]/.test(Function.prototype.toString.call(found.get))) return "";
    try {
      const stack: unknown = found.get.call(error);
      return typeof stack === "string" ? stack : "";
    } catch {
      return "";
    }
  }
  return "";
}

function propertiesOf(error: object): Record<string, unknown> | null {
  const properties: Record<string, unknown> = {};
  let any = false;
  for (const key of Object.keys(error)) {
    if (NOT_PROPERTIES.has(key)) continue;
    const found = Object.getOwnPropertyDescriptor(error, key);
    if (!found) continue;
    Object.defineProperty(properties, key, {
      value: "value" in found ? found.value : "[Getter]",
      enumerable: true,
      configurable: true,
      writable: true,
    });
    any = true;
  }
  return any ? properties : null;
}

const FRAME = /^\s*at (?:(async )?(.+?) \()?(.+?)(?::(\d+))?(?::(\d+))?\)?$/;

function parseFrames(stack: string): Frame[] {
  const frames: Frame[] = [];
  for (const line of stack.split("\n")) {
    if (!/^\s*at /.test(line)) continue;
    const match = FRAME.exec(line);
    const file = match?.[3] ?? "";
    const path = platform.filePath(file);
    frames.push({
      function: match?.[2] ?? null,
      file: path,
      line: match?.[4] === undefined ? null : Number(match[4]),
      column: match?.[5] === undefined ? null : Number(match[5]),
      native: file.startsWith("node:") || file === "native" || /[\\/]node_modules[\\/]/.test(path),
      text: line.trimEnd(),
    });
  }
  return frames;
}
