import type { InspectOptions, Platform } from "./platform.ts";

// Taken once, before anything can be patched.
const rawError: ((...data: unknown[]) => void) | undefined =
  typeof console === "undefined" ? undefined : console.error.bind(console);

function quote(value: string): string {
  return `'${value.replace(/[\\'\n\r]/g, (c) => (c === "\n" ? "\\n" : c === "\r" ? "\\r" : `\\${c}`))}'`;
}

function inspectValue(value: unknown, depth: number, seen: readonly unknown[], top: boolean): string {
  if (typeof value === "string") return top ? value : quote(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return functionText(value);
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : String(value);
  if (seen.includes(value)) return "[Circular]";
  if (isError(value)) return errorText(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  if (value instanceof RegExp) return RegExp.prototype.toString.call(value);
  if (depth < 0) return Array.isArray(value) ? "[Array]" : "[Object]";
  const inner = (item: unknown): string => inspectValue(item, depth - 1, [...seen, value], false);
  if (Array.isArray(value)) return value.length === 0 ? "[]" : `[ ${value.slice(0, 100).map(inner).join(", ")} ]`;
  if (value instanceof Map)
    return `Map(${value.size}) { ${[...value].map(([k, v]) => `${inner(k)} => ${inner(v)}`).join(", ")} }`;
  if (value instanceof Set) return `Set(${value.size}) { ${[...value].map(inner).join(", ")} }`;
  const entries = Object.entries(Object.getOwnPropertyDescriptors(value)).filter(([, d]) => d.enumerable);
  if (entries.length === 0) return "{}";
  const shown = entries.map(([key, d]) => {
    const name = /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
    return `${name}: ${"value" in d ? inner(d.value) : "[Getter]"}`;
  });
  return `{ ${shown.join(", ")} }`;
}

function functionText(value: object): string {
  const name = ownText(value, "name");
  return `[Function${name ? `: ${name}` : ""}]`;
}

/** Accessors do not run: a class may compute any of these. */
function errorText(error: Error): string {
  const stack = ownText(error, "stack");
  if (stack !== null) return stack;
  const name = dataText(error, "name") ?? "Error";
  const message = dataText(error, "message") ?? "[Getter]";
  return `[${message === "" ? name : `${name}: ${message}`}]`;
}

function ownText(value: object, key: string): string | null {
  const text = Object.getOwnPropertyDescriptor(value, key)?.value as unknown;
  return typeof text === "string" ? text : null;
}

function dataText(value: object, key: string): string | null {
  for (let at: object | null = value; at; at = Object.getPrototypeOf(at) as object | null)
    if (Object.getOwnPropertyDescriptor(at, key)) return ownText(at, key);
  return null;
}

function isError(value: unknown): value is Error {
  if (value instanceof Error) return true;
  return Object.prototype.toString.call(value) === "[object Error]";
}

function formatPrintf(args: readonly unknown[]): string {
  const [first, ...rest] = args;
  if (typeof first !== "string") return args.map((value) => inspectValue(value, 2, [], true)).join(" ");
  let next = 0;
  const text = first.replace(/%([sdifjoOc%])/g, (whole, kind: string) => {
    if (kind === "%") return rest.length > 0 ? "%" : whole;
    if (next >= rest.length) return whole;
    const value = rest[next++];
    if (kind === "c") return "";
    if (kind === "d") return typeof value === "object" || typeof value === "symbol" ? "NaN" : String(Number(value));
    if (kind === "i") return typeof value === "object" ? "NaN" : String(Number.parseInt(String(value), 10));
    if (kind === "f") return typeof value === "symbol" ? "NaN" : String(Number.parseFloat(String(value)));
    if (kind === "s") return inspectValue(value, 0, [], true);
    return inspectValue(value, 4, [], false);
  });
  return [text, ...rest.slice(next).map((value) => inspectValue(value, 2, [], true))].join(" ");
}

type Listen = (event: string, listener: () => void, capture: boolean) => void;

/** Browsers and workers without Node's modules. */
export const platform: Platform = {
  runtime: "web",
  writeStderr(text) {
    rawError?.(text.replace(/\n$/, ""));
  },
  env: () => undefined,
  process: { id: 0, name: "browser" },
  thread: { id: 0, name: "main" },
  inspect(value, options?: InspectOptions) {
    try {
      return inspectValue(value, options?.depth ?? 4, [], false);
    } catch {
      return "[Unreadable]";
    }
  },
  formatPrintf,
  // Inspection opens nothing here that a script cannot read.
  textsIn: () => [],
  sealedKind: () => null,
  isError,
  isProxy: () => false,
  // Runtimes of this kind freeze or coarsen the monotonic clock, so only the wall clock is asked.
  nowMicros: () => Date.now() * 1000,
  bindContext: (work) => work,
  createContextStore: () => null,
  onExit(work, first = false) {
    const page = globalThis as { addEventListener?: Listen; removeEventListener?: Listen };
    // Listeners for the way down are asked before the others.
    page.addEventListener?.("pagehide", work, first);
    return () => page.removeEventListener?.("pagehide", work, first);
  },
  // A page that was left may come back.
  isExiting: () => false,
  watchWrites: () => () => {},
  drainFile: () => false,
  originalPosition: () => null,
  sourceLine: () => null,
  watchVariables: () => "this runtime has no inspector",
  variablesOf: () => null,
  packageOf: () => null,
  filePath: (name) => name,
  files: null,
  standardDescriptor: () => null,
  isTerminal: () => false,
  setTimer(work, ms) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};
