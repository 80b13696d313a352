import type { Log4jsAppenderSource } from "./appender.ts";

/** How many sinks write to an appender function of the application's. */
const users = new WeakMap<object, number>();
const shut = new WeakSet<object>();

/** A sink writes to this function from now on. */
export function borrow(source: Log4jsAppenderSource): void {
  users.set(source, (users.get(source) ?? 0) + 1);
}

/** A sink writes to it no more. `true`: no other does, and it is to be shut down. */
export function giveBack(source: Log4jsAppenderSource): boolean {
  const left = (users.get(source) ?? 1) - 1;
  users.set(source, left);
  if (left > 0) return false;
  shut.add(source);
  return true;
}

/** Was it shut down? */
export function isShut(source: Log4jsAppenderSource): boolean {
  return shut.has(source);
}
