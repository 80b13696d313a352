/// <reference lib="esnext.disposable" preserve="true" />

export type { ConsoleLike } from "./console/talk.ts";
export { type CreateDebug, interceptDebug } from "./debug/hook.ts";
export { asConsole, type ConsoleFacade } from "./facade.ts";
export { interceptConsole } from "./intercept.ts";
export type { LevelsBySource } from "./levels.ts";
export type { ConsoleInterception, ConsoleInterceptOptions, ProtocolStream } from "./source.ts";
