/// <reference lib="esnext.disposable" preserve="true" />

import { registerSinkAdapter } from "@logbridge/core";
import { isLog4jsAppender, type Log4jsAppenderConfig, log4jsSink } from "./sink.ts";

export { interceptLog4js } from "./intercept.ts";
export type { Log4jsLevel, Log4jsLevels } from "./levels.ts";
export { type Log4jsLogger, type Log4jsModule, propagateToLog4js } from "./propagate.ts";
export {
  type Log4jsAppender,
  type Log4jsAppenderConfig,
  type Log4jsAppenderModule,
  type Log4jsAppenderSource,
  type Log4jsSinkOptions,
  log4jsSink,
  log4jsSinks,
} from "./sink.ts";

registerSinkAdapter({
  name: "log4js",
  matches: isLog4jsAppender,
  toSink: (value) => log4jsSink(value as Log4jsAppenderConfig),
});
