import { logger as globalLogger, LogbridgeError, reserveStdout } from "@logbridge/core";
import { hostProcess, isMainThread } from "../builtin.ts";
import type { ConsoleInterceptOptions, Listening, ProtocolStream } from "../source.ts";
import { undoing } from "../undo.ts";
import { printByStreams } from "./console-by-stream.ts";
import { patchDescriptor, rawWriteSync } from "./descriptor-hook.ts";
import { divertStdout } from "./diverted-stdout.ts";
import { OutputListener } from "./output-listener.ts";
import { protocolStream } from "./protocol-stream.ts";
import { listenTo } from "./standard.ts";

const STDOUT = 1;

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
 * On Bun and Deno descriptor 1 itself leads to stderr meanwhile, since there not all who write can be listened to.
 *
 * @throws LogbridgeError LB1551 where this runtime or thread has no stdout of its own or does not let it be led elsewhere, LB1552 where a
 * handler writes there
 */
export function protectStdout(listening: Listening): ProtectedStdout {
  const stream = hostProcess()?.stdout;
  // Worker threads have a stream to the main thread there, and its guard is in the main thread.
  const write = stream?.fd === 1 && isMainThread() ? rawWriteSync() : null;
  if (!stream || !write)
    throw new LogbridgeError(
      "LB1551",
      "interceptConsole(): option protectStdout needs a stdout of the process's own (descriptor 1), which this runtime or thread lacks; call it in the main thread of Node, Bun or Deno",
    );
  const steps = [reserveStdout("interceptConsole({ protectStdout: true })", listening.options.logger ?? globalLogger)];
  const leave = undoing(steps);
  try {
    const diverted = divertStdout();
    if (diverted) steps.push(diverted.leave);
    const stdout = protocolStream(stream, diverted?.write ?? ((bytes) => write(STDOUT, bytes)));
    const listener = new OutputListener(listening, stream, "stdout", true);
    steps.push(listenTo(listener, stream, listening));
    steps.push(patchDescriptor(listener));
    steps.push(printByStreams());
    return { stdout, leave };
  } catch (error) {
    leave();
    throw error;
  }
}
