import { isLogger, LogbridgeTypeError, type Logger } from "@logbridge/core";
import type { Logger as TheirLogger } from "winston";
import { rootOfFacade } from "./facade/root.ts";

/**
 * Our logger as a winston logger, for libraries and frameworks that demand one: every call goes to `logger`, whose bound values, name,
 * patchers and handlers apply.
 *
 * It has the methods of winston's three sets of levels and of the logger's own levels, all of which work detached. `%s` and the like are
 * filled, objects are fields, an Error is the exception. `level` follows the logger until it is set; then it limits this facade or child.
 *
 * @throws LogbridgeTypeError LB1517 where it is no logger
 * @example
 * app.use(expressWinston.logger({ winstonInstance: asWinston(logger) }));
 */
export function asWinston(logger: Logger): TheirLogger {
  if (!isLogger(logger))
    throw new LogbridgeTypeError(
      "LB1517",
      "asWinston(): expected a logger, as logger or createLogger() of @logbridge/core",
    );
  return rootOfFacade(logger) as unknown as TheirLogger;
}
