/// <reference lib="esnext.disposable" preserve="true" />

import { registerSinkAdapter } from "@logbridge/core";
import { isPinoStream, type PinoStream, pinoSink } from "./sink.ts";

export { interceptPino, type PinoModule } from "./intercept.ts";
export type { PinoLevels } from "./levels.ts";
export type { PinoLogger, PinoRedaction } from "./map.ts";
export { propagateToPino } from "./propagate.ts";
export { type PinoSinkOptions, type PinoStream, pinoSink, pinoSinks } from "./sink.ts";

registerSinkAdapter({
  name: "pino",
  matches: isPinoStream,
  toSink: (value) => pinoSink(value as PinoStream),
});
