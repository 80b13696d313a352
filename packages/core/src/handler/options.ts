import { LogbridgeError, LogbridgeTypeError, shown } from "../diagnostics.ts";
import type { LogRecord } from "../record/record.ts";
import { checkFileOptions, FILE_OPTION_NAMES, type FileOptions, LATER_FILE_OPTIONS } from "../sinks/file/options.ts";
import type { SinkNeeds } from "../sinks/sink.ts";
import { defaultOption, SHAPES, type Shape } from "./defaults.ts";
import type { Filter } from "./filter.ts";

/** How sure it is that records which a sink refused are lost: it may work again, it will not, or the process is ending. */
export type FailureKind = "temporary" | "permanent" | "final";

/** A shape of JSON, or a function that makes the line. */
export type Serialize<Extra extends object = Record<string, unknown>> =
  | boolean
  | Shape
  | ((record: LogRecord<Extra>) => string);

/** Options of `add()`. Defaults may come from `LOGBRIDGE_…` variables. */
export interface HandlerOptions<Extra extends object = Record<string, unknown>> {
  /** The lowest level that the handler takes, by name or number. Default `"DEBUG"`. */
  readonly level?: string | number;
  /** A template, or a function that gives one for each record. Default: Loguru's coloured line. */
  readonly format?: string | ((record: LogRecord<Extra>) => string);
  /**
   * Which records the handler takes: a function, the name of a module, levels by module name, `sample()`, `throttle()`, or a list of these
   * that must all accept. Default: all.
   */
  readonly filter?: Filter<Extra>;
  /** Colours in the text. Default: what the terminal, `NO_COLOR` and `FORCE_COLOR` say. */
  readonly colorize?: boolean;
  /**
   * JSON instead of text: `true` is Loguru's shape, `"flat"` one flat object a line, `"ecs"` the Elastic Common Schema, `"gcp"`
   * Google Cloud Logging; `"logfmt"` is `key=value` on one line. Default `false`.
   */
  readonly serialize?: Serialize<Extra>;
  /** Exceptions show the frames above the catch point too, and mark it with `>`. Default `true`. */
  readonly backtrace?: boolean;
  /** Exceptions show the source around the failing line; `"values"`: also variables, which may be secrets. Default `true`. */
  readonly diagnose?: boolean | "values";
  /** An error of the sink is reported and kept from the application. Default `true`. */
  readonly catch?: boolean;
  /** `add()` with the key of an earlier handler replaces that one. */
  readonly key?: string;
  /** Changes the record for this handler alone. */
  readonly patch?: (record: LogRecord<Extra>) => void;
  /**
   * Paths of values that this handler shows as `[REDACTED]`: `"password"`, `"user.card.number"`, `"users[*].name"`, `"**.token"`. They
   * start at the call's values (`extra`), and apply to arguments and to the properties of errors too, before the message is filled.
   */
  readonly redact?: readonly string[];
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
  diagnose: ["boolean", "string"],
  catch: ["boolean"],
  key: ["string"],
  patch: ["function"],
  redact: ["object"],
  escape: ["string"],
  onError: ["function"],
  needs: ["object"],
};

const LATER: Readonly<Record<string, string>> = {
  enqueue: 'use durability "gathered" for a file, or a sink of your own that keeps a queue',
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
    // Paths are checked where they are compiled, by what a path may be.
    if ((name === "filter" && value === null) || name === "redact") continue;
    if (name === "level" && typeof value !== "string" && typeof value !== "number") continue;
    if (!types.includes(typeof value) || value === null)
      throw new LogbridgeTypeError(
        "LB1004",
        `add(): option ${name} must be a ${types.join(" or a ")}, got ${shown(value)}`,
      );
  }
  if (!("enqueue" in options) && defaultOption("ENQUEUE"))
    throw new LogbridgeError(
      "LB1009",
      `LOGBRIDGE_ENQUEUE: enqueue is not available in this version; ${LATER["enqueue"]}`,
    );
  if (isFile) checkFileOptions(options as FileOptions);
  checkWords(options as HandlerOptions);
}

function checkWords({ serialize, escape, diagnose }: HandlerOptions): void {
  if (typeof diagnose === "string" && diagnose !== "values")
    throw new LogbridgeError(
      "LB1004",
      `add(): option diagnose must be true, false or "values", got ${shown(diagnose)}`,
    );
  if (typeof serialize === "string" && !(SHAPES as readonly string[]).includes(serialize))
    throw new LogbridgeError(
      "LB1004",
      `add(): serialize ${shown(serialize)} is unknown; allowed are true, false, ${SHAPES.map((shape) => `"${shape}"`).join(", ")} or a function that makes the line`,
    );
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
