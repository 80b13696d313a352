import type { ResolvedSink, Sink } from "./sink.ts";

/** What a Node stream has that a sink object has not: it takes an encoding, not a record, as second argument. */
export interface WritableLike {
  write(chunk: string, callback?: (error?: Error | null) => void): unknown;
  on?(event: string, listener: (...args: never[]) => void): unknown;
  removeListener?(event: string, listener: (...args: never[]) => void): unknown;
  readonly isTTY?: boolean | undefined;
  hasColors?(): boolean;
  readonly writableNeedDrain?: boolean;
}

/** True for a Node stream or an object that behaves like one. */
export function isNodeStream(value: object): value is WritableLike {
  const candidate = value as { write?: unknown; on?: unknown; pipe?: unknown; _writableState?: unknown };
  if (typeof candidate.write !== "function") return false;
  return candidate._writableState !== undefined || (typeof candidate.on === "function" && typeof candidate.pipe === "function") || typeof (value as { fd?: unknown }).fd === "number";
}

/**
 * A Node stream as a sink. Its `error` events are reported by the handler, never thrown; `flush` waits until the stream
 * has called back for everything; the stream belongs to its owner and is not closed by `remove()`.
 */
export function streamSink(stream: WritableLike): ResolvedSink {
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

/** A Web `WritableStream` as a sink. */
export function webStreamSink(stream: WritableStream<string>): ResolvedSink {
  const writer = stream.getWriter();
  return {
    sink: {
      write: (text) => writer.write(text),
      async flush() {
        await writer.ready;
      },
      close() {
        writer.releaseLock();
      },
    },
    kind: "stream",
    own: false,
    colors: false,
    label: "WritableStream",
  };
}
