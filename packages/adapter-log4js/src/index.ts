/// <reference lib="esnext.disposable" preserve="true" />

import { registerSinkAdapter } from "@logbridge/core";
import { isLog4jsAppender, type Log4jsAppenderConfig } from "./sink/appender.ts";
import { log4jsSink } from "./sink.ts";

export { asLog4js, type Log4jsFacade, type Log4jsRecording } from "./facade.ts";
export { interceptLog4js } from "./intercept.ts";
export type { Log4jsLevel, Log4jsLevels } from "./levels.ts";
export type { Log4jsCategory, Log4jsConfiguration } from "./options/configuration.ts";
export {
  type FromLog4jsConfigOptions,
  fromLog4jsConfig,
  type Log4jsLayout,
  type MakeLog4jsLayout,
} from "./options.ts";
export { type Log4jsLogger, type Log4jsModule, propagateToLog4js } from "./propagate.ts";
export type {
  Log4jsAppender,
  Log4jsAppenderConfig,
  Log4jsAppenderModule,
  Log4jsAppenderSource,
} from "./sink/appender.ts";
export { type Log4jsSinkOptions, log4jsSink, log4jsSinks } from "./sink.ts";

declare module "@logbridge/core" {
  interface ForeignSinks {
    readonly log4js: Log4jsAppenderConfig;
  }
}

registerSinkAdapter({
  name: "log4js",
  matches: isLog4jsAppender,
  toSink: (value) => log4jsSink(value as Log4jsAppenderConfig),
});
