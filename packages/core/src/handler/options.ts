import { platform } from "#platform";
import { LogbridgeError, LogbridgeTypeError, shown } from "../diagnostics.ts";
import type { LogRecord } from "../record/record.ts";
import { checkFileOptions, FILE_OPTION_NAMES, type FileOptions, LATER_FILE_OPTIONS } from "../sinks/file/options.ts";
import type { SinkNeeds } from "../sinks/sink.ts";
import type { Filter } from "./filter.ts";

/** How sure it is that records which a sink refused are lost: it may work again, it will not, or the process is ending. */
export type FailureKind = "temporary" | "permanent" | "final";

/** A shape of JSON, or a function that makes the line. */
export type Serialize<Extra extends object = Record<string, unknown>> =
  | boolean
  | "flat"
  | ((record: LogRecord<Extra>) => string);

/** Options of `add()`. Defaults may come from `LOGBRIDGE_…` variables. */
export interface HandlerOptions<Extra extends object = Record<string, unknown>> {
  /** The lowest level that the handler takes, by name or number. Default `"DEBUG"`. */
  readonly level?: string | number;
  /** A template, or a function that gives one for each record. Default: Loguru's coloured line. */
  readonly format?: string | ((record: LogRecord<Extra>) => string);
  readonly filter?: Filter<Extra>;
  /** Colours in the text. Default: what the terminal, `NO_COLOR` and `FORCE_COLOR` say. */
  readonly colorize?: boolean;
  /** JSON instead of text: `true` is Loguru's shape, `"flat"` one flat object a line. Default `false`. */
  readonly serialize?: Serialize<Extra>;
  /** Exceptions show the whole stack of the error and its causes. Default `true`. */
  readonly backtrace?: boolean;
  /** Exceptions show the source line of their first frame. Default `true`. */
  readonly diagnose?: boolean;
  /** An error of the sink is reported and kept from the application. Default `true`. */
  readonly catch?: boolean;
  /** `add()` with the key of an earlier handler replaces that one. */
  readonly key?: string;
  /** Changes the record for this handler alone. */
  readonly patch?: (record: LogRecord<Extra>) => void;
  /** `"lines"`: newlines of messages and values are escaped too, so that one record is one line. */
  readonly escape?: "lines";
  /** Takes what could not be delivered, instead of the report on stderr. */
  readonly onError?: (kind: FailureKind, records: readonly LogRecord[], error: unknown) => void;
  /** What a function sink reads. */
  readonly needs?: SinkNeeds;
}

/** The type of each option, for checking. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  level: ["string", "number"],
  format: ["string", "function"],
  filter: ["function", "string", "object"],
  colorize: ["boolean"],
  serialize: ["boolean", "string", "function"],
  backtrace: ["boolean"],
  diagnose: ["boolean"],
  catch: ["boolean"],
  key: ["string"],
  patch: ["function"],
  escape: ["string"],
  onError: ["function"],
  needs: ["object"],
};

const LATER: Readonly<Record<string, string>> = {
  enqueue: 'use durability "gathered" for a file, or a sink of your own that keeps a queue',
  redact: "redact in a patcher: logger.patch((record) => { record.extra = … })",
};

/** Options of a file, known to belong to another kind of sink when that is what was added. */
export type AddOptions<Extra extends object = Record<string, unknown>> = HandlerOptions<Extra> & FileOptions;

/**
 * Checks names and types of the options, at `add()` and not at the first log call.
 *
 * @throws LogbridgeError LB1002 for an unknown name, LB1009 for an option that this version lacks, LogbridgeTypeError LB1004 for a wrong type
 */
