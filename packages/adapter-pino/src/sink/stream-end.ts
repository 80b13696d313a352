import { LogbridgeError } from "@logbridge/core";
import { isGone, type Stream } from "../propagate/stream.ts";

const CLOSE_MS = 10_000;

/** Ended, or one of pino's own that met a closed pipe: pino then makes all its methods do nothing. */
export function isDead(leaf: Stream): boolean {
  return isGone(leaf) || (typeof leaf.flushSync === "function" && leaf.write === (leaf.flushSync as unknown));
}

/**
 * Ends a stream and resolves when it has closed, but not later than the deadline.
 *
 * @param isStuck it was waited for in vain, and that was said: it is given up at once
 */
export function endOf(leaf: Stream, isStuck: boolean): Promise<void> {
  const isStandard = leaf.fd === 1 || leaf.fd === 2;
  if (isStandard || isDead(leaf) || leaf.writableEnded || typeof leaf.end !== "function") return Promise.resolve();
  if (isStuck) {
    leaf.end();
    giveUp(leaf);
    return Promise.resolve();
  }
  // A worker lets the process go as soon as it is ready; its file is closed only if somebody waits.
  leaf.ref?.();
  const { autoDestroy = true, emitClose = true } =
    (leaf as { _writableState?: { autoDestroy?: boolean; emitClose?: boolean } })._writableState ?? {};
  return new Promise((resolve, reject) => {
    const late = (): void => {
      giveUp(leaf);
      reject(new LogbridgeError("LB1407", `the destination of a pino sink has not closed for ${CLOSE_MS} ms`));
    };
    const timer = setTimeout(late, CLOSE_MS);
    let watch: ReturnType<typeof setInterval> | undefined;
    const done = (): void => {
      clearTimeout(timer);
      clearInterval(watch);
      resolve();
    };
    leaf.on?.(autoDestroy && emitClose ? "close" : "finish", done);
    leaf.on?.("error", () => {
      giveUp(leaf);
      done();
    });
    leaf.on?.("finish", () => {
      let rests = 0;
      watch ??= setInterval(() => {
        rests = neverCloses(leaf) ? rests + 1 : 0;
        if (rests >= RESTS) done();
      }, REST_MS);
    });
    leaf.end?.();
    if (typeof leaf.on !== "function") done();
  });
}

/** What does not end by itself must not keep the process alive: no worker, and no file destination, which tries for ever at exit. */
function giveUp(leaf: Stream): void {
  leaf.unref?.();
  if (typeof leaf._len === "number") leaf.destroy?.();
}

const REST_MS = 50;
const RESTS = 10;

/**
 * Has a stream that has finished everything behind it, without having begun to close? One that overrides `destroy()` never closes, nor does
 * one whose output nobody reads.
 */
function neverCloses(leaf: Stream): boolean {
  if (leaf.destroyed !== false || leaf.worker !== undefined || typeof leaf._len === "number") return false;
  const { readableEnded, readableFlowing } = leaf;
  return readableFlowing === undefined || readableEnded === true || (readableFlowing === null && !isRead(leaf));
}

function isRead(leaf: Stream): boolean {
  return ["data", "readable"].some((event) => (leaf.listenerCount?.(event) ?? 0) > 0);
}
