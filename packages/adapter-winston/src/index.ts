/// <reference lib="esnext.disposable" preserve="true" />

import { registerSinkAdapter } from "@logbridge/core";
import { isLegacyTransport, isWinstonTransport, type WinstonTransport } from "./sink/transports.ts";
import { winstonSink } from "./sink.ts";

export { asWinston } from "./facade.ts";
export type { WinstonModule } from "./intercept/place.ts";
export { interceptWinston } from "./intercept.ts";
export type { WinstonLevels } from "./levels.ts";
export type { WinstonFormat } from "./map/info.ts";
export { fromWinstonOptions, type WinstonOptions } from "./options.ts";
export type { WinstonLogger } from "./propagate/winston-logger.ts";
export { propagateToWinston } from "./propagate.ts";
export type { LegacyWinstonTransport, WinstonTransport } from "./sink/transports.ts";
export { type WinstonSinkOptions, winstonSink, winstonSinks } from "./sink.ts";
export { type LogbridgeTransportOptions, logbridgeTransport } from "./transport.ts";

registerSinkAdapter({
  name: "winston",
  matches: (value) => isWinstonTransport(value) || isLegacyTransport(value),
  toSink: (value) => winstonSink(value as WinstonTransport),
});
