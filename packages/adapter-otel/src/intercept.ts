import {
  checkInterceptOptions,
  logger as globalLogger,
  type Interception,
  type InterceptOptions,
  inspect,
  interception,
  LogbridgeError,
  LogbridgeTypeError,
  openPort,
} from "@logbridge/core";
import * as api from "@opentelemetry/api";
import { Listening } from "./intercept/listening.ts";
import { BRIDGE } from "./intercept/take.ts";
import type { LoggerProviderLike } from "./options.ts";
import type { ReadableLogRecord } from "./otlp/readable.ts";
import { type OtelLoggerProvider, realProvider } from "./providers.ts";

/** Options of `interceptOtel()`. */
export interface InterceptOtelOptions extends InterceptOptions {
  /** The provider to listen to, of OpenTelemetry's SDK. Default: those that are registered for the process, now or later. */
  readonly provider?: LoggerProviderLike;
}

/** Takes records in until it is restored; at the same time a `LogRecordProcessor` of OpenTelemetry's SDK, of both generations. */
export interface OtelInterception extends Interception {
  /** For the SDK: takes the record in. Never throws. */
  onEmit(record: ReadableLogRecord, context?: api.Context): void;
  /** For the SDK: would a record of this severity be taken? */
  enabled(options: { readonly severityNumber?: number }): boolean;
  /** For the SDK: it keeps nothing. What our own sinks keep is flushed by `logger.complete()`. */
  forceFlush(): Promise<void>;
  /** For the SDK. The interception goes on for other providers, until `restore()`. */
  shutdown(): Promise<void>;
}

/**
 * Takes in what libraries emit by OpenTelemetry's logs API, with time, severity, scope, attributes, exception and trace.
 *
 * Without `provider` it listens to the logger providers that are registered for the process, in both generations of the API; where there is
 * none, what is emitted would vanish, and comes here. An SDK that is set up later takes its place, and is listened to. Given to a provider as
 * one of its `processors`, it takes in what that provider's loggers emit, at its place in the list: what a processor before it has hidden stays hidden.
 *
 * A record is what the provider's processors have left of it. In "tee" (default) the exporters get each record as before; in "replace" all
 * processors run, and the exporters that can be reached are kept from what we take (LB1658 is reported where none can). A record that one of
 * our own sinks has emitted is not taken in again.
 *
 * @throws LogbridgeTypeError LB1650 where `provider` offers no way to listen; LogbridgeError LB1652 for `level: "follow"`; and the errors of
 * `checkInterceptOptions`
 * @example
 * const interception = interceptOtel();
 * // or, where you set up the SDK:
 * const provider = new LoggerProvider({ processors: [redacting, interceptOtel({ logger }), batching] });
 */
export function interceptOtel(options: InterceptOtelOptions = {}): OtelInterception {
  checkInterceptOptions(options, "interceptOtel", ["provider"]);
  if (options.level === "follow")
    throw new LogbridgeError(
      "LB1652",
      'interceptOtel(): option level cannot be "follow", since loggers of OpenTelemetry have no level; they ask by enabled(), and are told of the lowest level of your handlers anyway',
    );
  const provider = options.provider === undefined ? null : providerIn(options.provider);
  const port = openPort(BRIDGE, options, globalLogger);
  const listening = new Listening(port, options.logger ?? globalLogger);
  let leave = (): void => {};
  const made = interception(BRIDGE.name, () => {
    leave();
    listening.end();
    port.close();
  });
  const processor = Object.assign(made, processorOf(listening));
  if (!provider) leave = listening.listenGlobally(processor);
  else if (!listening.listenTo(provider, null)) {
    made.restore();
    throw noProvider(options.provider);
  }
  return processor;
}

function processorOf(listening: Listening): Omit<OtelInterception, keyof Interception> {
  return {
    onEmit: function onEmit(record, context = api.context.active()) {
      listening.hearAsProcessor(record, context, onEmit);
    },
    enabled: ({ severityNumber = 0 }) => listening.wants(severityNumber),
    forceFlush: async () => {},
    shutdown: async () => {},
  };
}

function providerIn(value: unknown): OtelLoggerProvider {
  const provider = realProvider(value);
  if (!provider) throw noProvider(value);
  return provider;
}

function noProvider(value: unknown): LogbridgeTypeError {
  return new LogbridgeTypeError(
    "LB1650",
    `interceptOtel(): option provider must be a LoggerProvider of @opentelemetry/sdk-logs, got ${inspect(value)}; to any other one give what interceptOtel() returns as a processor`,
  );
}
