import { platform } from "#platform";
import { LogbridgeError, shown } from "../../diagnostics.ts";
import type { Zone } from "../../format/time.ts";
import type { Files } from "../../platform/platform.ts";
import type { ResolvedSink, Sink } from "../sink.ts";
import type { FileOptions } from "./options.ts";
import { filePathAt } from "./path.ts";
import { type FileWriter, gatheredWriter, lineWriter } from "./writer.ts";

/** A file that is open or opens at the first record. */
class FileSink implements Sink {
  readonly #files: Files;
  readonly #path: string;
  readonly #options: FileOptions;
  readonly #writer: FileWriter;
  #fd: number | null = null;
  #fail: (error: unknown) => void = () => {};

  constructor(files: Files, path: string, options: FileOptions) {
    this.#files = files;
    this.#path = path;
    this.#options = options;
    const fd = (): number => this.#open();
    this.#writer =
      options.durability === "gathered"
        ? gatheredWriter(files, fd, (error) => this.#fail(error))
        : lineWriter(files, fd);
    if (options.delay) return;
    try {
      this.#open();
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new LogbridgeError("LB1307", `add(${shown(path)}): the file cannot be opened: ${why}`, { cause });
    }
  }

  attach(fail: (error: unknown) => void): void {
    this.#fail = fail;
  }

  write(text: string): void {
    this.#writer.write(text);
  }

  flush(): void {
    this.#writer.flush();
    if (this.#options.sync && this.#fd !== null) this.#files.sync(this.#fd);
  }

  flushSync(): void {
    this.#writer.flush();
  }

  close(): void {
    try {
      this.#writer.flush();
    } finally {
      this.#writer.stop();
      if (this.#fd !== null) this.#files.close(this.#fd);
      this.#fd = null;
    }
  }

  pending(): number {
    return this.#writer.pending();
  }

  dropped(): number {
    return this.#writer.lost();
  }

  #open(): number {
    if (this.#fd !== null) return this.#fd;
    this.#files.makeDirectory(this.#files.directory(this.#path));
    this.#fd = this.#files.open(this.#path, this.#options.mode ?? "a", this.#options.permissions);
    return this.#fd;
  }
}

/**
 * A file sink for a path.
 *
 * @throws LogbridgeError LB1303 where the runtime has no files; LB1307 where the file cannot be opened
 */
export function fileSink(path: string, options: FileOptions, micros: number, zone: Zone): ResolvedSink {
  const { files } = platform;
  if (!files)
    throw new LogbridgeError(
      "LB1303",
      `add(${shown(path)}): this runtime has no file system; use consoleSink() or a function`,
    );
  const resolved = files.resolve(filePathAt(path, micros, zone));
  return {
    sink: new FileSink(files, resolved, options),
    kind: "file",
    own: true,
    colors: false,
    label: `file ${resolved}`,
  };
}
