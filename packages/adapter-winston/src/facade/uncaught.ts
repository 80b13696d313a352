import { loadavg, uptime } from "node:os";
import { isError } from "@logbridge/core";
import type { WinstonTransport } from "../sink/transports.ts";
import type { Call } from "./call.ts";

/** What the handler of uncaught errors needs of its facade. */
export interface UncaughtWork {
  say(call: Call, skip: (error: unknown) => void): void;
  /** Adds a transport that gets uncaught errors alone. */
  add(transport: WinstonTransport): void;
  readonly handlers: ReadonlyMap<object, unknown>;
  readonly exitOnError: unknown;
  complete(): Promise<unknown>;
}

/** `exceptions` or `rejections` of a facade: the same calls as winston's, and it logs nothing before `handle()`. */
export class UncaughtErrors {
  readonly logger: object;
  catcher: ((error: unknown) => void) | false = false;
  readonly #event: "uncaughtException" | "unhandledRejection";
  readonly #work: UncaughtWork;

  constructor(logger: object, event: "uncaughtException" | "unhandledRejection", work: UncaughtWork) {
    this.logger = logger;
    this.#event = event;
    this.#work = work;
  }

  get handlers(): ReadonlyMap<object, unknown> {
    return this.#work.handlers;
  }

  handle(...transports: unknown[]): void {
    for (const one of transports.flat()) this.#work.add(one as WinstonTransport);
    if (this.catcher) return;
    const catcher = (error: unknown): void => {
      this.#work.say(this.#callOf(error), catcher);
      const { exitOnError } = this.#work;
      const exits = typeof exitOnError === "function" ? Boolean(exitOnError(error)) : Boolean(exitOnError);
      // As winston does: the process ends when the record has left.
      if (exits) void this.#work.complete().finally(() => process.exit(1));
    };
    this.catcher = catcher;
    process.on(this.#event, catcher);
  }

  unhandle(): void {
    if (!this.catcher) return;
    process.removeListener(this.#event, this.catcher);
    this.catcher = false;
  }

  #callOf(error: unknown): Call {
    const text = isError(error) ? error.message : String(error);
    const message = `${this.#event}: ${text || "(no error message)"}`;
    return {
      level: "error",
      message,
      sources: [{ error, [this.#mark]: true }],
      splat: [],
      itself: null,
    };
  }

  /** The field by which winston marks such records. */
  get #mark(): "exception" | "rejection" {
    return this.#event === "uncaughtException" ? "exception" : "rejection";
  }

  /** What winston says of an error beside its message. */
  getAllInfo(error: unknown): object {
    const stack = isError(error) ? error.stack : undefined;
    const text = isError(error) ? error.message : typeof error === "string" ? error : "";
    return {
      error,
      level: "error",
      message: [`${this.#event}: ${text || "(no error message)"}`, stack ?? "  No stack trace"].join("\n"),
      stack,
      [this.#mark]: true,
      date: new Date().toString(),
      process: this.getProcessInfo(),
      os: this.getOsInfo(),
      trace: this.getTrace(error),
    };
  }

  getProcessInfo(): object {
    const { pid, execPath, version, argv } = process;
    const uid = process.getuid?.() ?? null;
    const gid = process.getgid?.() ?? null;
    return { pid, uid, gid, cwd: process.cwd(), execPath, version, argv, memoryUsage: process.memoryUsage() };
  }

  getOsInfo(): object {
    return { loadavg: loadavg(), uptime: uptime() };
  }

  getTrace(error: unknown): object[] {
    const stack = isError(error) ? String(error.stack) : String(new Error().stack);
    return [...stack.matchAll(/^\s+at (?:(.+?) \()?(.+?):(\d+):(\d+)\)?$/gm)].map(([, name, file, line, column]) => ({
      column: Number(column),
      file,
      function: name ?? null,
      line: Number(line),
      method: name?.split(".").at(-1) ?? null,
      native: false,
    }));
  }
}
