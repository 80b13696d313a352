import type { ResolvedSink, Sink } from "./sink.ts";

/** A Node stream, or an object like one, of any library: structural and small, so that none is refused for its types. */
export interface WritableLike {
  // Without a signature of its own, so that the parameters of a sink's `write` are inferred from `Sink`.
  readonly write: CallableFunction;
}

/** What the sink uses of it: a stream takes a callback, where a sink object takes the record. */
interface NodeStream {
  write(chunk: string, callback?: () => void): unknown;
  on?(event: "error", listener: (error: unknown) => void): unknown;
  removeListener?(event: "error", listener: (error: unknown) => void): unknown;
  readonly isTTY?: boolean | undefined;
  hasColors?(): boolean;
}

/** True for a Node stream or an object that behaves like one. */
export function isNodeStream(value: object): value is WritableLike {
  const candidate = value as { write?: unknown; on?: unknown; pipe?: unknown; _writableState?: unknown };
  if (typeof candidate.write !== "function") return false;
  return (
    candidate._writableState !== undefined ||
    (typeof candidate.on === "function" && typeof candidate.pipe === "function") ||
    typeof (value as { fd?: unknown }).fd === "number"
  );
}

/**
 * A Node stream as a sink. Its `error` events are reported by the handler, never thrown; `flush` waits until the stream
 * has called back for everything; the stream belongs to its owner and is not closed by `remove()`.
 */
export function streamSink(writable: WritableLike): ResolvedSink {
  const stream = writable as unknown as NodeStream;
  let open = 0;
  let idle: (() => void)[] = [];
  let fail: (error: unknown) => void = () => {};
  const settled = (): void => {
    if (--open > 0) return;
    const waiting = idle;
    idle = [];
    for (const resolve of waiting) resolve();
  };
  const onError = (error: unknown): void => fail(error);
  const isEmitter = typeof stream.on === "function";
  const sink: Sink = {
    attach(report) {
      fail = report;
      stream.on?.("error", onError);
    },
    write(text) {
      if (!isEmitter) return void stream.write(text);
      open++;
      stream.write(text, settled);
    },
    async flush() {
      if (open > 0) await new Promise<void>((resolve) => idle.push(resolve));
    },
    close() {
      stream.removeListener?.("error", onError);
    },
    pending: () => open,
  };
  const colors = stream.isTTY === true && (stream.hasColors?.() ?? true);
  return { sink, kind: "stream", own: false, colors, label: "stream" };
}
