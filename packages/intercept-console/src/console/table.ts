import { formatConsole } from "@logbridge/core";
import { columnsOf } from "./width.ts";

/** What stands in the cells of a column, by row; rows without the value have none. */
type Column = readonly (string | undefined)[];
type Table = readonly (readonly [name: string, cells: Column])[];

const INDEX = "(index)";
const ITERATION = "(iteration index)";
const KEY = "Key";
const VALUES = "Values";

/** What `console.table` prints, drawn as Node draws it; a value that is no table as it is. No getter runs. */
export function tableText(data: unknown, columns: unknown): string {
  if (typeof data !== "object" || data === null || isIterator(data)) return formatConsole([data]);
  if (data instanceof Map) return draw(iterationTable([KEY, VALUES], [...data]));
  if (data instanceof Set)
    return draw(
      iterationTable(
        [VALUES],
        [...data].map((value) => [value]),
      ),
    );
  return draw(ownTable(data, Array.isArray(columns) ? columns.map(String) : null));
}

/** An iterator of a map or set shows what it has not given yet, which cannot be asked without taking it. */
function isIterator(data: object): boolean {
  return typeof (data as { readonly next?: unknown }).next === "function" && Object.keys(data).length === 0;
}

function iterationTable(names: readonly string[], rows: readonly (readonly unknown[])[]): Table {
  return [
    [ITERATION, rows.map((_row, index) => String(index))],
    ...names.map((name, at) => [name, rows.map((row) => cellText(row[at]))] as const),
  ];
}

function ownTable(data: object, wanted: readonly string[] | null): Table {
  const keys = Object.keys(data);
  // An object and no map: names that are numbers come first, as in every object.
  const found: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  const values: string[] = [];
  for (const [row, key] of keys.entries()) {
    const item = ownValue(data, key);
    if (!isObject(item)) values[row] = cellText(item);
    else
      for (const name of wanted ?? Object.keys(item)) {
        found[name] ??= [];
        found[name][row] = Object.hasOwn(item, name) ? cellText(ownValue(item, name)) : "";
      }
  }
  return [[INDEX, keys], ...Object.entries(found), ...(values.length > 0 ? [[VALUES, values] as const] : [])];
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function ownValue(from: object, key: string): unknown {
  const property = Object.getOwnPropertyDescriptor(from, key);
  return !property || "value" in property ? property?.value : "[Getter]";
}

/** An object of more than two values is only named. */
function cellText(value: unknown): string {
  const named = isObject(value) && !Array.isArray(value) && Object.keys(value).length > 2;
  const options = { depth: named ? -1 : 0, maxArrayLength: 3, breakLength: Number.POSITIVE_INFINITY };
  return formatConsole(["%O", value], options);
}

function draw(table: Table): string {
  const height = Math.max(...table.map(([, cells]) => cells.length));
  const widths = table.map(([name, cells]) =>
    Math.max(columnsOf(name), ...Array.from(cells, (cell) => columnsOf(cell ?? ""))),
  );
  const line = (cells: readonly string[]): string =>
    `│${cells.map((cell, at) => ` ${cell}${" ".repeat((widths[at] as number) - columnsOf(cell))} `).join("│")}│`;
  const rule = (left: string, middle: string, right: string): string =>
    `${left}${widths.map((width) => "─".repeat(width + 2)).join(middle)}${right}`;
  const body = Array.from({ length: height }, (_, row) => line(table.map(([, cells]) => cells[row] ?? "")));
  const names = line(table.map(([name]) => name));
  return [rule("┌", "┬", "┐"), names, rule("├", "┼", "┤"), ...body, rule("└", "┴", "┘")].join("\n");
}
