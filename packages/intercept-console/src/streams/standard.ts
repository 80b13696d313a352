import { LogbridgeError } from "@logbridge/core";
import { hostProcess } from "../builtin.ts";
import type { Listening, Source } from "../source.ts";
import { atExit } from "./at-exit.ts";
import { OutputListener } from "./output-listener.ts";
import { patchStream } from "./stream-hook.ts";

/**
 * Takes in what is written to `process.stdout` and `process.stderr`, by line.
 *
 * @throws LogbridgeError LB1551 where there are no such streams
 */
export const listenToStreams: Source = (listening) => {
  const process = hostProcess();
  const isStream = (stream: unknown): boolean =>
    typeof (stream as { write?: unknown } | undefined)?.write === "function";
  if (!process || !isStream(process.stdout) || !isStream(process.stderr))
    throw new LogbridgeError(
      "LB1551",
      "interceptConsole(): option streams needs process.stdout and process.stderr, which this runtime lacks; leave it out",
    );
  // A protected stdout is listened to by its guard.
  const sources = listening.options.protectStdout ? (["stderr"] as const) : (["stdout", "stderr"] as const);
  const leave: (() => void)[] = [];
  const leaveAll = (): void => {
    for (const one of leave) one();
  };
  try {
    for (const source of sources)
      leave.push(listenTo(new OutputListener(listening, process[source], source), process[source], listening));
  } catch (error) {
    leaveAll();
    throw error;
  }
  return leaveAll;
};

/**
 * Lets a listener take part in a stream, until the function that it gives is called.
 *
 * @throws LogbridgeError LB1551 for a stream whose functions cannot be replaced
 */
export function listenTo(
  listener: OutputListener,
  stream: NodeJS.WritableStream,
  { begun }: Pick<Listening, "begun">,
): () => void {
  const leave = patchStream(stream, listener);
  const forget = [atExit(() => listener.atExit()), begun.add(stream, () => listener.interrupt())];
  return () => {
    for (const one of forget) one();
    listener.end();
    leave();
  };
}
