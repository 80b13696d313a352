import { randomBytes } from "node:crypto";
import { accessSync, closeSync, constants, openSync, readdirSync, type Stats, statSync, unlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** What no waiting mends: the folder, or what it would be made in, is somebody else's, or none. */
const FINAL: readonly unknown[] = ["EACCES", "EPERM", "EROFS", "ENOTDIR"];

/** @see Runtime.spoolFault */
export function spoolFault(dir: string): unknown {
  try {
    check(resolve(dir), true);
    return null;
  } catch (error) {
    return FINAL.includes(codeOf(error)) ? error : null;
  }
}

/** A folder that is missing is made by the first write: until then nothing is left behind by a process that writes nothing. */
function check(path: string, isSpool: boolean): void {
  const found = statOf(path);
  if (found === null) {
    const parent = dirname(path);
    if (parent !== path) check(parent, false);
    return;
  }
  if (!found.isDirectory()) throw Object.assign(new Error(`${path} is no folder`), { code: "ENOTDIR" });
  const { R_OK, W_OK, X_OK } = constants;
  try {
    accessSync(path, isSpool ? R_OK | W_OK | X_OK : W_OK | X_OK);
  } catch (refusal) {
    // It may say no where the system says yes: to a process with two identities, or in a runtime that reads the permissions itself.
    if (!works(path, isSpool)) throw refusal;
  }
}

function statOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

/** Finds out by using it, and leaves nothing behind. */
function works(folder: string, isSpool: boolean): boolean {
  const path = join(folder, `.logbridge-${randomBytes(8).toString("hex")}`);
  try {
    if (isSpool) readdirSync(folder);
    closeSync(openSync(path, "wx", 0o600));
    unlinkSync(path);
    return true;
  } catch (error) {
    return !FINAL.includes(codeOf(error));
  }
}

function codeOf(error: unknown): unknown {
  return (error as NodeJS.ErrnoException | null)?.code;
}
