import { LogbridgeError, LogbridgeTypeError, shown } from "../../diagnostics.ts";

/** Options of `add()` that only a file has. */
export interface FileOptions {
  /** `"line"` (default): handed to the kernel in the call. `"gathered"`: in one text, written after 50 ms and at exit. */
  readonly durability?: "line" | "gathered";
  /** `"a"` (default) appends, `"w"` begins anew. */
  readonly mode?: "a" | "w";
  /** Opens the file at the first record instead of at `add()`. Default `false`. */
  readonly delay?: boolean;
  /** Only `"utf8"`. */
  readonly encoding?: "utf8";
  /** The new file's permission bits, as `0o600`; the process's umask applies. Default `0o666`. */
  readonly permissions?: number;
  /** `complete()` also waits for the disk (`fsync`). Default `false`. */
  readonly sync?: boolean;
}

/** The names of these options, for telling what belongs to another kind of sink. */
export const FILE_OPTION_NAMES: readonly string[] = ["durability", "mode", "delay", "encoding", "permissions", "sync"];

/** Named by the design, not there yet: refused rather than ignored. */
export const LATER_FILE_OPTIONS: Readonly<Record<string, string>> = {
  rotation: "let logrotate with copytruncate rotate the file, or start a new one by a {time} in its name",
  retention: "let a cron job or logrotate remove old files",
  compression: "let logrotate compress old files",
  watch: "remove and add the handler after the file was moved",
  owner: "change the owner of the folder or start the process as that user",
};

/** Checks the options of a file. @throws LogbridgeError LB1304, LB1305 */
export function checkFileOptions(options: FileOptions): void {
  const { durability, mode, encoding, permissions, delay, sync } = options;
  if ((durability as string | undefined) === "journal")
    throw new LogbridgeError(
      "LB1305",
      `add(): durability "journal" is not available in this version; use "line", which survives kill -9 as well`,
    );
  oneOf("durability", durability, ["line", "gathered"]);
  oneOf("mode", mode, ["a", "w"]);
  if ((encoding as string | undefined) !== undefined && !/^utf-?8$/i.test(String(encoding)))
    throw new LogbridgeError(
      "LB1304",
      `add(): encoding ${shown(encoding)} is not available; files are written as "utf8"`,
    );
  for (const [name, value] of [
    ["delay", delay],
    ["sync", sync],
  ] as const)
    if (value !== undefined && typeof value !== "boolean")
      throw new LogbridgeTypeError("LB1304", `add(): option ${name} must be true or false, got ${shown(value)}`);
  if (permissions !== undefined && !(Number.isInteger(permissions) && permissions >= 0 && permissions <= 0o7777))
    throw new LogbridgeTypeError(
      "LB1304",
      `add(): option permissions must be a number such as 0o600, got ${shown(permissions)}`,
    );
}

function oneOf(name: string, value: unknown, allowed: readonly string[]): void {
  if (value === undefined || (typeof value === "string" && allowed.includes(value))) return;
  throw new LogbridgeError(
    "LB1304",
    `add(): option ${name} must be one of ${allowed.map(shown).join(", ")}, got ${shown(value)}`,
  );
}