export function checkOptions(options: unknown, isFile: boolean, label: string): void {
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw new LogbridgeTypeError("LB1004", `add(): options must be an object, got ${shown(options)}`);
  for (const [name, value] of Object.entries(options)) {
    const later = LATER[name] ?? (isFile ? LATER_FILE_OPTIONS[name] : undefined);
    if (later !== undefined) {
      if (value === undefined || value === null || value === false) continue;
      throw new LogbridgeError("LB1009", `add(): option ${name} is not available in this version; ${later}`);
    }
    const isFileOption = FILE_OPTION_NAMES.includes(name) || name in LATER_FILE_OPTIONS;
    if (isFileOption && !isFile)
      throw new LogbridgeTypeError("LB1002", `add(): option ${name} belongs to a file, and this sink is a ${label}`);
    if (isFileOption || value === undefined) continue;
    const types = TYPES[name];
    if (!types)
      throw new LogbridgeError(
        "LB1002",
        `add(): unknown option ${shown(name)}${suggestion(name)}; allowed are ${allowed(isFile)}`,
      );
    if (name === "filter" && value === null) continue;
    if (name === "level" && typeof value !== "string" && typeof value !== "number") continue;
    if (!types.includes(typeof value) || value === null)
      throw new LogbridgeTypeError(
        "LB1004",
        `add(): option ${name} must be a ${types.join(" or a ")}, got ${shown(value)}`,
      );
  }
  if (isFile) checkFileOptions(options as FileOptions);
  checkWords(options as HandlerOptions);
}

function checkWords({ serialize, escape }: HandlerOptions): void {
  if (typeof serialize === "string" && serialize !== "flat") {
    const named = ["ecs", "gcp", "logfmt"].includes(serialize);
    throw new LogbridgeError(
      named ? "LB1009" : "LB1004",
      `add(): serialize ${shown(serialize)} is ${named ? "not available in this version" : "unknown"}; allowed are true, false, "flat" or a function that makes the line`,
    );
  }
  if (escape !== undefined && escape !== "lines")
    throw new LogbridgeError("LB1004", `add(): option escape must be "lines", got ${shown(escape)}`);
}

function allowed(isFile: boolean): string {
  return [...Object.keys(TYPES), ...(isFile ? FILE_OPTION_NAMES : [])].join(", ");
}

function suggestion(name: string): string {
  const lower = name.toLowerCase().replace(/[_-]/g, "").replace("colour", "color");
  const close = [...Object.keys(TYPES), ...FILE_OPTION_NAMES].find((known) => known.toLowerCase() === lower);
  return close ? ` (did you mean ${close}?)` : "";
}

/** Loguru's default format. */
export const DEFAULT_FORMAT =
  "<green>{time:YYYY-MM-DD HH:mm:ss.SSS}</green> | <level>{level: <8}</level> | <cyan>{name}</cyan>:<cyan>{function}</cyan>:<cyan>{line}</cyan> - <level>{message}</level>";

/** The default of an option, from its `LOGBRIDGE_…` variable where that is set. @throws LogbridgeError LB1013 */
export function defaultOption(
  name: "LEVEL" | "FORMAT" | "COLORIZE" | "SERIALIZE" | "BACKTRACE" | "DIAGNOSE" | "CATCH",
): string | boolean | undefined {
  const value = platform.env(`LOGBRIDGE_${name}`);
  if (value === undefined || value === "") return undefined;
  if (name === "LEVEL" || name === "FORMAT") return value;
  if (/^(1|true|yes|on|y|t)$/i.test(value)) return true;
  if (/^(0|false|no|off|n|f)$/i.test(value)) return false;
  throw new LogbridgeError(
    "LB1013",
    `LOGBRIDGE_${name}=${shown(value)}: expected a truth value such as 1, true, 0 or false`,
  );
}

/** Are colours wanted, when `colorize` does not say it? */
export function wantsColors(sinkShowsColors: boolean): boolean {
  const asked = defaultOption("COLORIZE");
  if (typeof asked === "boolean") return asked;
  const forced = platform.env("FORCE_COLOR");
  if (platform.env("NO_COLOR")) return false;
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false";
  return sinkShowsColors;
}
