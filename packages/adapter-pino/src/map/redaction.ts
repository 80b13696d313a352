import { compileMessageRedaction, type LogRecord, toPlain } from "@logbridge/core";
import type { PinoRedaction } from "./line-options.ts";
import { put } from "./put.ts";

const SEGMENT = /[^.[\]]+|\[([^[\]]*)\]/g;
/** What pino puts in place of a value when nothing else is said. */
const CENSOR = "[Redacted]";

/** The steps of one of pino's paths: keys, and `*` for any. */
function stepsOf(path: string): readonly string[] {
  return [...path.matchAll(SEGMENT)].map(([whole, inner]) => (inner ?? whole).replace(/^(["'`])(.*)\1$/, "$2"));
}

/** Hides what the paths name, in the plain data of a line. */
export function redaction({
  paths,
  censor = CENSOR,
  remove = false,
}: PinoRedaction): (line: Record<string, unknown>) => void {
  const parsed = paths.map(stepsOf);
  const hide = (target: unknown, segments: readonly string[], above: readonly string[]): void => {
    if (typeof target !== "object" || target === null) return;
    const [segment = "", ...rest] = segments;
    const object = target as Record<string, unknown>;
    for (const key of segment === "*" ? Object.keys(object) : Object.hasOwn(object, segment) ? [segment] : []) {
      const path = [...above, key];
      if (rest.length > 0) hide(object[key], rest, path);
      else if (remove) delete object[key];
      else put(object, key, typeof censor === "function" ? toPlain(censor(object[key], path)) : censor);
    }
  };
  return (line) => {
    for (const segments of parsed) hide(line, segments, []);
  };
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
