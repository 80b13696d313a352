/// <reference lib="esnext.disposable" preserve="true" />

export { type CreateDebug, interceptDebug } from "./debug/hook.ts";
export { asConsole, type ConsoleFacade } from "./facade.ts";
export { type ConsoleInterceptOptions, interceptConsole } from "./intercept.ts";
export type { ConsoleLike } from "./console/talk.ts";
