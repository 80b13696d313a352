import { inspect, toPlain } from "@logbridge/core";

/** A text with its placeholders filled, and the values that no placeholder took. */
export interface FilledText {
  readonly text: string;
  readonly left: readonly unknown[];
}

const DIRECTIVE = /%[dfioOjs%]/g;

/**
 * Fills `%s`, `%d`, `%f`, `%i`, `%o`, `%O`, `%j` as pino does. Without values a text is not a template.
 *
 * @param json how an object is shown
 */
export function fillPercent(
  template: string,
  values: readonly unknown[],
  json: (value: unknown) => string,
): FilledText {
  if (values.length === 0) return { text: template, left: [] };
  let next = 0;
  const text = template.replace(DIRECTIVE, (directive) => {
    if (directive === "%%") return "%";
    if (next >= values.length) return directive;
    return shown(directive, values[next++], json);
  });
  return { text, left: values.slice(next) };
}

/** An object in a text, as JSON. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    // A circular object, a BigInt, a toJSON() that throws: what can be said of it is.
    return JSON.stringify(toPlain(value)) ?? "";
  }
}

function shown(directive: string, value: unknown, json: (value: unknown) => string): string {
  switch (directive) {
    case "%s":
      return asText(value);
    case "%d":
    case "%f":
      return value === null || value === undefined ? directive : String(asNumber(value));
    case "%i":
      return value === null || value === undefined ? directive : String(Math.floor(asNumber(value)));
    default:
      if (typeof value === "string") return `'${value}'`;
      if (typeof value === "function") return value.name || "<anonymous>";
      return value === undefined ? directive : json(value);
  }
}

function asNumber(value: unknown): number {
  try {
    return Number(value);
  } catch {
    return Number.NaN;
  }
}

/** An object's own text may fail, or be asked of one that has none. */
function asText(value: unknown): string {
  try {
    return String(value);
  } catch {
    return inspect(value);
  }
}
