/// <reference lib="esnext.disposable" preserve="true" />

import { registerSinkAdapter } from "@logbridge/core";
import { isLegacyTransport, isWinstonTransport, type WinstonTransport, winstonSink } from "./sink.ts";

export { interceptWinston, type WinstonModule } from "./intercept.ts";
export type { WinstonLevels } from "./levels.ts";
export type { WinstonFormat } from "./map.ts";
export { propagateToWinston, type WinstonLogger } from "./propagate.ts";
export {
  type LegacyWinstonTransport,
  type WinstonSinkOptions,
  type WinstonTransport,
  winstonSink,
  winstonSinks,
} from "./sink.ts";

registerSinkAdapter({
  name: "winston",
  matches: (value) => isWinstonTransport(value) || isLegacyTransport(value),
  toSink: (value) => winstonSink(value as WinstonTransport),
});
