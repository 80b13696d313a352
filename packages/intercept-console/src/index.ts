/// <reference lib="esnext.disposable" preserve="true" />

export type { ConsoleLike } from "./console/talk.ts";
export { type CreateDebug, type DebugInterceptOptions, interceptDebug } from "./debug/hook.ts";
export type { LevelsByNamespace } from "./debug/levels.ts";
export {
  asConsole,
  asObjectFirst,
  asStringFirst,
  type ConsoleFacade,
  type ObjectFirstFacade,
  type StringFirstFacade,
} from "./facade.ts";
export { interceptConsole } from "./intercept.ts";
export type { LevelsBySource } from "./levels.ts";
export type { ConsoleInterception, ConsoleInterceptOptions, ProtocolStream } from "./source.ts";
export { interceptStream, type StreamInterception, type StreamInterceptOptions } from "./streams/intercept-stream.ts";
export type { NodeWritableLike, OutletLike } from "./streams/outlet.ts";
export type { NodeReadableLike, ReadableLike } from "./streams/readable.ts";
