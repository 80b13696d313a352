import { LogbridgeError, type PatchSite, patchMethod } from "@logbridge/core";
import { hostProcess } from "../builtin.ts";
import type { Method } from "../console/talk.ts";
import { fixedAmong } from "../fixed.ts";
import { undoing } from "../undo.ts";
import type { OutputSubscriber, WriteCall } from "./output-listener.ts";
import { readChunk, type WriteCallback, type Written } from "./written.ts";

type Site = PatchSite<OutputSubscriber>;
type Output = NodeJS.WritableStream & {
  readonly writableEnded?: boolean;
  readonly destroyed?: boolean;
  readonly _writableState?: { readonly defaultEncoding?: string };
};

/** What became of a chunk among all who listen. */
export interface Answer {
  /** It goes nowhere. */
  readonly silent: boolean;
  /** Somebody has made it a record, and its output is to be marked as such. */
  readonly through: OutputSubscriber | null;
  /** Its output goes elsewhere. */
  readonly diverting: OutputSubscriber | null;
}

/** Gives a chunk to everybody who listens. */
export function ask(subscribers: readonly OutputSubscriber[], written: Written, call: WriteCall): Answer {
  let silent = false;
  let through: OutputSubscriber | null = null;
  for (const subscriber of subscribers) {
    const outcome = subscriber.take(written, call);
    if (outcome === "silent") silent = true;
    else if (outcome === "through") through ??= subscriber;
  }
  return { silent, through, diverting: subscribers.find(({ diverts }) => diverts) ?? null };
}

/** Calls back as a stream does: later, and once. */
export function settle(callback: unknown): void {
  if (typeof callback === "function") hostProcess()?.nextTick(callback as WriteCallback, null);
}

/**
 * Takes part in what is written to a stream of the process.
 *
 * @throws LogbridgeError LB1551 where somebody has fixed its functions
 */
export function patchStream(stream: NodeJS.WritableStream, subscriber: OutputSubscriber): () => void {
  refuseFixed(stream);
  const leave = [
    patchMethod(stream, "write", subscriber, (site) => wrapWrite(site) as never),
    patchMethod(stream, "end", subscriber, (site) => wrapEnd(site) as never),
  ];
  return undoing(leave);
}

function refuseFixed(stream: NodeJS.WritableStream): void {
  const fixed = fixedAmong(stream, ["write", "end"]);
  if (fixed === undefined) return;
  const name = (stream as { readonly fd?: unknown }).fd === 2 ? "stderr" : "stdout";
  throw new LogbridgeError(
    "LB1551",
    `interceptConsole(): process.${name}.${fixed} cannot be replaced: somebody has frozen the stream, or defined the function as not configurable; call interceptConsole() before that, or leave streams and protectStdout out`,
  );
}

function wrapWrite(site: Site): Method {
  const original = site.original as Method;
  const hook: Method = function (this: unknown, ...args) {
    const [chunk, encoding, callback] = writeArguments(args);
    const written = isListened(site, this) ? readChunk(chunk, encoding ?? defaultEncoding(this)) : null;
    if (!written) return diverted(site, args) ?? original.apply(this, args);
    const answer = ask(site.subscribers, written, callOf(hook, site, this));
    if (answer.silent) {
      settle(callback);
      return true;
    }
    return printed(answer, args) ?? passedOn(answer, () => original.apply(this, args));
  };
  return hook;
}

/** `end` writes its chunk by a way of its own. */
function wrapEnd(site: Site): Method {
  const original = site.original as Method;
  const hook: Method = function (this: unknown, ...args) {
    if (!isListened(site, this)) return original.apply(this, args);
    const [chunk, encoding, callback] = endArguments(args);
    const written = chunk === undefined || chunk === null ? null : readChunk(chunk, encoding ?? defaultEncoding(this));
    const answer = written && ask(site.subscribers, written, callOf(hook, site, this));
    for (const subscriber of site.subscribers) subscriber.end();
    if (site.subscribers.some(({ diverts }) => diverts)) {
      if (answer && !answer.silent) printed(answer, [chunk, encoding]);
      settle(callback);
      // A stdout that was ended can be written to all the same, by Node's own means too; who has ended it waits for these.
      for (const event of ["finish", "close"]) settle(() => (this as NodeJS.EventEmitter).emit(event));
      return this;
    }
    const rest = answer?.silent ? [callback] : args;
    return answer ? passedOn(answer, () => original.apply(this, rest)) : original.apply(this, rest);
  };
  return hook;
}

/** A stream that was ended fails as it would without us. */
function isListened({ subscribers }: Site, stream: unknown): boolean {
  const { writableEnded, destroyed } = stream as Output;
  return subscribers.length > 0 && writableEnded !== true && destroyed !== true;
}

function passedOn(answer: Answer, run: () => unknown): unknown {
  return answer.through ? answer.through.through(run) : run();
}

/** Writes to stderr what must not get to this stream; `undefined`: it may. */
function printed({ diverting }: Pick<Answer, "diverting">, args: readonly unknown[]): unknown {
  const stderr = hostProcess()?.stderr as unknown as { write: Method } | undefined;
  if (!diverting || !stderr) return undefined;
  return diverting.through(() => stderr.write(...args));
}

/** What nobody can read, and a stream would refuse, is refused by stderr. */
function diverted(site: Site, args: readonly unknown[]): unknown {
  return printed({ diverting: site.subscribers.find(({ diverts }) => diverts) ?? null }, args);
}

function callOf(hook: Method, site: Site, stream: unknown): WriteCall {
  const print = (data: string | Uint8Array): void => {
    if (diverted(site, [data]) === undefined) (site.original as Method).call(stream, data);
  };
  return { hook, print };
}

function defaultEncoding(stream: unknown): string | undefined {
  return (stream as Output)._writableState?.defaultEncoding;
}

function writeArguments([chunk, encoding, callback]: readonly unknown[]): readonly [unknown, unknown, unknown] {
  return typeof encoding === "function" ? [chunk, undefined, encoding] : [chunk, encoding || undefined, callback];
}

function endArguments(args: readonly unknown[]): readonly [unknown, unknown, unknown] {
  const [chunk] = args;
  return typeof chunk === "function" ? [undefined, undefined, chunk] : writeArguments(args);
}
