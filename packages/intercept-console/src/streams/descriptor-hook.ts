import { type PatchSite, patchMethod } from "@logbridge/core";
import { builtin, hostProcess } from "../builtin.ts";
import type { Method } from "../console/talk.ts";
import { undoing } from "../undo.ts";
import type { OutputSubscriber } from "./output-listener.ts";
import { ask } from "./stream-hook.ts";
import { bytesOf, readChunk, type Written } from "./written.ts";

type Fs = typeof import("node:fs");
type Site = PatchSite<OutputSubscriber>;

const STDOUT = 1;
const STDERR = 2;
/** What our wrappers carry: the function below them, for whoever owns stdout, from whatever copy of the package. */
const RAW = Symbol.for("logbridge.raw");

/** What one way to write answers when the chunk is taken: how many bytes, and what was written. */
interface Way {
  readonly read: (args: readonly unknown[]) => Written | null;
  readonly answer: (args: readonly unknown[], length: number) => unknown;
}

const WAYS: Readonly<Record<string, Way>> = {
  writeSync: { read: readWrite, answer: (_args, length) => length },
  writevSync: { read: readWritev, answer: (_args, length) => length },
  writeFileSync: { read: readWriteFile, answer: () => undefined },
  appendFileSync: { read: readWriteFile, answer: () => undefined },
  write: { read: (args) => readWrite(withoutCallback(args)), answer: answerLater },
  writev: { read: (args) => readWritev(withoutCallback(args)), answer: answerLater },
};

/**
 * Takes part in what is written to descriptor 1 by the functions of `node:fs`, which loggers use beside `process.stdout`. What is not
 * taken goes to descriptor 2.
 */
export function patchDescriptor(subscriber: OutputSubscriber): () => void {
  const fs = builtin<Fs>("node:fs");
  if (!fs) return () => {};
  const leave = Object.entries(WAYS).map(([name, way]) =>
    patchMethod(fs, name, subscriber, (site) => wrap(way, site) as never),
  );
  publish();
  return undoing([publish, ...leave]);
}

/** `import { writeSync } from "node:fs"` sees what is changed only when told. */
function publish(): void {
  builtin<typeof import("node:module")>("node:module")?.syncBuiltinESMExports?.();
}

/** `fs.writeSync` below our patch. */
export function rawWriteSync(): Fs["writeSync"] | null {
  const write = builtin<Fs>("node:fs")?.writeSync as
    | (Fs["writeSync"] & { readonly [RAW]?: Fs["writeSync"] })
    | undefined;
  return write?.[RAW] ?? write ?? null;
}

function wrap(way: Way, site: Site): Method {
  const original = site.original as Method;
  const hook: Method = function (this: unknown, ...args) {
    if (args[0] !== STDOUT || site.subscribers.length === 0) return original.apply(this, args);
    const elsewhere = (): unknown => original.apply(this, [STDERR, ...args.slice(1)]);
    const written = way.read(args);
    // What it would refuse it refuses with the same error for another descriptor.
    if (!written) return elsewhere();
    const print = (data: string | Uint8Array): void => void rawWriteSync()?.(STDERR, data as string);
    const { silent, through } = ask(site.subscribers, written, { hook, print });
    if (silent) return way.answer(args, lengthOf(written));
    return through ? through.through(elsewhere) : elsewhere();
  };
  Object.defineProperty(hook, RAW, { value: original });
  // `util.promisify` reads there what the promise is to give.
  for (const key of Object.getOwnPropertySymbols(original))
    if (!Object.hasOwn(hook, key))
      Object.defineProperty(hook, key, Object.getOwnPropertyDescriptor(original, key) as PropertyDescriptor);
  return hook;
}

function lengthOf({ text, bytes }: Written): number {
  return bytes ? bytes.length : Buffer.byteLength(text as string);
}

/** `(fd, text, position?, encoding?)`, `(fd, view, offset?, length?, position?)`, `(fd, view, { offset, length, position })`. */
function readWrite([, chunk, second, third]: readonly unknown[]): Written | null {
  if (typeof chunk === "string") return encoded(chunk, third);
  if (!ArrayBuffer.isView(chunk)) return null;
  const { offset, length } = (
    typeof second === "object" && second !== null ? second : { offset: second, length: third }
  ) as {
    readonly offset?: unknown;
    readonly length?: unknown;
  };
  const all = bytesOf(chunk);
  const from = offset ?? 0;
  const count = length ?? all.length - (from as number);
  if (!isCount(from) || !isCount(count) || from + count > all.length) return null;
  return { text: null, bytes: all.subarray(from, from + count) };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

/** A text that is not written as UTF-8 is answered with the length of its bytes. */
function encoded(chunk: string, encoding: unknown): Written | null {
  const written = readChunk(chunk, encoding ?? undefined);
  if (!written?.text || isUtf8(encoding)) return written;
  return { text: null, bytes: Buffer.from(chunk, encoding as BufferEncoding) };
}

function isUtf8(encoding: unknown): boolean {
  return encoding === undefined || encoding === null || /^utf-?8$/i.test(encoding as string);
}

function readWritev([, views]: readonly unknown[]): Written | null {
  if (!Array.isArray(views) || !views.every((view) => ArrayBuffer.isView(view))) return null;
  return { text: null, bytes: Buffer.concat((views as ArrayBufferView[]).map(bytesOf)) };
}

/** `(fd, data, options?)`, where options are an encoding or hold one. */
function readWriteFile([, data, options]: readonly unknown[]): Written | null {
  if (typeof data !== "string") return ArrayBuffer.isView(data) ? { text: null, bytes: bytesOf(data) } : null;
  return encoded(data, typeof options === "string" ? options : (options as { encoding?: unknown } | null)?.encoding);
}

function withoutCallback(args: readonly unknown[]): readonly unknown[] {
  return typeof args.at(-1) === "function" ? args.slice(0, -1) : [];
}

function answerLater(args: readonly unknown[], length: number): undefined {
  hostProcess()?.nextTick(args.at(-1) as (...results: unknown[]) => void, null, length, args[1]);
}
