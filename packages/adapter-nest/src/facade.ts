import {
  type Bridge,
  type FacadePort,
  inspect,
  isLogger,
  LogbridgeTypeError,
  type Logger,
  openFacade,
  report,
} from "@logbridge/core";
import type { LoggerService } from "@nestjs/common";
import { isNamed, levelOf, NEST_LEVELS, type NestLevel } from "./levels.ts";
import { understand } from "./map.ts";

/** A logger as NestJS takes it: for `NestFactory.create(module, { logger })`, `app.useLogger` and as a provider. */
export interface NestLogger extends LoggerService {
  log(message: unknown, ...more: unknown[]): void;
  error(message: unknown, ...more: unknown[]): void;
  warn(message: unknown, ...more: unknown[]): void;
  debug(message: unknown, ...more: unknown[]): void;
  verbose(message: unknown, ...more: unknown[]): void;
  fatal(message: unknown, ...more: unknown[]): void;
  /** The levels that this facade passes on; the handlers' own levels apply too. */
  setLogLevels(levels: readonly NestLevel[]): void;
}

const BRIDGE: Bridge = { name: "nest", packages: ["@nestjs/common"], mode: "replace" };

/** What the methods of one facade share. */
interface Facade {
  readonly port: FacadePort;
  readonly context: string | undefined;
  levels: readonly NestLevel[];
  hasFailed: boolean;
}

function methodOf(facade: Facade, level: NestLevel): (...data: unknown[]) => void {
  const { port } = facade;
  const method = (...data: unknown[]): void => {
    try {
      const ours = levelOf(level, port.levelNamed);
      if (!port.wants(ours.no) || !isNamed(level, facade.levels)) return;
      const { error, context, ...said } = understand(level, data);
      const inbound = {
        ...said,
        ...(error && { error: error.value }),
        target: facade,
        level: ours,
        name: context || facade.context,
        origin: { name: BRIDGE.name, level: { name: level } },
      };
      port.deliver(inbound, method);
    } catch (error) {
      if (facade.hasFailed) return;
      facade.hasFailed = true;
      report("LB1592", `asNest(): a call could not be taken in: ${inspect(error)}`);
    }
  };
  return method;
}

/**
 * A logger as the `LoggerService` of NestJS.
 *
 * The text at the end of a call, its context, is the record's name. A stack that stands before it, an error among the messages or
 * instead of one, is the exception. Objects are in the text and in `extra`; all messages of a call are one record. Every method
 * works detached.
 *
 * @param context the record's name where a call has no context; default: the logger's own, else the caller's module
 * @throws LogbridgeTypeError LB1590 where it is no logger, or the context no text
 * @example
 * const app = await NestFactory.create(AppModule, { logger: asNest(logger) });
 */
export function asNest(logger: Logger, context?: string): NestLogger {
  if (!isLogger(logger))
    throw new LogbridgeTypeError(
      "LB1590",
      `asNest(): expected a logger, as logger or createLogger() of @logbridge/core, got ${inspect(logger)}`,
    );
  if (context !== undefined && typeof context !== "string")
    throw new LogbridgeTypeError("LB1590", `asNest(): the context must be a text, got ${inspect(context)}`);
  const facade: Facade = { port: openFacade(BRIDGE, logger), context, levels: NEST_LEVELS, hasFailed: false };
  const methods = Object.fromEntries(NEST_LEVELS.map((level) => [level, methodOf(facade, level)]));
  return {
    ...(methods as Omit<NestLogger, "setLogLevels">),
    setLogLevels(levels) {
      if (!Array.isArray(levels) || !levels.every((level) => NEST_LEVELS.includes(level)))
        throw new LogbridgeTypeError(
          "LB1591",
          `setLogLevels(): expected an array of ${NEST_LEVELS.join(", ")}, got ${inspect(levels)}`,
        );
      facade.levels = [...(levels as readonly NestLevel[])];
    },
  };
}
