import { AsyncLocalStorage, AsyncResource } from "node:async_hooks";
import { closeSync, createReadStream, fsyncSync, mkdirSync, openSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { isatty } from "node:tty";
import { types } from "node:util";
import { isMainThread, threadId } from "node:worker_threads";
import { consoleText } from "./node-console-text.ts";
import { formatPrintf, inspectValue, sealedKind, textsIn } from "./node-inspection.ts";
import { variablesOf, watchVariables } from "./node-inspector.ts";
import { filePath, originalPosition } from "./node-source-maps.ts";
import { drainFile, watchWrites } from "./node-streams.ts";
import { writeAll, writeSome } from "./node-writing.ts";
import type { ContextStore, Files, Platform } from "./platform.ts";

const files: Files = {
  open: (path, flags, mode) => openSync(path, flags, mode ?? 0o666),
  write: writeAll,
  writeSome,
  sync: (fd) => fsyncSync(fd),
  close: (fd) => closeSync(fd),
  makeDirectory: (path) => void mkdirSync(path, { recursive: true }),
  directory: (path) => dirname(path),
  resolve: (path) => resolve(path),
  read: (path, bytes) => createReadStream(path, { highWaterMark: bytes }),
};

const firstExitWork = new Set<() => void>();
const exitWork = new Set<() => void>();
let exitListening = false;

let exiting = false;

function runEach(works: readonly (() => void)[]): void {
  for (const work of works) {
    try {
      work();
    } catch {
      // One sink that cannot be flushed any more must not keep the others from their last chance.
    }
  }
}

function runExitWork(): void {
  exiting = true;
  runEach([...firstExitWork, ...exitWork]);
}

const idleWork = new Set<() => void>();
let idleListening = false;

function listenForIdle(): void {
  if (idleListening) return;
  idleListening = true;
  process.on("beforeExit", () => runEach([...idleWork]));
}

const packages = new Map<string, { name: string | null; root: string } | null>();

function findPackage(directory: string): { name: string | null; root: string } | null {
  const known = packages.get(directory);
  if (known !== undefined) return known;
  let found: { name: string | null; root: string } | null = null;
  try {
    const manifest = JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as { name?: unknown };
    found = { name: typeof manifest.name === "string" ? manifest.name : null, root: directory };
  } catch {
    const parent = dirname(directory);
    found = parent === directory ? null : findPackage(parent);
  }
  packages.set(directory, found);
  return found;
}

const sources = new Map<string, readonly string[]>();
const LARGEST_SOURCE = 2_000_000;

function sourceLine(file: string, line: number): string | null {
  let lines = sources.get(file);
  if (!lines) {
    try {
      lines = statSync(file).size > LARGEST_SOURCE ? [] : readFileSync(file, "utf8").split("\n");
    } catch {
      lines = [];
    }
    if (sources.size > 100) sources.clear();
    sources.set(file, lines);
  }
  return lines[line - 1] ?? null;
}

function isErrorValue(value: unknown): value is Error {
  if (types.isNativeError(value)) return true;
  // The question would run code of a proxy.
  if (typeof value !== "object" || types.isProxy(value)) return false;
  try {
    return value instanceof Error;
  } catch {
    // The trap of a proxy that it inherits from threw.
    return false;
  }
}

// The monotonic clock has the microseconds, the wall clock the truth.
let origin = performance.timeOrigin;
/** Asked less often than this, the wall clock is as good as asked now: a call that is interrupted takes longer. */
const SAME_MOMENT_MS = 0.01;
let askedAt = Number.NEGATIVE_INFINITY;
/** In a list of numbers, where it costs no object. */
const lastMicros = new Float64Array(1);
// Clocks that a test has put there stand still and jump, so they are asked each time.
const ownWall = Date.now;
const ownMonotonic = performance.now;

function nowMicros(): number {
  const now = performance.now();
  const isOwn = Date.now === ownWall && performance.now === ownMonotonic;
  if (isOwn && now - askedAt < SAME_MOMENT_MS && now >= askedAt) return neverBack(Math.floor((origin + now) * 1000));
  askedAt = isOwn ? now : Number.NEGATIVE_INFINITY;
  const wall = Date.now();
  const precise = origin + now;
  // The wall clock shows whole milliseconds: the time is between what it says and the next one.
  const within = precise < wall ? wall : precise > wall + 1 ? wall + 1 : precise;
  // Mostly it is: a number that is stored for all costs an object each time.
  if (within !== precise) origin += within - precise;
  const micros = Math.floor(within * 1000);
  return isOwn ? neverBack(micros) : micros;
}

/** Between two questions the time gets ahead of the wall clock by as much as lies between them. That is waited for, a clock that was set back is not. */
function neverBack(micros: number): number {
  const last = lastMicros[0] as number;
  if (micros < last && last - micros <= SAME_MOMENT_MS * 1000) return last;
  lastMicros[0] = micros;
  return micros;
}

/** It ends at an uncaught error without the event `exit`. */
const isDeno = "Deno" in globalThis;

/** An error is about to end the process, unless somebody has asked for such errors, or a listener of the global event prevents it. */
function runWorkAtError(): void {
  if (process.listenerCount("uncaughtException") > 0) return;
  runExitWork();
  // Who listens after us may log the error itself, which nobody writes out any more: what is said at exit is written in its call.
  queueMicrotask(() => {
    exiting = false;
  });
}

function listenForExit(): void {
  if (exitListening) return;
  exitListening = true;
  // First: a listener of somebody else that throws keeps all after it from running (sonic-boom's does where its file is not open).
  process.prependListener("exit", runExitWork);
  if (isDeno) process.prependListener("uncaughtExceptionMonitor", runWorkAtError);
}

const PATCHED = Symbol.for("logbridge.patch");

function standardDescriptor(value: unknown): 1 | 2 | null {
  // The getters of process.stdout create the stream at first touch and change the descriptor's mode, so the type is asked first.
  if (typeof value !== "object" || value === null || typeof (value as { fd?: unknown }).fd !== "number") return null;
  const fd = (value as { fd: number }).fd;
  const own = fd === 1 ? process.stdout : fd === 2 ? process.stderr : null;
  if (own !== value) return null;
  const write = Object.getOwnPropertyDescriptor(value, "write")?.value as OwnWrite | undefined;
  return write === undefined || write[PATCHED] !== undefined || isOfBun(write) ? (fd as 1 | 2) : null;
}

interface OwnWrite {
  readonly name: string;
  readonly [PATCHED]?: unknown;
}

/** Bun gives its streams a method of their own where Node's have the one that they inherit. */
function isOfBun({ name }: OwnWrite): boolean {
  return "Bun" in globalThis && name === "writeFast";
}

function isTerminal(fd: number): boolean {
  return isatty(fd) && process.env["TERM"] !== "dumb";
}

/** Node's platform; Bun and Deno offer the same modules. */
export const platform: Platform = {
  runtime: "node",
  writeStderr(text) {
    try {
      writeAll(2, text, 100);
    } catch {
      // A closed stderr ends nothing.
    }
  },
  env(name) {
    try {
      return process.env[name];
    } catch {
      // Deno asks for a permission; without it there are no variables.
      return undefined;
    }
  },
  process: { id: process.pid, name: basename(process.argv[1] ?? process.execPath) },
  thread: { id: threadId, name: isMainThread ? "main" : `worker-${threadId}` },
  inspect: inspectValue,
  formatPrintf,
  consoleText,
  textsIn,
  sealedKind,
  isError: isErrorValue,
  isProxy: (value) => types.isProxy(value),
  nowMicros,
  bindContext: <Work extends (...args: never[]) => unknown>(work: Work) => AsyncResource.bind(work as never) as Work,
  createContextStore: <T>(): ContextStore<T> => new AsyncLocalStorage<T>(),
  onExit(work, first = false) {
    listenForExit();
    const list = first ? firstExitWork : exitWork;
    list.add(work);
    return () => void list.delete(work);
  },
  onIdle(work) {
    listenForIdle();
    idleWork.add(work);
    return () => void idleWork.delete(work);
  },
  afterTurn(work) {
    // Each of the two may starve the other.
    process.nextTick(work);
    queueMicrotask(work);
  },
  isExiting: () => exiting,
  watchWrites,
  drainFile,
  originalPosition,
  sourceLine,
  watchVariables,
  variablesOf,
  packageOf: (file) => findPackage(dirname(file)),
  filePath,
  files,
  standardDescriptor,
  isTerminal,
  setTimer(work, ms) {
    const timer = setTimeout(work, ms);
    timer.unref?.();
    return () => clearTimeout(timer);
  },
};
