import { type AddOptions, createLogger, type Logger, type LogRecord } from "@logbridge/core";
import { callArguments } from "./call.ts";
import { ANY } from "./compare.ts";
import { makeError } from "./errors.ts";
import type { Row, Runner } from "./table.ts";
import { fields, type Mark, revived } from "./values.ts";

type Values = Readonly<Record<string, unknown>>;

interface ErrorParts {
  readonly type: string;
  readonly args: readonly [string?];
}

interface SerializeRow extends Row {
  readonly now: string;
  readonly started: string;
  readonly tz: string;
  readonly message: unknown;
  readonly level?: string | number;
  readonly args?: readonly unknown[];
  readonly kwargs?: Values;
  readonly bind?: Values;
  readonly context?: Values;
  readonly configure_extra?: Values;
  readonly patch?: { readonly extra?: Values; readonly record?: Values };
  readonly opt?: Values;
  readonly exception?: ErrorParts;
  readonly call?: "exception_in_handler" | "exception_without_error";
  readonly raises?: ErrorParts;
  readonly format?: string;
  readonly dynamic_format?: boolean;
  readonly colorize?: boolean;
  readonly levels?: readonly { readonly name: string }[];
  readonly no_name?: boolean;
  readonly expected: Values;
  readonly key_order: { readonly top: readonly string[]; readonly record: readonly string[] };
  readonly text_first_line?: string;
  readonly text_last_line?: string;
}

const SPECIAL: Readonly<Record<string, () => unknown>> = {
  error: () => new Error("boom"),
  date: () => new Date(2020, 0, 2, 3, 4, 5),
  path: () => new URL("file:///a/b"),
  tuple: () => [1, 2],
  float_int: () => 1,
  set: () => new Set([1]),
  object: () => Symbol("object"),
};

const mark: Mark = (name, value) =>
  name === "$special" ? { value: (SPECIAL[String(value)] ?? (() => Symbol(String(value))))() } : undefined;

/** Milliseconds of an ISO time with six digits of a second. */
function milliseconds(text: string): number {
  const micros = /\.(\d{6})Z$/.exec(text)?.[1];
  return micros ? Date.parse(`${text.slice(0, 19)}Z`) + Number(micros) / 1000 : Date.parse(text);
}

function errorOf({ type, args }: ErrorParts): Error {
  return makeError({ type, message: args[0] ?? "" });
}

function line(row: SerializeRow): string {
  const root = createLogger({
    strict: true,
    clock: () => milliseconds(row.now),
    startedAt: milliseconds(row.started),
    timeZone: row.tz,
  });
  let got = "";
  const { format = "{level}: {message}", colorize, levels = [], configure_extra, patch, opt = {}, exception } = row;
  for (const { name, ...options } of levels) root.level(name, options);
  if (configure_extra) root.configure({ extra: fields(configure_extra, mark) });
  root.add((text: string) => (got += text), {
    format: row.dynamic_format ? () => format : format,
    serialize: true,
    catch: false,
    ...(colorize !== undefined && { colorize }),
  } as AddOptions);
  let logger: Logger = root.forModule(row.no_name ? null : "my.module");
  if (row.bind) logger = logger.bind(fields(row.bind, mark));
  if (patch)
    logger = logger.patch((record: LogRecord) => {
      Object.assign(record.extra, fields(patch.extra, mark));
      Object.assign(record, fields(patch.record, mark));
    });
  if (exception) logger = logger.opt({ ...fields(opt), exception: errorOf(exception) });
  else if (row.opt) logger = logger.opt(fields(opt));
  if (row.context) logger.contextualize(fields(row.context, mark), () => call(row, logger));
  else call(row, logger);
  return got;
}

function call(row: SerializeRow, logger: Logger): void {
  const args = callArguments(revived(row.message), revived(row.args ?? []) as unknown[], fields(row.kwargs, mark));
  if (row.call === "exception_without_error") logger.exception(...args);
  else if (row.call === "exception_in_handler") {
    try {
      throw errorOf(row.raises as ErrorParts);
    } catch (error) {
      logger.exception(error, ...args);
    }
  } else logger.log(row.level ?? "INFO", ...args);
}

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  integer: Number.isInteger,
  number: (value) => typeof value === "number",
  boolean: (value) => typeof value === "boolean",
  null: (value) => value === null,
};

/** The value, where its type alone is asked for and is right: any. */
function typed(expected: unknown, got: unknown): unknown {
  if (typeof expected !== "object" || expected === null || Array.isArray(expected)) return got;
  const type = (expected as Values)["$type"];
  if (type !== undefined) return TYPES[String(type)]?.(got) ? ANY : got;
  if (typeof got !== "object" || got === null) return got;
  return Object.fromEntries(Object.entries(got).map(([key, value]) => [key, typed((expected as Values)[key], value)]));
}

export const serialize: Runner<SerializeRow> = {
  table: "serialize",
  run(row) {
    const written = line(row);
    const parsed = JSON.parse(written) as Record<string, unknown> & { readonly text: string; readonly record: Values };
    const lines = parsed.text.trimEnd().split("\n");
    const { text_first_line: first, text_last_line: last } = row;
    return {
      expected: {
        line: row.expected,
        ...(first !== undefined && { first }),
        ...(last !== undefined && { last }),
        oneLine: true,
        keys: row.key_order.top,
        recordKeys: row.key_order.record,
      },
      got: {
        line: typed(row.expected, parsed),
        ...(first !== undefined && { first: lines[0] }),
        ...(last !== undefined && { last: lines.at(-1) }),
        oneLine: written.indexOf("\n") === written.length - 1,
        keys: Object.keys(parsed),
        recordKeys: Object.keys(parsed.record),
      },
    };
  },
};
