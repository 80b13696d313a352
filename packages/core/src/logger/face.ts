import { captureSites } from "../record/call-sites.ts";
import type { CallerSource } from "../record/caller.ts";
import type { Level } from "../record/level.ts";
import { isKnownPlace } from "../record/tagged.ts";
import { type Core, log } from "./call.ts";

/**
 * A level method: logs one message. Works detached: `promise.catch(logger.error)`.
 *
 * Template first: `info("user {id}", { id })`; tagged: info`user ${id}`; Error first: `error(err, "save failed")`;
 * fields first: `info({ id }, "login")`; or any value. Never throws (but with `strict` or `catch: false`).
 */
export type LogMethod = (message?: unknown, ...values: unknown[]) => void;

/** All level methods come from here, so that they behave alike and custom levels are no different. */
export function makeMethod(core: Core, level: () => Level): LogMethod {
  const { hub } = core;
  const { no } = level();
  const method = (...args: unknown[]): void => {
    // A level's number never changes, so a call that nobody wants is this comparison.
    if (no < hub.threshold) return;
    // The stack is looked at here, where it is shortest.
    const sites =
      no >= hub.callerThreshold && !isKnownPlace(args[0], no, depth) ? captureSites(method, depth + 1) : undefined;
    log(core, level(), args, source, null, sites);
  };
  const { depth } = core.options;
  const source: CallerSource = { skip: method, depth };
  return method;
}
