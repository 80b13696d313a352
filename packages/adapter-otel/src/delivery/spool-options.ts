import { inspect, LogbridgeTypeError } from "@logbridge/core";
import type { SpoolOptions } from "./spool.ts";

/** With everything in it. */
export type ResolvedSpool = Required<SpoolOptions>;

const NAMES: readonly string[] = ["dir", "maxBytes", "sync"];
const DEFAULT_BYTES = 256 * 1024 * 1024;
/** Below that hardly anything would fit. */
const FEWEST_BYTES = 64 * 1024;

function refused(where: string, option: string, allowed: string, value: unknown): LogbridgeTypeError {
  return new LogbridgeTypeError("LB1610", `${where}: option ${option} must be ${allowed}, got ${inspect(value)}`);
}

/**
 * The options of a spool with their defaults.
 *
 * @param where how the message calls whoever takes the option, such as `otelSink()`
 * @throws LogbridgeTypeError LB1610 for a value that an option cannot have, or an unknown name
 * @example
 * checkedSpool("otelSink()", { dir: "/var/spool/app" }).maxBytes; // 268435456
 */
export function checkedSpool(where: string, spool: SpoolOptions): ResolvedSpool {
  if (typeof spool !== "object" || spool === null) throw refused(where, "spool", "{ dir, maxBytes?, sync? }", spool);
  for (const [name, value] of Object.entries(spool))
    if (!NAMES.includes(name)) throw refused(where, `spool.${name}`, `absent: spool has ${NAMES.join(", ")}`, value);
  const { dir, maxBytes = DEFAULT_BYTES, sync = "none" } = spool;
  if (typeof dir !== "string" || dir === "") throw refused(where, "spool.dir", "the path of a folder", dir);
  // No system has such a path: the first write would fail, and each one after it.
  if (dir.includes("\0")) throw refused(where, "spool.dir", "the path of a folder, without NUL", dir);
  if (!Number.isSafeInteger(maxBytes) || maxBytes < FEWEST_BYTES)
    throw refused(where, "spool.maxBytes", `a whole number from ${FEWEST_BYTES} up`, maxBytes);
  if (sync !== "always" && sync !== "none") throw refused(where, "spool.sync", '"always" or "none"', sync);
  return { dir, maxBytes, sync };
}
