import {
  type Bridge,
  logger as globalLogger,
  type InboundPort,
  type Interception,
  type InterceptOptions,
  inspect,
  interception,
  LogbridgeTypeError,
  type NamedSeverity,
  openPort,
  report,
} from "@logbridge/core";
import { givenText } from "../given-text.ts";
import { givenSeverity } from "../levels.ts";
import { checkOptions } from "../options.ts";
import { type Outlet, type OutletLike, openOutlet } from "./outlet.ts";
import { type ReadableLike, readFrom } from "./readable.ts";
import { TerminalLines } from "./terminal-lines.ts";

/** Options of `interceptStream`. */
export interface StreamInterceptOptions extends Omit<InterceptOptions, "stage"> {
  /** The level of a line in which `parse` finds none. Default `"INFO"`. */
  readonly at?: string | number;
  /** Gets all that comes, as it is, before it is read as lines: `"tee"`. It is not ended. */
  readonly to?: OutletLike;
  /** How bytes are read: a label that `TextDecoder` knows. Default `"utf-8"`. */
  readonly encoding?: string;
}

/** What `interceptStream` gives. */
export interface StreamInterception extends Interception {
  /** Resolves when the last line was delivered: the stream has ended or failed, or was restored. Never rejects. */
  readonly done: Promise<void>;
}

const CALLER = "interceptStream";
const BRIDGE: Bridge = { name: "stream", packages: [], mode: "replace", output: true, caller: `${CALLER}()` };

/**
 * Takes in the lines of a readable stream: the output of a child process or of a worker, or any other of Node or the Web.
 *
 * Lines are told as with `interceptConsole({ streams: true })`; a byte that is no text is replaced. The stream is read as fast as `to` takes it.
 * When it ends, its last line is delivered even without a newline; when it fails, that is reported, and never thrown.
 *
 * @param readable `child.stdout` of a `spawn` with `stdio: "pipe"`, `worker.stdout` of a `new Worker(file, { stdout: true })`, …
 * @param options `name` is the records' name and the name in `origin`; `mode` follows from `to`: "tee" with it, "replace" without
 * @throws LogbridgeTypeError LB1554 for something else than a readable stream that nobody has locked, LB1555 for other `to`, `encoding` or `mode`;
 * LogbridgeError LB1003 for an unknown level, and the errors of `checkInterceptOptions`
 * @example
 * const child = spawn("ffmpeg", ["-i", "in.mov", "out.mp4"], { stdio: ["ignore", "pipe", "pipe"] });
 * interceptStream(child.stderr, { name: "ffmpeg", at: "DEBUG" });
 */
export function interceptStream(readable: ReadableLike, options: StreamInterceptOptions = {}): StreamInterception {
  checkOptions(options, CALLER, ["at", "to", "encoding"]);
  checkMode(options);
  refuseItself(readable, options);
  const decode = decoderOf(options.encoding);
  const port = openPort(options.to ? { ...BRIDGE, mode: "tee" } : BRIDGE, options, globalLogger);
  let outlet: Outlet | null = null;
  try {
    const level = givenSeverity(options.at === undefined ? "INFO" : options.at, `${CALLER}(): option at`, port);
    outlet = options.to === undefined ? null : openOutlet(options.to, (error) => failed(options, "to", error));
    return listen(readable, { port, level, options, decode, outlet });
  } catch (error) {
    outlet?.close();
    port.close();
    throw error;
  }
}

/** The text of bytes that come in pieces; without an argument what is left at the end. */
type Decode = (bytes?: Uint8Array) => string;

interface Reading {
  readonly port: InboundPort;
  readonly level: NamedSeverity;
  readonly options: StreamInterceptOptions;
  readonly decode: Decode;
  readonly outlet: Outlet | null;
}

function listen(readable: ReadableLike, { port, level, options, decode, outlet }: Reading): StreamInterception {
  const origin = { name: typeof options.name === "string" ? options.name : BRIDGE.name };
  const lines = new TerminalLines((message, earlier) => {
    if (!port.wants(level.no)) return;
    const timeMs = earlier === undefined ? {} : { timeMs: earlier };
    port.deliver({ target: readable, level, message, origin, caller: null, ...timeMs }, interceptStream);
  });
  let reading = 0;
  let isStopped = false;
  const guarded = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      port.fail(error);
    }
  };
  const take = (chunk: string | Uint8Array): Promise<void> | null => {
    reading++;
    // What it prints to is no further record of these loggers.
    const wait = outlet && port.through(() => outlet.write(chunk));
    guarded(() => lines.feed(typeof chunk === "string" ? chunk : decode(chunk)));
    reading--;
    if (isStopped && reading === 0) finish();
    return wait;
  };
  let resolveDone: () => void = () => {};
  const done = new Promise<void>((resolve) => (resolveDone = resolve));
  const finish = (): void => {
    guarded(() => {
      lines.feed(decode());
      lines.end();
    });
    outlet?.close();
    port.close();
    resolveDone();
  };
  const stop = readFrom(readable, take, (error) => {
    if (error !== undefined) failed(options, "stream", error);
    made.restore();
  });
  const made = interception(BRIDGE.name, () => {
    stop();
    isStopped = true;
    // A sink that restores gets the rest of the chunk first: nobody else will.
    if (reading === 0) finish();
  });
  return Object.assign(made, { done });
}

function checkMode({ mode, to }: StreamInterceptOptions): void {
  if (mode === undefined || (mode === "tee") === (to !== undefined)) return;
  throw new LogbridgeTypeError(
    "LB1555",
    mode === "tee"
      ? `${CALLER}(): mode "tee" needs option to, the stream that gets what comes: { to: process.stdout }`
      : `${CALLER}(): mode "replace" passes nothing on, so that option to makes no sense; leave one of them out`,
  );
}

/** Each piece that it gives would be written to it again, without end. A socket gives what another one writes. */
function refuseItself(readable: unknown, { to }: StreamInterceptOptions): void {
  if (to === undefined || to === null || to !== readable) return;
  if (typeof (to as { readonly _transform?: unknown })._transform !== "function") return;
  throw new LogbridgeTypeError(
    "LB1555",
    `${CALLER}(): option to must be another stream than the one that is read, such as process.stdout, got ${givenText(to)}`,
  );
}

function decoderOf(encoding: unknown): Decode {
  try {
    if (encoding === undefined || typeof encoding === "string") {
      const decoder = new TextDecoder(encoding);
      return (bytes) => decoder.decode(bytes, { stream: bytes !== undefined });
    }
  } catch {
    // An unknown label.
  }
  throw new LogbridgeTypeError(
    "LB1555",
    `${CALLER}(): option encoding must be a label that TextDecoder knows, such as "utf-8", "latin1" or "utf-16le", got ${givenText(encoding)}`,
  );
}

function failed({ name }: StreamInterceptOptions, what: "stream" | "to", error: unknown): void {
  const which = typeof name === "string" ? ` ${JSON.stringify(name)}` : "";
  const text =
    what === "to" ? "the stream that it is passed on to has failed and gets nothing more" : "it has failed and ended";
  report("LB1556", `the intercepted stream${which}: ${text}: ${firstLine(error)}`);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal obeys them
const CONTROLS = /[\x00-\x1f\x7f-\x9f]/g;

/** What failed, on one line; the text may come from outside. */
function firstLine(error: unknown): string {
  const [first = ""] = inspect(error).split("\n");
  return first.replace(CONTROLS, " ");
}
