// biome-ignore lint/suspicious/noTsIgnore: in programs without types of Node this type is any, and the rest compiles
/** @ts-ignore */
import type { Writable } from "node:stream";
import type { InboundPort, Interception, InterceptOptions } from "@logbridge/core";
import type { ConsoleLike } from "./console/talk.ts";
import type { LevelsBySource, SpokenLevels } from "./levels.ts";
import type { BegunLines } from "./streams/begun-lines.ts";

/** Options of `interceptConsole`. */
export interface ConsoleInterceptOptions extends Omit<InterceptOptions, "stage"> {
  /** Another console than the global one: what `new Console(…)` made. `"all"`: the global one, and each that is made from now on. */
  readonly console?: ConsoleLike | "all";
  /** The level of what each method or source says, where the table of the README does not suit: `{ log: "DEBUG", stderr: "ERROR" }`. */
  readonly levels?: LevelsBySource;
  /** Also takes, line by line, what is written to `process.stdout` and `process.stderr`. Default `false`. */
  readonly streams?: boolean;
  /** Also takes the warnings of the process. Default `false`. */
  readonly warnings?: boolean;
  /** Also takes what nobody caught. Default `false`. */
  readonly uncaught?: boolean;
  /** Also takes what npm's own packages say by `process.emit("log", …)`. Default `false`. */
  readonly processLog?: boolean;
  /** Keeps stdout for a protocol: what else is written there goes to the logger. Default `false`. */
  readonly protectStdout?: boolean;
}

/** What one source of speech is given: the way in, and the options, checked. */
export interface Listening {
  readonly port: InboundPort;
  readonly levels: SpokenLevels;
  readonly options: ConsoleInterceptOptions;
  readonly begun: BegunLines;
}

/** Begins to listen to one source; gives how to stop, which puts everything back. */
export type Source = (listening: Listening) => () => void;

/**
 * What `interceptConsole` gives.
 *
 * @typeParam Stdout what `stdout` is: a stream where `protectStdout` was given as `true`
 */
export interface ConsoleInterception<Stdout extends ProtocolStream | null = ProtocolStream | null>
  extends Interception {
  /** With `protectStdout`: the stream that still reaches stdout, for the protocol. Else `null`. */
  readonly stdout: Stdout;
}

/** A Node `Writable`; hand it to whatever wants one. */
export type ProtocolStream = Writable;
