import { describe, expect, test } from "vitest";
import { LogbridgeError, LogbridgeTypeError } from "../../src/diagnostics.ts";
import { fillMarkup, levelAnsi, type Markup, parseMarkup, renderMarkup, stripMarkup } from "../../src/format/markup.ts";
import { fillTemplate, parseTemplate } from "../../src/format/template.ts";
import { compilePathTime, compileTime, fixedZone } from "../../src/format/time.ts";
import { compiled, recordOf } from "./record.ts";
import { type Row, revived, rowsOf } from "./table.ts";

type Values = Readonly<Record<string, unknown>>;

/** The codes that say what the table's kinds say. */
const CODES: Readonly<Record<string, readonly string[]>> = {
  missing_positional: ["LB1102"],
  missing_key: ["LB1102"],
  missing_attribute: ["LB1102"],
  malformed_template_or_spec: ["LB1101", "LB1103"],
  unsupported_type: ["LB1103"],
  unknown_tag: ["LB1110"],
  unclosed_tag: ["LB1111"],
  no_opening_tag: ["LB1111"],
  nesting_violation: ["LB1112"],
  level_tag_not_allowed: ["LB1113"],
};

function expectError(row: Row, run: () => unknown): void {
  let thrown: unknown;
  try {
    thrown = { result: run() };
  } catch (error) {
    thrown = error;
  }
  const coded = thrown instanceof LogbridgeError || thrown instanceof LogbridgeTypeError;
  expect(coded, `${row.id} gave ${String(thrown)} ${JSON.stringify(thrown)}`).toBe(true);
  if (row.error?.type === "TypeError") expect(thrown).toBeInstanceOf(TypeError);
  const codes = CODES[row.error?.kind ?? ""];
  if (codes) expect(codes, `${row.id} gave ${String(thrown)}`).toContain((thrown as LogbridgeError).code);
}

interface MessageRow extends Row {
  readonly template: string;
  readonly args: readonly unknown[];
  readonly kwargs: Values;
  readonly mode: "plain" | "colors";
  readonly expected?: string;
}

function message(row: MessageRow): string {
  const args = revived(row.args) as unknown[];
  const named = revived(row.kwargs) as Values;
  // Without values a message is never interpreted.
  const bare = args.length === 0 && Object.keys(named).length === 0;
  if (row.mode === "colors") {
    return stripMarkup(
      bare ? parseMarkup(row.template) : fillMarkup(parseTemplate(row.template), args, named, true).markup,
    );
  }
  return bare ? row.template : fillTemplate(parseTemplate(row.template), args, named, true).text;
}

/** Rows that are not followed, each with its reason. */
const NOT_FOLLOWED: ReadonlyMap<string, string> = new Map([
  [
    "mf-015",
    "the template is a number: templates are texts by type, and a call that starts with another value logs that value",
  ],
]);

describe("the table message_format", () => {
  test("is not followed in one row", () => {
    expect([...NOT_FOLLOWED.keys()].filter((id) => !rowsOf("message_format").some((row) => row.id === id))).toEqual([]);
    expect(NOT_FOLLOWED.size).toBe(1);
  });
  test.each(rowsOf<MessageRow>("message_format").filter(({ id }) => !NOT_FOLLOWED.has(id)))("$id $template", (row) => {
    if (row.error) expectError(row, () => message(row));
    else expect(message(row)).toBe(row.expected);
  });
});

interface MarkupRow extends Row {
  readonly mode: "message" | "message_args" | "format" | "level";
  readonly text: string;
  readonly message?: string;
  readonly args?: readonly unknown[];
  readonly kwargs?: Values;
  readonly opt_colors?: boolean;
  readonly level_color?: string;
  readonly expected_ansi?: string;
  readonly expected_stripped?: string;
}

function markupOf(text: string, row: MarkupRow): Markup {
  const args = revived(row.args ?? []) as unknown[];
  const named = revived(row.kwargs ?? {}) as Values;
  if (args.length === 0 && Object.keys(named).length === 0) return parseMarkup(text);
  return fillMarkup(parseTemplate(text), args, named, true).markup;
}

function line(row: MarkupRow, colorize: boolean): string {
  const levelColor = levelAnsi(row.mode === "level" ? row.text : (row.level_color ?? "<bold>"));
  const format = row.mode === "format" ? row.text : row.mode === "level" ? "<level>{message}</level>" : "{message}";
  const text = row.mode === "format" || row.mode === "level" ? (row.message ?? "") : row.text;
  const markup =
    row.mode === "format" || row.mode === "level" ? (row.opt_colors ? markupOf(text, row) : null) : markupOf(text, row);
  const make = compiled(format, { colorize, levelColor: () => levelColor, colouredMessage: () => markup });
  return make(recordOf({ message: markup ? stripMarkup(markup) : text }));
}

describe("the table markup", () => {
  test.each(rowsOf<MarkupRow>("markup"))("$id $mode $text", (row) => {
    if (row.error) {
      expectError(row, () => line(row, true));
      expectError(row, () => line(row, false));
      return;
    }
    expect(line(row, true)).toBe(row.expected_ansi);
    expect(line(row, false)).toBe(row.expected_stripped);
  });
  test("renders without a format as it does inside of one", () => {
    expect(renderMarkup(parseMarkup("<red>a</red>"), { colorize: true, levelAnsi: "" })).toBe("\x1b[31ma\x1b[0m");
  });
});

interface TimeRow extends Row {
  readonly pattern: string;
  readonly epoch_micros: string;
  readonly offset_seconds: number;
  readonly zone: string;
  readonly target: "record" | "path";
  readonly expected?: string;
}

/** Patterns for C's strftime are refused with a code of their own. */
const timeRows = rowsOf<TimeRow>("time_format");

describe("the table time_format", () => {
  test.each(timeRows.filter(({ tags }) => !tags.includes("strftime")))("$id $pattern", (row) => {
    const make = (): string => {
      const compile = row.target === "path" ? compilePathTime : compileTime;
      return compile(row.pattern)(Number(row.epoch_micros), fixedZone(row.offset_seconds, row.zone));
    };
    if (row.error) expectError(row, make);
    else expect(make()).toBe(row.expected);
  });
  test.each(timeRows.filter(({ tags }) => tags.includes("strftime")))(
    "refuses $id $pattern, which is for strftime",
    (row) => {
      expect(() => compileTime(row.pattern)).toThrow(/LB1121/);
    },
  );
});
