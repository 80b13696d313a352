import { type Captured, captureSites, type Engine, sitesOf, wantSites } from "../record/call-sites.ts";
import { type Caller, type CallerSource, callerOf } from "../record/caller.ts";
import type { Level } from "../record/level.ts";
import { knownCaller, learnCaller } from "../record/tagged.ts";
import { type Core, log } from "./call.ts";

/**
 * A level method: logs one message. Works detached: `promise.catch(logger.error)`.
 *
 * Template first: `info("user {id}", { id })`; tagged: info`user ${id}`; Error first: `error(err, "save failed")`;
 * fields first: `info({ id }, "login")`; or any value. Never throws (but with `strict` or `catch: false`).
 */
export type LogMethod = (message?: unknown, ...values: unknown[]) => void;

/**
 * All level methods come from here, so that they behave alike and custom levels are no different.
 *
 * @param name of a level that is there
 */
export function makeMethod(core: Core, name: string): LogMethod {
  const { hub } = core;
  const { levels } = hub;
  let level = levels.get(name) as Level;
  let { revision } = levels;
  const { no } = level;
  const { depth } = core.options;
  // One for all calls: the engine takes its time to give an object a stack.
  let holder = new StackHolder();
  const method = (...args: unknown[]): void => {
    // A level's number never changes, so a call that nobody wants is this comparison.
    if (no < hub.threshold) return;
    let caller: Caller | null | undefined;
    if (no >= hub.callerThreshold) {
      caller = knownCaller(args[0], no, depth);
      if (caller === undefined) {
        // Here, where the stack is shortest: each frame between the caller and the capture is paid for at each record, and so is each
        // variable of this function.
        wantSites(depth + 1);
        try {
          (Error as unknown as Engine).captureStackTrace?.(holder, method);
        } catch {
          // Somebody has wrapped it. What the holder has is of an earlier call.
          holder = new StackHolder();
        }
        caller = callerIn(holder, source, args[0], no);
      }
    }
    if (revision !== levels.revision) {
      // Its colour or icon may be another one.
      level = levels.get(name) ?? level;
      revision = levels.revision;
    }
    log(core, level, args, source, null, caller);
  };
  const source: CallerSource = { skip: method, depth };
  return method;
}

/** An object that the engine gives a stack to, again and again. */
class StackHolder implements Captured {
  declare stack?: unknown;
}

/** The caller in what the engine has given as the stack above a method. */
function callerIn(holder: Captured, { skip, depth }: CallerSource, first: unknown, level: number): Caller | null {
  const sites = sitesOf(holder) ?? captureSites(skip, depth + 1);
  if (sites === null) return null;
  try {
    const caller = callerOf(sites[depth]);
    // The holder still has them, and a call site holds on to the objects of its frame.
    sites.length = 0;
    if (caller !== null) learnCaller(first, level, caller, depth);
    return caller;
  } catch {
    // Somebody else's preparation, which cannot be replaced, gives other things for call sites.
    return null;
  }
}
