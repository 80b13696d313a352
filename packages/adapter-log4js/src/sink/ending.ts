import { LogbridgeError } from "@logbridge/core";
import type { Log4jsAppender } from "./appender.ts";
import { giveBack } from "./lent-functions.ts";
import { type Room, reach } from "./room.ts";

const PATIENCE_MS = 10_000;

/** True for an appender that works behind the call: only when it has been shut down it is known to have delivered. */
export function mustEnd(appender: Log4jsAppender): boolean {
  return typeof appender.shutdown === "function";
}

/**
 * Ends appenders, those before others first: what they hand on at their end must find an open one.
 *
 * @returns the errors of those that could not be ended
 */
export async function endRooms(rooms: readonly Room[]): Promise<ReadonlyMap<Room, unknown>> {
  const failures = new Map<Room, unknown>();
  let left = rooms;
  while (left.length > 0) {
    const foremost = left.filter((room) => !left.some((other) => other !== room && reach(other).includes(room)));
    await Promise.all(
      foremost.map(async (room) => {
        const error = await endRoom(room);
        if (error !== undefined) failures.set(room, error);
      }),
    );
    left = left.filter((room) => !foremost.includes(room));
  }
  return failures;
}

async function endRoom(room: Room): Promise<unknown> {
  const { appender } = room;
  const isLeft = room.remade || giveBack(room.source);
  const isEnding = appender !== null && mustEnd(appender) && isLeft;
  if (isEnding && !room.proves) await lingered(room.lastMs);
  room.state = "ending";
  const error = isEnding ? await end(appender) : undefined;
  room.state = "ended";
  room.appender = null;
  room.unproven = 0;
  return error;
}

function end(appender: Log4jsAppender): Promise<unknown> {
  return new Promise((resolve) => {
    const timer = setTimeout(
      () =>
        resolve(new LogbridgeError("LB1533", `an appender has not called back for ${PATIENCE_MS} ms after shutdown()`)),
      PATIENCE_MS,
    );
    const ended = (error?: unknown): void => {
      clearTimeout(timer);
      resolve(error ?? undefined);
    };
    try {
      const result: unknown = appender.shutdown?.(ended);
      // Where it is an `async` function, its rejection is the end; one that takes no callback ends when its promise does.
      if (typeof (result as { then?: unknown } | null | undefined)?.then === "function")
        Promise.resolve(result).then(() => {
          if (appender.shutdown?.length === 0) ended();
        }, ended);
    } catch (error) {
      ended(error);
    }
  });
}

const LINGER_MS = 100;

/** Resolves when an appender from elsewhere has had some time for what it was given last: its `shutdown` may cut that off. */
async function lingered(lastMs: number): Promise<void> {
  const rest = lastMs + LINGER_MS - performance.now();
  if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
}
