/// <reference lib="esnext.disposable" preserve="true" />

export { givenName } from "./bridge/given-name.ts";
export { HostedOwners } from "./bridge/hosted-owners.ts";
export type { Bridge, Inbound } from "./bridge/inbound.ts";
export {
  checkInterceptOptions,
  type Interception,
  type InterceptOptions,
  interception,
} from "./bridge/interception.ts";
export {
  LEVEL_TABLE,
  type LevelRow,
  LOGURU_TO_PINO,
  type NamedSeverity,
  nameOfSeverity,
  nearestLevel,
  PINO_TO_LOGURU,
  rescale,
  type Scale,
  severityOfName,
  severityOfNumber,
} from "./bridge/levels.ts";
export { withoutColors } from "./bridge/line-colors.ts";
export type { ParsedLine } from "./bridge/line-parsed.ts";
export type { LineParser, LineParsers } from "./bridge/line-parser.ts";
export type { LinePreset } from "./bridge/line-presets.ts";
export type { MovedConfiguration, NotTaken } from "./bridge/moved-configuration.ts";
export { Overlaps } from "./bridge/overlaps.ts";
export { isPatch, type Method, type PatchSite, patchMethod } from "./bridge/patch.ts";
export { type FacadePort, type InboundPort, openFacade, openPort } from "./bridge/port.ts";
export { promisedSink } from "./bridge/promised-sink.ts";
export { registerSinkAdapter, type SinkAdapter } from "./bridge/recognisers.ts";
export { reserveStdout } from "./bridge/reserve-stdout.ts";
export { type HostedStream, SinkHost, type SinkHostOptions } from "./bridge/sink-host.ts";
export { drainFile, StreamsBehind } from "./bridge/streams-behind.ts";
export { LogbridgeError, LogbridgeTypeError, report } from "./diagnostics.ts";
export { KEEP, plainBuiltIn } from "./format/built-ins.ts";
export { type ErrorParts, isReadableError, readError } from "./format/error-parts.ts";
export { isHarmless } from "./format/escape.ts";
export type { ExceptionInfo, Frame } from "./format/exception.ts";
export { freeKey } from "./format/free-key.ts";
export { errorToHand } from "./format/handed.ts";
export { toPlain } from "./format/json.ts";
export { escapeMarkup } from "./format/markup.ts";
export { type RawText, raw } from "./format/raw.ts";
export { stackText } from "./format/stack-text.ts";
export { consoleText, formatConsole, inspect, isError, isProxy } from "./format/value.ts";
export type { Filter, LevelByName } from "./handler/filter.ts";
export type { HandlerHandle } from "./handler/handle.ts";
export type { KeyValue } from "./handler/key-text.ts";
export type { AddOptions, FailureKind, HandlerOptions, Serialize } from "./handler/options.ts";
export type { ThrottlePart } from "./handler/record-key.ts";
export { type SampleOptions, sample } from "./handler/sample.ts";
export type { SuppressingFilter } from "./handler/suppressing-filter.ts";
export type { Keep, SuppressionOptions } from "./handler/suppression-options.ts";
export { type ThrottleOptions, throttle } from "./handler/throttle.ts";
export type { Counts, Patcher } from "./hub.ts";
export type { CatchOptions, ErrorClass } from "./logger/catch-options.ts";
export type { Catch, CatchDecorator, Caught } from "./logger/catch-types.ts";
export type { ConfigureOptions, HandlerConfig } from "./logger/configure.ts";
export type { Contextualize, EnteredContext } from "./logger/contextualize.ts";
export { createLogger, type LoggerOptions, logger } from "./logger/create.ts";
export type { EarlyHold, HoldEarlyOptions } from "./logger/early.ts";
export type { LogMethod } from "./logger/face.ts";
export type { CompleteOptions, HandlerId, HandlerStats } from "./logger/handlers.ts";
export { isLogger, type Logger, type Stats } from "./logger/logger.ts";
export type { OptOptions } from "./logger/opt.ts";
export { type ParseCast, type ParsedGroups, type ParseOptions, parse } from "./logger/parse.ts";
export type { OpenFile, ParseSource } from "./logger/parse-source.ts";
export { isPromised } from "./promised.ts";
export { readyPattern } from "./ready-pattern.ts";
export type { Caller } from "./record/caller.ts";
export { mergeFields } from "./record/context.ts";
export type { ExceptionData, RecordData } from "./record/data.ts";
export { describeException } from "./record/exception.ts";
export type { Level, LevelOptions } from "./record/level.ts";
export { moduleNameOf } from "./record/module-path.ts";
export type { Origin } from "./record/origin.ts";
export { isPlainObject } from "./record/plain-object.ts";
export type { LogRecord, RecordLevel } from "./record/record.ts";
export type { RecordException, RecordFile, RecordProcess, RecordThread } from "./record/record-parts.ts";
export { compileMessageRedaction } from "./record/redacted-message.ts";
export { errorFromData, recordFromJSON } from "./record/revive.ts";
export type { ForeignSinks, SinkLike } from "./sinks/accept.ts";
export { consoleSink } from "./sinks/console.ts";
export type { FileOptions } from "./sinks/file/options.ts";
export type { SinkFunction } from "./sinks/function.ts";
export { type MemorySink, type MemorySinkOptions, memorySink } from "./sinks/memory.ts";
export { NATURE, type Sink, type SinkInlet, type SinkNature, type SinkNeeds } from "./sinks/sink.ts";
export type { WritableLike } from "./sinks/stream.ts";
