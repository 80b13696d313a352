import {
  logger as globalLogger,
  type InboundPort,
  isLogger,
  LogbridgeError,
  LogbridgeTypeError,
  type Logger,
  openPort,
  report,
  severityOfName,
} from "@logbridge/core";
// By winston's name: a default import in the declarations would ask users of CommonJS for `esModuleInterop`.
import type { transport as TheirTransport } from "winston";
import TransportStream from "winston-transport";
import { BRIDGE } from "./intercept/subscriber.ts";
import { inboundLevel, levelAt, NPM_LEVELS, type WinstonLevels } from "./levels.ts";
import { type Info, LEVEL, type WinstonFormat } from "./map/info.ts";
import { isWinstonLogger } from "./propagate/winston-logger.ts";
import { arrivalOf } from "./transport/arrival.ts";
import { isLate } from "./transport/lateness.ts";

/** Options of `logbridgeTransport`: those of every winston transport, and where records go. */
export interface LogbridgeTransportOptions {
  /** Where records go. Default: the global `logger`. */
  readonly logger?: Logger;
  /** The least severe level that is passed on, a name of the winston logger's (LB1564 for another). Default: that logger's level. */
  readonly level?: string;
  /** A winston format that runs after the logger's own. */
  readonly format?: WinstonFormat;
  /** `true`: nothing is passed on. Default `false`. */
  readonly silent?: boolean;
  /** Takes what winston logs of uncaught exceptions. Default `false`. */
  readonly handleExceptions?: boolean;
  /** Takes what winston logs of unhandled rejections. Default `false`. */
  readonly handleRejections?: boolean;
}

const NAMES: readonly string[] = ["logger", "level", "format", "silent", "handleExceptions", "handleRejections"];

class LogbridgeTransport extends TransportStream {
  readonly name = "logbridge";
  readonly #logger: Logger;
  #port: InboundPort | null = null;

  constructor({ logger = globalLogger, ...options }: LogbridgeTransportOptions) {
    super(options as TransportStream.TransportStreamOptions);
    this.#logger = logger;
    this.on("pipe", () => this.#checkLevel());
  }

  /** What the levels are is known when a logger takes the transport. One that is in no table would let nothing pass. */
  #checkLevel(): void {
    const { level, levels } = this as { readonly level?: string; readonly levels?: WinstonLevels };
    if (!level || !levels || Object.hasOwn(levels, level)) return;
    const no = severityOfName(level);
    const meant = no === null ? undefined : levelAt(no, levels);
    report(
      "LB1564",
      `logbridgeTransport(): the winston logger has no level ${JSON.stringify(level)}, only ${Object.keys(levels).join(", ")}; ${meant === undefined ? "its own level decides" : `${JSON.stringify(meant)} is used`}`,
    );
    if (meant === undefined) delete (this as { level?: string }).level;
    else this.level = meant;
  }

  override log(info: Info, next?: () => void): void {
    try {
      this.#take(info);
    } finally {
      this.emit("logged", info);
      next?.();
    }
  }

  #take(info: Info): void {
    this.#port ??= openPort(BRIDGE, { mode: "tee" }, this.#logger);
    const port = this.#port;
    const { parent, levels = NPM_LEVELS } = this as { readonly parent?: unknown; readonly levels?: WinstonLevels };
    const name = String(info[LEVEL] ?? info["level"] ?? "info");
    const level = inboundLevel(name, levels, port.levelNamed(name));
    if (!port.wants(level.no)) return;
    const { said, timeMs } = arrivalOf(info, formatsOf(this, parent));
    const { error, ...rest } = said;
    const skip = this.log;
    const rank = levels[name];
    port.deliver(
      {
        target: isWinstonLogger(parent) ? parent : this,
        level,
        ...rest,
        timeMs,
        ...(error && { error: error.value }),
        ...(port.needsCaller && isLate(skip) && { caller: null }),
        origin: { name: BRIDGE.name, level: { name, ...(rank !== undefined && { no: rank }) } },
      },
      skip,
    );
  }

  /** `finish` says that everything has left. */
  override _final(done: () => void): void {
    const end = (): void => {
      this.close();
      done();
    };
    this.#logger.complete().then(end, end);
  }

  override close(): void {
    this.#port?.close();
    this.#port = null;
  }
}

/** The logger's format, and the transport's own. */
function formatsOf(transport: object, parent: unknown): WinstonFormat[] {
  return [parent, transport]
    .map((one) => (one as { readonly format?: unknown } | null | undefined)?.format as WinstonFormat | null | undefined)
    .filter((format): format is WinstonFormat => typeof format?.transform === "function");
}

/**
 * A winston transport that hands records to us, for those who prefer winston's public interface to `interceptWinston()`.
 *
 * It gets what the logger's formats have made: level (custom ones too), message, fields, the error with its causes, `label` as the name,
 * and the time that `format.timestamp()` has noted. The caller is known unless a slow sibling has held the logger up.
 *
 * @throws LogbridgeTypeError LB1561 for a wrong option; LogbridgeError LB1002 for an unknown one
 * @example
 * winston.add(logbridgeTransport({ logger }));
 */
export function logbridgeTransport(options: LogbridgeTransportOptions = {}): TheirTransport {
  check(options);
  return new LogbridgeTransport(options);
}

function check(options: LogbridgeTransportOptions): void {
  if (typeof options !== "object" || options === null)
    throw new LogbridgeTypeError("LB1561", "logbridgeTransport(): options must be an object");
  for (const name of Object.keys(options))
    if (!NAMES.includes(name))
      throw new LogbridgeError(
        "LB1002",
        `logbridgeTransport(): unknown option ${JSON.stringify(name)}; allowed are ${NAMES.join(", ")}`,
      );
  const { logger, level, format } = options;
  if (logger !== undefined && !isLogger(logger))
    throw new LogbridgeTypeError(
      "LB1561",
      "logbridgeTransport(): option logger must be a logger, as logger or createLogger() of @logbridge/core",
    );
  if (level !== undefined && typeof level !== "string")
    throw new LogbridgeTypeError("LB1561", "logbridgeTransport(): option level must be a name of winston's levels");
  for (const name of ["silent", "handleExceptions", "handleRejections"] as const)
    if (options[name] !== undefined && typeof options[name] !== "boolean")
      throw new LogbridgeTypeError("LB1561", `logbridgeTransport(): option ${name} must be true or false`);
  if (format !== undefined && typeof (format as WinstonFormat | null)?.transform !== "function")
    throw new LogbridgeTypeError(
      "LB1561",
      "logbridgeTransport(): option format must be a winston format, as winston.format.json() makes it",
    );
}
