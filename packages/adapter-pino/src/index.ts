/// <reference lib="esnext.disposable" preserve="true" />

import { registerSinkAdapter } from "@logbridge/core";
import { isPinoStream, type PinoStream, pinoSink } from "./sink.ts";

export { type AddedLevels, asPino, type PinoFace } from "./facade.ts";
export { interceptPino, type PinoModule } from "./intercept.ts";
export type { PinoLevels } from "./levels.ts";
export type { PinoRedaction } from "./map/line-options.ts";
export type { PinoLogger } from "./map/their-logger.ts";
export type { TransportMaker } from "./options/destination.ts";
export type { PinoOptions } from "./options/pino-options.ts";
export { fromPinoOptions, type PinoOptionsContext } from "./options.ts";
export { propagateToPino } from "./propagate.ts";
export type { PinoSinkOptions } from "./sink/options.ts";
export { type PinoStream, pinoSink, pinoSinks } from "./sink.ts";

registerSinkAdapter({
  name: "pino",
  matches: isPinoStream,
  toSink: (value) => pinoSink(value as PinoStream),
});
