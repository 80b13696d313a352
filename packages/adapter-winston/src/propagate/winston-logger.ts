import type { WinstonLevels } from "../levels.ts";

/** A winston logger, as far as it is used here: any copy and version from 3.2. */
export interface WinstonLogger {
  readonly levels: WinstonLevels;
  level: string;
  silent?: boolean;
  readonly transports: readonly unknown[];
  readonly defaultMeta?: unknown;
  readonly format?: unknown;
  write(info: never): unknown;
  isLevelEnabled?(level: string): boolean;
}

/** Marks what `asWinston()` gives, in every copy of this package: it is no way out. */
export const FACADE: unique symbol = Symbol.for("logbridge.winston.facade") as never;

/** True for a winston logger or one of its children. */
export function isWinstonLogger(value: unknown): value is WinstonLogger {
  if (data(value, FACADE) !== undefined) return false;
  if (typeof value !== "object" || value === null || typeof data(value, "configure") !== "function") return false;
  const logger = value as { levels?: unknown; transports?: unknown; write?: unknown };
  return typeof logger.levels === "object" && Array.isArray(logger.transports) && typeof logger.write === "function";
}

/** The property without running a getter, own or inherited. */
export function data(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  for (let at: object | null = value; at; at = Object.getPrototypeOf(at) as object | null) {
    const found = Object.getOwnPropertyDescriptor(at, key);
    if (found) return found.value;
  }
  return undefined;
}

/** The logger that a child was made from, over all generations. */
export function rootOf(logger: object): object {
  for (let at: object | null = logger; at; at = Object.getPrototypeOf(at) as object | null)
    if (Object.hasOwn(at, "_readableState")) return at;
  return logger;
}
