import { createHash, randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostName } from "./node-host-name.ts";

/** How often an owner touches its files. */
export const HEARTBEAT_MS = 5_000;
/** How long the files of a process that cannot be asked (in another container, on another machine) must have been left alone to count as left behind. */
export const FOREIGN_SILENCE_MS: number = 60_000;

/** Stands in place of an owner for files that anybody may have. */
export const NOBODY = "free";

/** When a process began, as the system counts: a number that is used again belongs to another. "0" where it cannot be known. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name of the program stands in parentheses and may contain anything.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "0";
  } catch {
    return "0";
  }
}

/** The machine, or the container: where process numbers mean something. Where that cannot be known, a process stands alone. */
function numberSpace(): string {
  let space = hostName() ?? randomBytes(8).toString("hex");
  try {
    space += readlinkSync("/proc/self/ns/pid");
  } catch {
    // Not on Linux, or not allowed: the machine's name is all there is.
  }
  return createHash("sha256").update(space).digest("hex").slice(0, 12);
}

const HERE = numberSpace();

/** A name for one spool of this process, which says of its files whether somebody still needs them. */
export function newOwner(): string {
  return [HERE, process.pid, startOf(process.pid), randomBytes(4).toString("hex")].join("-");
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Has the owner of a file ended?
 *
 * @param touchedMs when the file was last touched: all that is known of a process elsewhere that shares the folder
 */
export function isLeftBehind(owner: string, touchedMs: number): boolean {
  if (owner === NOBODY) return true;
  const [space, pid, start] = owner.split("-");
  if (space !== HERE) return Date.now() - touchedMs > FOREIGN_SILENCE_MS;
  const number = Number(pid);
  if (!Number.isSafeInteger(number) || number <= 0) return true;
  if (!isRunning(number)) return true;
  const now = startOf(number);
  return start !== "0" && now !== "0" && start !== now;
}
