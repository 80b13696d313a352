/** What differs by runtime. One implementation is chosen by the `#platform` entry of package.json "imports". */
export interface Platform {
  /** Which implementation this is. */
  readonly runtime: "node" | "web";
  /** Writes to the real stderr by a descriptor or method taken before anything was patched; never throws. */
  writeStderr(text: string): void;
  /** The environment variable, `undefined` where there is none or no environment. */
  env(name: string): string | undefined;
  readonly process: { readonly id: number; readonly name: string };
  readonly thread: { readonly id: number; readonly name: string };
  /** A value as a developer would want to read it. Never runs a getter. */
  inspect(value: unknown, options?: InspectOptions): string;
  /** `printf` as the console knows it (`%s %d %i %f %j %o %O %c %%`). */
  formatPrintf(args: readonly unknown[], options?: Readonly<Record<string, unknown>>): string;
  /** What the global console prints, where it writes values in a way of its own. */
  consoleText(args: readonly unknown[]): string;
  /**
   * The texts and numbers that an inspection of a value would show, also those behind proxies and in what nobody can look into.
   *
   * @param customInspect lets the value say itself what it shows: for objects of the runtime alone
   */
  textsIn(value: unknown, customInspect: boolean): readonly string[];
  /** The kind of an object whose content an inspection shows though it cannot be copied ("Promise"); `null` for others. */
  sealedKind(value: object): string | null;
  /** True for an Error of any realm, proxies of errors included. */
  isError(value: unknown): value is Error;
  /** True for a Proxy, whose traps are code of the user; false where the runtime cannot tell. */
  isProxy(value: unknown): boolean;
  /** Microseconds since 1970, within 1 ms of `Date.now()` also after the clock was set. */
  nowMicros(): number;
  /** The function as it would run here: in the asynchronous context of this call, whenever it is called. The function itself where the runtime has no such context. */
  bindContext<Work extends (...args: never[]) => unknown>(work: Work): Work;
  /** A new context store, `null` where the runtime has none. */
  createContextStore<T>(): ContextStore<T> | null;
  /**
   * Runs `work` once when the process is about to end by itself, by `process.exit` or by an uncaught error. Returns how to forget it.
   *
   * @param first before the work of all who did not ask for that
   */
  onExit(work: () => void, first?: boolean): () => void;
  /**
   * Runs `work` when the process has nothing left to do, and again whenever that has come of what was begun then: it is still waited for.
   * Never where processes do not end so. Returns how to forget it.
   */
  onIdle(work: () => void): () => void;
  /** Runs `work` as soon as the code that runs now has come to its end, before what others put off from now on; perhaps twice. */
  afterTurn(work: () => void): void;
  /** The work at exit has begun: what is kept from here on is kept for nobody. */
  isExiting(): boolean;
  /** Calls `seen` with each of the runtime's streams that is written into, until the function it gives is called. */
  watchWrites(seen: (stream: object) => void): () => void;
  /**
   * Writes out what a file's stream holds, then `after`, when no callback comes any more. `false`: it is no file's stream. Throws what the
   * file system throws.
   */
  drainFile(stream: object, after: readonly (string | Uint8Array)[]): boolean;
  /** Where a generated position came from, `null` without a source map. Lines and columns count from 1. */
  originalPosition(file: string, line: number, column: number): SourcePosition | null;
  /** The text of a line of a source file, counted from 1; `null` where it cannot be read. */
  sourceLine(file: string, line: number): string | null;
  /** Begins to keep the variables of the frames in which something is thrown. Gives how to end that, or a text that says why this runtime cannot. */
  watchVariables(): (() => void) | string;
  /** The variables that were kept when an error was thrown, innermost frame first; `null`: none. */
  variablesOf(error: object): readonly FrameVariables[] | null;
  /** The name of the nearest package above a file and the file's path inside it; `null` where there is no file system. */
  packageOf(file: string): { readonly name: string | null; readonly root: string } | null;
  /** Turns a `file:` URL into a path, other names into themselves. */
  filePath(fileOrUrl: string): string;
  /** The file system, `null` where the runtime has none. */
  readonly files: Files | null;
  /** 1 or 2 when the value is the process's own stdout or stderr and nobody has replaced its `write`; else `null`. */
  standardDescriptor(value: unknown): 1 | 2 | null;
  /** True when the descriptor is a terminal that shows colours, or colours are asked for by `FORCE_COLOR`. */
  isTerminal(fd: number): boolean;
  /** Sets a timer that does not keep the process alive; returns how to cancel it. */
  setTimer(work: () => void, ms: number): () => void;
}

/** Names and values of a frame. */
export interface FrameVariables {
  readonly function: string;
  readonly file: string;
  readonly values: readonly (readonly [string, string])[];
}

export interface InspectOptions {
  readonly oneLine?: boolean;
  readonly depth?: number;
}

export interface ContextStore<T> {
  getStore(): T | undefined;
  run<R>(store: T, fn: () => R): R;
  enterWith(store: T): void;
}

export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Synchronous file access by descriptor: what a line-durable sink is made of. */
export interface Files {
  open(path: string, flags: "a" | "w", mode: number | undefined): number;
  /** Writes all of `text`; retries short writes and `EAGAIN` until `deadlineMs` have passed, then throws. */
  write(fd: number, text: string | Uint8Array, deadlineMs: number): void;
  /** One attempt: how many bytes the kernel took, 0 when it takes none now (a full pipe). Throws for every other error. */
  writeSome(fd: number, bytes: Uint8Array): number;
  sync(fd: number): void;
  close(fd: number): void;
  makeDirectory(path: string): void;
  directory(path: string): string;
  resolve(path: string): string;
  /** Reads a file in pieces of `bytes`, and closes it at its end or when the reader leaves early. */
  read(path: string, bytes: number): AsyncIterable<Uint8Array>;
}
