import {
  checkInterceptOptions,
  logger as globalLogger,
  type Interception,
  type InterceptOptions,
  interception,
  type Method,
  openPort,
  type PatchSite,
  patchMethod,
} from "@logbridge/core";
import { follow, wrapEnabled } from "./intercept/follower.ts";
import { wrapTransform, wrapWrite } from "./intercept/hooks.ts";
import { enterPlace } from "./intercept/overlap.ts";
import { patchChild, placeOf, type WinstonModule } from "./intercept/place.ts";
import { BRIDGE, type Self, type Subscriber } from "./intercept/subscriber.ts";
import type { WinstonLogger } from "./propagate/winston-logger.ts";

/**
 * Takes in what a winston logger, or every logger of a copy of winston, logs.
 *
 * Stage "formatted" (default): after the logger's own format, so that what it hides or drops stays hidden and dropped; the format
 * runs once for each record, and the transports' bytes are the same as without us.
 *
 * A second interception of the same loggers for the same logger of ours is reported (LB1563): each line comes in twice.
 *
 * @param target the winston module (all its loggers, made before or after), or one logger (with its children) or one child
 * @throws LogbridgeTypeError LB1514 for another target, and the errors of `checkInterceptOptions`
 * @example
 * const interception = interceptWinston(winston);
 * // …
 * interception.restore();
 */
export function interceptWinston(target: WinstonModule | WinstonLogger, options: InterceptOptions = {}): Interception {
  checkInterceptOptions(options, "interceptWinston", []);
  const place = placeOf(target);
  const port = openPort(BRIDGE, options, globalLogger);
  const logger = options.logger ?? globalLogger;
  const follower = port.follows && !place.child ? follow(port) : null;
  const subscriber: Subscriber = { logger, port, follower, concerns: place.concerns };
  const patch = (key: string, wrap: (site: PatchSite<Subscriber>) => unknown): (() => void) =>
    patchMethod(place.holder, key, subscriber, (site) => wrap(site) as Method);
  const leave = [enterPlace(place, logger), patch("write", wrapWrite), patch("_transform", wrapTransform)];
  if (follower) leave.push(patch("isLevelEnabled", wrapEnabled), () => follower.end());
  if (place.logger) follower?.meet(place.logger as Self);
  if (place.child) leave.push(...patchChild(place.child));
  return interception(BRIDGE.name, () => {
    for (const one of leave.reverse()) one();
    port.close();
  });
}
