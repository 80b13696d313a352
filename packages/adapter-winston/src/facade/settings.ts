import { LogbridgeError } from "@logbridge/core";
import type { WinstonLevels } from "../levels.ts";
import type { WinstonFormat } from "../map/info.ts";
import type { WinstonTransport } from "../sink/transports.ts";
import type { MakeMethod } from "./faces.ts";
import type { Speaker } from "./methods.ts";
import type { Outputs } from "./outputs.ts";
import type { Shared } from "./scope.ts";
import type { UncaughtErrors } from "./uncaught.ts";

/** What a facade is made of, for the methods that change it. */
export interface Parts {
  readonly speaker: Speaker;
  readonly shared: Shared;
  readonly outputs: Outputs;
  readonly exceptions: UncaughtErrors;
  readonly rejections: UncaughtErrors;
  useLevels(levels: WinstonLevels): void;
}

/** What `configure()` takes, as winston's does. */
interface Settings {
  readonly silent?: boolean;
  readonly format?: WinstonFormat;
  readonly levels?: WinstonLevels;
  readonly level?: string;
  readonly defaultMeta?: unknown;
  readonly exitOnError?: unknown;
  readonly transports?: unknown;
  readonly exceptionHandlers?: unknown;
  readonly rejectionHandlers?: unknown;
}

/** What a transport says of itself. */
interface Handling {
  readonly handleExceptions?: unknown;
  readonly handleRejections?: unknown;
}

/** What cannot be done by a logger that has no transports of its own, and what to do instead. */
const IMPOSSIBLE: Readonly<Record<string, string>> = {
  query: "a handler's output is not read back; read the file with parse()",
  stream: "a handler's output is not read back; follow the file, or add a function as a handler",
  cli: "winston 3 has none either; give the handler a format, as logger.add(sink, { format })",
  setLevels: "winston 3 has none either; use logger.level(name, { no })",
};

/** The methods that set a facade up: the same chaining as winston's. */
export function settingMethods(parts: Parts): ReadonlyMap<string, MakeMethod> {
  const { speaker, shared, outputs, exceptions, rejections } = parts;
  const chained =
    (run: (face: object, ...args: unknown[]) => void): MakeMethod =>
    (face) =>
    (...args: unknown[]) => {
      run(face, ...args);
      return face;
    };
  const add = (face: object, transport: unknown): void => {
    const { level } = speaker.scopeOf(face);
    outputs.add(transport as WinstonTransport, { format: shared.format, levels: shared.levels, level });
    const { handleExceptions, handleRejections } = transport as Handling;
    if (handleExceptions) exceptions.handle();
    if (handleRejections) rejections.handle();
  };
  const methods = new Map<string, MakeMethod>([
    ["add", chained(add)],
    ["remove", chained((_face, transport) => outputs.remove(transport as object))],
    ["clear", chained(() => outputs.clear())],
    [
      "close",
      chained((face) => {
        exceptions.unhandle();
        rejections.unhandle();
        outputs.clear();
        (face as { emit(event: string): void }).emit("close");
      }),
    ],
    [
      "configure",
      (face) =>
        (settings: Settings = {}) => {
          configure(face as Configured, settings, parts);
          for (const one of list(settings.transports)) add(face, one);
        },
    ],
    ["handleExceptions", chained((_face, ...transports) => exceptions.handle(...transports))],
    ["unhandleExceptions", chained(() => exceptions.unhandle())],
    [
      "getHighestLogLevel",
      (face) => () => {
        const { level } = speaker.scopeOf(face);
        return shared.levels[level] ?? null;
      },
    ],
  ]);
  for (const [name, instead] of Object.entries(IMPOSSIBLE)) methods.set(name, () => impossible(name, instead));
  return methods;
}

/** The properties of a facade that `configure()` sets. */
interface Configured {
  silent: boolean;
  format: WinstonFormat | undefined;
  level: string | undefined;
  defaultMeta: unknown;
  exitOnError: unknown;
}

function configure(face: Configured, settings: Settings, { outputs, exceptions, rejections, useLevels }: Parts): void {
  const { silent, format, levels, level, defaultMeta, exitOnError = true } = settings;
  outputs.clear();
  exceptions.unhandle();
  rejections.unhandle();
  face.silent = Boolean(silent);
  if (format) face.format = format;
  if (levels) useLevels(levels);
  face.level = level;
  face.defaultMeta = defaultMeta ?? null;
  face.exitOnError = exitOnError;
  const { exceptionHandlers, rejectionHandlers } = settings;
  if (exceptionHandlers) exceptions.handle(...list(exceptionHandlers));
  if (rejectionHandlers) rejections.handle(...list(rejectionHandlers));
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value ? [value] : [];
}

/** As winston reports it: to the callback where there is one. */
function impossible(name: string, instead: string): (...args: unknown[]) => void {
  return (...args) => {
    const error = new LogbridgeError("LB1519", `asWinston(): ${name}() is not possible: ${instead}`);
    const callback = args.find((one) => typeof one === "function") as ((error: unknown) => void) | undefined;
    if (!callback) throw error;
    process.nextTick(callback, error);
  };
}
