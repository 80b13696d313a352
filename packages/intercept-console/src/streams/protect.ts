import { logger as globalLogger, LogbridgeError, reserveStdout } from "@logbridge/core";
import type { ConsoleInterceptOptions, Listening, ProtocolStream } from "../source.ts";
import { builtin, hostProcess } from "./builtin.ts";
import { printByStreams } from "./console-by-stream.ts";
import { patchDescriptor } from "./descriptor-hook.ts";
import { OutputListener } from "./output-listener.ts";
import { protocolStream } from "./protocol-stream.ts";
import { listenTo } from "./standard.ts";

/** A stdout that belongs to a protocol. */
export interface ProtectedStdout {
  /** What still reaches it. */
  readonly stdout: ProtocolStream;
  /** Gives it back to everybody. */
  readonly leave: () => void;
}

/** @throws LogbridgeError LB1550 for a mode that would print what is to be kept away */
export function checkProtection({ protectStdout, mode }: ConsoleInterceptOptions): void {
  if (protectStdout && mode === "tee")
    throw new LogbridgeError(
      "LB1550",
      'interceptConsole(): protectStdout keeps what is printed away from stdout, so that mode cannot be "tee"; leave mode out and add a handler on stderr to see it',
    );
}

/**
 * Keeps stdout for a protocol: what is written to `process.stdout`, or to descriptor 1 by `node:fs`, goes to the logger, and what
 * becomes no record goes to stderr.
 *
 * @throws LogbridgeError LB1551 where this runtime or thread has no stdout of its own, LB1552 where a handler writes there
 */
export function protectStdout(listening: Listening): ProtectedStdout {
  const stream = hostProcess()?.stdout;
  // Worker threads have a stream to the main thread there, and its guard is in the main thread.
  const stdout = stream?.fd === 1 && builtin("node:fs") ? protocolStream(stream) : null;
  if (!stream || !stdout)
    throw new LogbridgeError(
      "LB1551",
      "interceptConsole(): option protectStdout needs a stdout of the process's own (descriptor 1), which this runtime or thread lacks; call it in the main thread of Node, Bun or Deno",
    );
  const release = reserveStdout("interceptConsole({ protectStdout: true })", listening.options.logger ?? globalLogger);
  const listener = new OutputListener(listening, stream, "stdout", true);
  const leaveStream = listenTo(listener, stream);
  const leaveDescriptor = patchDescriptor(listener);
  const leaveConsole = printByStreams();
  return {
    stdout,
    leave: () => {
      leaveConsole();
      leaveDescriptor();
      leaveStream();
      release();
    },
  };
}
