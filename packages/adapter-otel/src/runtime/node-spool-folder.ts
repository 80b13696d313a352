import { randomBytes } from "node:crypto";
import { closeSync, lstatSync, openSync, readdirSync, renameSync } from "node:fs";
import { basename, join } from "node:path";
import { CHANGE, isMissing } from "./node-spool-disk.ts";
import { nameOf, parseName, type SpoolFileName } from "./node-spool-name.ts";
import { isLeftBehind, NOBODY, newOwner } from "./node-spool-owner.ts";

/** The folder of a spool, which processes share. Taking over a file is renaming it: of several that try, one succeeds. */
export class SpoolFolder {
  readonly path: string;
  readonly #owner = newOwner();
  #made = 0;

  constructor(path: string) {
    this.path = path;
  }

  /** Where a new file of ours may be made. */
  newPath(): string {
    const number = String(++this.#made).padStart(6, "0");
    return join(this.path, nameOf(`${Date.now()}-${number}-${randomBytes(3).toString("hex")}`, this.#owner));
  }

  /** Where the file is when anybody may have it. */
  freePath(path: string): string {
    return join(this.path, nameOf(ageOf(path), NOBODY));
  }

  /** Is the file there under the name of another owner? */
  hasOther(path: string): boolean {
    const name = basename(path);
    const age = ageOf(path);
    return this.#list().some((one) => one.age === age && one.name !== name);
  }

  /** What all files take but those of these paths. */
  bytesBeside(paths: ReadonlySet<string>): number {
    let bytes = 0;
    for (const { name } of this.#list()) {
      const path = join(this.path, name);
      if (!paths.has(path)) bytes += sizeOf(path);
    }
    return bytes;
  }

  /**
   * Makes files ours whose owners have ended, and gives their paths, the oldest first.
   *
   * @param passedOver hears of those that are no files, or cannot be had
   */
  claim(passedOver: (path: string, error: unknown) => void): string[] {
    return this.#list().flatMap((file) => this.#claim(file, passedOver) ?? []);
  }

  #claim({ name, age, owner }: SpoolFileName, passedOver: (path: string, error: unknown) => void): string | null {
    if (owner === this.#owner) return null;
    const path = join(this.path, name);
    const mine = join(this.path, nameOf(age, this.#owner));
    try {
      if (!isLeftBehind(owner, lstatSync(path).mtimeMs)) return null;
      expectUsable(path);
      renameSync(path, mine);
      return mine;
    } catch (error) {
      // Where it is missing another process was faster.
      if (!isMissing(error)) passedOver(path, error);
      return null;
    }
  }

  #list(): SpoolFileName[] {
    try {
      return readdirSync(this.path)
        .sort()
        .flatMap((name) => parseName(name) ?? []);
    } catch {
      // Nobody has left anything where there is no folder. One that cannot be read is reported when it is written.
      return [];
    }
  }
}

function ageOf(path: string): string {
  return parseName(basename(path))?.age ?? "";
}

function sizeOf(path: string): number {
  try {
    return lstatSync(path).size;
  } catch {
    return 0;
  }
}

/** @throws what the file system throws where the file is none, or belongs to somebody else */
function expectUsable(path: string): void {
  if (!lstatSync(path).isFile()) throw new Error("it is no regular file");
  closeSync(openSync(path, CHANGE));
}
