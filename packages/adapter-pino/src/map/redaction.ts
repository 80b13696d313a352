import { toPlain } from "@logbridge/core";
import type { PinoRedaction } from "./line-options.ts";
import { put } from "./put.ts";

const SEGMENT = /[^.[\]]+|\[([^[\]]*)\]/g;

/** Hides what the paths name, in the plain data of a line. */
export function redaction({
  paths,
  censor = "[Redacted]",
  remove = false,
}: PinoRedaction): (line: Record<string, unknown>) => void {
  const parsed = paths.map((path) =>
    [...path.matchAll(SEGMENT)].map(([whole, inner]) => (inner ?? whole).replace(/^(["'`])(.*)\1$/, "$2")),
  );
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
