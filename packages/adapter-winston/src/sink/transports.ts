import { data, isWinstonLogger } from "../propagate/winston-logger.ts";

/** A winston transport of any copy and version: parameter types are structural, so that none is refused for its version. */
export interface WinstonTransport {
  log?(info: never, next: never): unknown;
  write(info: never): boolean;
  on(event: never, listener: never): unknown;
  emit(event: never, argument: never): boolean;
}

/** A transport that was written for winston 2: no stream, and `log` with the level, message and metadata apart. */
export interface LegacyWinstonTransport {
  log(level: never, message: never, meta: never, callback: never): unknown;
  on(event: never, listener: never): unknown;
}

/** True for a winston transport: a stream in object mode with `log(info, next)`. */
export function isWinstonTransport(value: unknown): value is WinstonTransport {
  const log = data(value, "log");
  const state = data(value, "_writableState") as { readonly objectMode?: unknown } | undefined;
  return (
    typeof log === "function" &&
    log.length <= 2 &&
    typeof data(value, "child") !== "function" &&
    state?.objectMode === true
  );
}

/** True for a transport that was written for winston 2. */
export function isLegacyTransport(value: unknown): value is LegacyWinstonTransport {
  const log = data(value, "log");
  const events = typeof data(value, "on") === "function" && typeof data(value, "emit") === "function";
  return (
    typeof log === "function" &&
    log.length > 2 &&
    events &&
    typeof data(value, "info") !== "function" &&
    !isWinstonLogger(value)
  );
}
