import { compileMessageRedaction, type LogRecord, toPlain } from "@logbridge/core";
import { guarded } from "./application-functions.ts";
import type { PinoRedaction } from "./line-options.ts";
import { put } from "./put.ts";

const KEY = /[^.,[\]]+/.source;
const BRACKETS = /\[(?:"[^"]*"|'[^']*'|`[^`]*`|[^[\]"'`,]*)\]/.source;
const SEGMENT = new RegExp(`${KEY}|${BRACKETS}`, "g");
const PATH = new RegExp(`^\\.?(?:${KEY}|${BRACKETS})(?:\\.${KEY}|(?<=\\])${KEY}|\\.?${BRACKETS})*\\.?$`);
/** What pino puts in place of a value when nothing else is said. */
export const CENSOR = "[Redacted]";

/** The steps of one of pino's paths: keys, and `*` for any. */
function stepsOf(path: string): readonly string[] {
  return [...path.matchAll(SEGMENT)].map(([whole]) =>
    whole.replace(/^\[(.*)\]$/, "$1").replace(/^(["'`])(.*)\1$/, "$2"),
  );
}

/** Is this a path as pino takes it? One that is none would hide nothing. */
export function isPath(path: unknown): boolean {
  return typeof path === "string" && PATH.test(path);
}

/**
 * The redaction of what lies in an error: causes and inner errors, which pino does not write, are hidden as the error is.
 *
 * @param errorKey the key under which a line has the error
 */
export function innerRedaction(hidden: PinoRedaction, errorKey: string): (error: unknown) => void {
  const inError = hidden.paths
    .map(stepsOf)
    .filter(([first, ...rest]) => rest.length > 0 && (first === errorKey || first === "*"));
  const hide = hiding(
    inError.map((steps) => steps.slice(1)),
    hidden,
  );
  const inner = (error: unknown): void => {
    if (typeof error !== "object" || error === null) return;
    const { cause, aggregateErrors, errors } = error as Record<string, unknown>;
    for (const one of [cause, aggregateErrors, errors].flat()) {
      if (typeof one !== "object" || one === null) continue;
      hide(one as Record<string, unknown>);
      inner(one);
    }
  };
  return inner;
}

/** Hides what the paths name, in the plain data of a line. */
export function redaction(hidden: PinoRedaction): (line: Record<string, unknown>) => void {
  return hiding(hidden.paths.map(stepsOf), hidden);
}

function hiding(
  parsed: readonly (readonly string[])[],
  { censor = CENSOR, remove = false }: PinoRedaction,
): (line: Record<string, unknown>) => void {
  const hide = (target: unknown, segments: readonly string[], above: readonly string[]): void => {
    if (typeof target !== "object" || target === null) return;
    const [segment = "", ...rest] = segments;
    const object = target as Record<string, unknown>;
    for (const key of segment === "*" ? Object.keys(object) : Object.hasOwn(object, segment) ? [segment] : []) {
      const path = [...above, key];
      if (rest.length > 0) hide(object[key], rest, path);
      else if (remove) delete object[key];
      else put(object, key, typeof censor === "function" ? censored(censor, object[key], path) : censor);
    }
  };
  return (line) => {
    for (const segments of parsed) hide(line, segments, []);
  };
}

function censored(censor: (value: unknown, path: string[]) => unknown, value: unknown, path: string[]): unknown {
  return toPlain(guarded("redact.censor", censor, () => censor(value, path), CENSOR));
}

/**
 * What a record's message is without the values that pino's paths name: in a line they would stand twice.
 *
 * @param errorKeys the keys under which a line has the exception: below them its own properties are meant
 */
export function messageRedaction(
  { paths, censor = CENSOR, remove = false }: PinoRedaction,
  errorKeys: readonly string[],
): (record: LogRecord) => string {
  return hiddenMessage(paths.map(stepsOf), remove ? "" : typeof censor === "string" ? censor : CENSOR, errorKeys);
}

/** The same by steps. */
export function hiddenMessage(
  paths: readonly (readonly string[])[],
  censor: string,
  errorKeys: readonly string[],
): (record: LogRecord) => string {
  const inErrors = paths.filter(([first = ""], index) => errorKeys.includes(first) && paths[index]?.length !== 1);
  const all = [...paths, ...inErrors.map((steps) => steps.slice(1))];
  return compileMessageRedaction(all.map(ourPath), "redact", censor);
}

function ourPath(steps: readonly string[]): string {
  return steps.map((step) => (step === "*" ? "[*]" : `["${step.replace(/[\\"]/g, "\\$&")}"]`)).join("");
}
