import { platform } from "#platform";
import { recognisedSink, refuseForeignShapes, refusePromise } from "../bridge/recognisers.ts";
import { LogbridgeTypeError, shown } from "../diagnostics.ts";
import type { Zone } from "../format/time.ts";
import { descriptorSink } from "./descriptor.ts";
import { fileSink } from "./file/file.ts";
import type { FileOptions } from "./file/options.ts";
import { functionSink, type SinkFunction } from "./function.ts";
import { NATURE, type ResolvedSink, type Sink, type SinkNature, type SinkNeeds } from "./sink.ts";
import { refuseReservedStdout } from "./stdout-reservation.ts";
import { isNodeStream, streamSink, type WritableLike } from "./stream.ts";
import { webStreamSink } from "./web-stream.ts";

/**
 * What adapters add to the sinks that `add()` takes, for the types: each names its own by module augmentation.
 *
 * @example
 * declare module "@logbridge/core" {
 *   interface ForeignSinks {
 *     readonly theirs: TheirConfiguration;
 *   }
 * }
 */
// biome-ignore lint/suspicious/noEmptyInterface: a type alias could not be added to.
export interface ForeignSinks {}

/** Everything that `add()` takes as a sink. A foreign transport too, once its adapter is imported. */
export type SinkLike =
  | string
  | URL
  | SinkFunction
  | Sink
  | WritableLike
  | WritableStream<string>
  | ForeignSinks[keyof ForeignSinks];

const ACCEPTED =
  "a file path, a file: URL, a Node or Web stream, a function (text, record) => …, a Sink object with write(text, record), or a foreign transport whose adapter is imported";

/** What opening a file needs. */
export interface OpeningContext {
  readonly file: FileOptions;
  readonly needs: SinkNeeds | undefined;
  readonly micros: number;
  readonly zone: Zone;
}

/** Is this value a path, so that file options make sense? */
export function isFileTarget(value: unknown): value is string | URL {
  return typeof value === "string" || value instanceof URL;
}

/**
 * The sink that a value given to `add()` means. Foreign shapes come before structural checks: nearly all of them have a `write`.
 *
 * @throws LogbridgeTypeError LB1001 for anything that cannot be a sink, LB1405 for foreign objects that need their adapter,
 * LogbridgeError LB1553 for stdout while it is kept for a protocol
 */
export function acceptSink(value: unknown, context: OpeningContext): ResolvedSink {
  if (value === "") throw new LogbridgeTypeError("LB1001", "add(): the file path is empty");
  refuseReservedStdout(value instanceof URL ? value.pathname : value);
  if (typeof value === "string") return fileSink(value, context.file, context.micros, context.zone);
  if (value instanceof URL) {
    if (value.protocol !== "file:")
      throw new LogbridgeTypeError(
        "LB1001",
        `add(): the URL ${shown(value.href)} is no file: URL; write to a server by a function or a transport`,
      );
    return fileSink(platform.filePath(value.href), context.file, context.micros, context.zone);
  }
  if (typeof value !== "function" && (typeof value !== "object" || value === null))
    throw new LogbridgeTypeError(
      "LB1001",
      `add(): ${shown(value)} (${value === null ? "null" : typeof value}) is no sink; accepted are ${ACCEPTED}`,
    );
  const nature = (value as { readonly [NATURE]?: SinkNature })[NATURE];
  if (nature) return { sink: value as Sink, kind: "object", ...nature };
  const foreign = recognisedSink(value);
  if (foreign) return { sink: foreign, kind: "foreign", own: false, colors: false, label: "foreign transport" };
  refuseForeignShapes(value);
  if (typeof value === "function") return functionSink(value as SinkFunction, context.needs);
  refusePromise(value);
  const descriptor = platform.standardDescriptor(value);
  if (descriptor !== null) return descriptorSink(descriptor);
  if (isNodeStream(value)) return streamSink(value);
  if (typeof (value as { getWriter?: unknown }).getWriter === "function")
    return webStreamSink(value as WritableStream<string>);
  if (typeof (value as { write?: unknown }).write === "function")
    return { sink: value as Sink, kind: "object", own: false, colors: false, label: "sink object" };
  throw new LogbridgeTypeError(
    "LB1001",
    `add(): an object without write() is no sink (got ${shown(value)}); accepted are ${ACCEPTED}`,
  );
}
