import { formatConsole } from "@logbridge/core";

/** The counters and timers of a console, and what it says by the methods that need them. */
export class Words {
  readonly #counts = new Map<string, number>();
  readonly #times = new Map<string, number>();

  /** What the method prints; `null` for nothing. The methods that only change a counter or timer print nothing. */
  say(method: string, args: readonly unknown[]): string | null {
    const label = labelOf(args[0]);
    switch (method) {
      case "count":
        return this.#count(label);
      case "countReset":
        this.#counts.delete(label);
        return null;
      case "time":
        if (!this.#times.has(label)) this.#times.set(label, performance.now());
        return null;
      case "timeLog":
        return this.#elapsed(label, args.slice(1));
      case "timeEnd": {
        const text = this.#elapsed(label, []);
        this.#times.delete(label);
        return text;
      }
      case "table":
        return tableText(args[0], args[1]);
      default:
        return formatConsole(args);
    }
  }

  #count(label: string): string {
    const count = (this.#counts.get(label) ?? 0) + 1;
    this.#counts.set(label, count);
    return `${label}: ${count}`;
  }

  #elapsed(label: string, data: readonly unknown[]): string | null {
    const since = this.#times.get(label);
    if (since === undefined) return null;
    return formatConsole(["%s: %s", label, durationText(performance.now() - since), ...data]);
  }
}

function labelOf(value: unknown): string {
  return value === undefined ? "default" : String(value);
}

function durationText(ms: number): string {
  if (ms < 1000) return `${Number(ms.toFixed(3))}ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(3)}s`;
  const minutes = Math.floor(ms / 60_000);
  const seconds = ((ms % 60_000) / 1000).toFixed(3).padStart(6, "0");
  if (minutes < 60) return `${minutes}:${seconds} (m:ss.mmm)`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${seconds} (h:mm:ss.mmm)`;
}

/** What `console.assert` says: a text that begins with the words, whatever was given. */
export function assertion(args: readonly unknown[]): readonly unknown[] {
  const [first, ...rest] = args;
  return typeof first === "string" ? [`Assertion failed: ${first}`, ...rest] : ["Assertion failed", ...args];
}

/** What `console.dir` says of a value. Colours are the console's own affair. */
export function directory(value: unknown, options: unknown): string {
  const given = typeof options === "object" && options !== null ? options : {};
  return formatConsole(["%O", value], { customInspect: false, ...given, colors: false });
}

type Row = Readonly<Record<string, string>>;

/** A table of own properties, drawn with lines; a value that has none as it is. */
function tableText(data: unknown, columns: unknown): string {
  if (typeof data !== "object" || data === null) return formatConsole([data]);
  const wanted = Array.isArray(columns) ? columns.map(String) : null;
  const [index, entries] = entriesOf(data);
  const rows = entries.map(([key, value]) => rowOf(index, key, value, wanted));
  const names = [...new Set([index, ...(wanted ?? []), ...rows.flatMap((row) => Object.keys(row))])];
  // Values that are no objects stand in the last column.
  names.sort((left, right) => Number(left === VALUES) - Number(right === VALUES));
  return draw(names, rows);
}

const VALUES = "Values";

function entriesOf(data: object): readonly [index: string, entries: readonly (readonly [string, unknown])[]] {
  if (data instanceof Map)
    return ["(iteration index)", [...data].map(([Key, Values], at) => [String(at), { Key, Values }] as const)];
  if (data instanceof Set) return ["(iteration index)", [...data].map((value, at) => [String(at), value] as const)];
  return ["(index)", ownValues(data)];
}

function ownValues(value: object): (readonly [string, unknown])[] {
  const found = Object.entries(Object.getOwnPropertyDescriptors(value)).filter(([, { enumerable }]) => enumerable);
  return found.map(([key, property]) => [key, "value" in property ? (property.value as unknown) : "[Getter]"] as const);
}

function rowOf(index: string, key: string, value: unknown, wanted: readonly string[] | null): Row {
  const row: Record<string, string> = Object.create(null) as Record<string, string>;
  row[index] = key;
  if (typeof value === "object" && value !== null) {
    for (const [name, part] of ownValues(value)) if (!wanted || wanted.includes(name)) row[name] = cellText(part);
  } else if (!wanted) row[VALUES] = cellText(value);
  return row;
}

function cellText(value: unknown): string {
  return formatConsole(["%O", value], { depth: 0, maxArrayLength: 3, breakLength: Number.POSITIVE_INFINITY });
}

function draw(names: readonly string[], rows: readonly Row[]): string {
  const widths = names.map((name) => Math.max(name.length, ...rows.map((row) => (row[name] ?? "").length)) + 2);
  const line = (cells: readonly string[]): string =>
    `│${cells.map((cell, at) => ` ${cell}`.padEnd(widths[at] as number)).join("│")}│`;
  const rule = (left: string, middle: string, right: string): string =>
    `${left}${widths.map((width) => "─".repeat(width)).join(middle)}${right}`;
  const body = rows.map((row) => line(names.map((name) => row[name] ?? "")));
  return [rule("┌", "┬", "┐"), line(names), rule("├", "┼", "┤"), ...body, rule("└", "┴", "┘")].join("\n");
}
