import { fileURLToPath } from "node:url";
import { LogbridgeTypeError } from "@logbridge/core";
import type { Stream } from "../propagate/stream.ts";

/** What of a copy of pino makes transports. */
export interface TransportMaker {
  transport(options: never): unknown;
}

/**
 * The stream of a configuration's transport. Without a copy of pino one is loaded: only pino can make it.
 *
 * @param transport `{ target }`, `{ targets }` or `{ pipeline }`
 * @param levels custom levels, which targets may name
 */
export function transportOf(
  transport: object,
  levels: Readonly<Record<string, number>> | undefined,
  pino: TransportMaker | undefined,
): Stream | Promise<Stream> {
  if (typeof (transport as Partial<Stream>).write === "function")
    throw new LogbridgeTypeError(
      "LB1574",
      "fromPinoOptions(): option transport must be { target }, { targets } or { pipeline }; give a stream as the second argument",
    );
  const files = callingFiles();
  const from = (caller: string | readonly string[], maker: TransportMaker): Stream =>
    maker.transport({ caller, ...transport, ...(levels && { levels }) } as never) as Stream;
  const make = (maker: TransportMaker): Stream => {
    try {
      return from(files, maker);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ERR_INVALID_ARG_VALUE") throw error;
      return fromOneOf(files, (file) => from(file, maker));
    }
  };
  return pino ? make(pino) : import("pino").then((loaded) => make(loaded.default as TransportMaker));
}

/** pino 7 takes one file, where later versions take all. */
function fromOneOf(files: readonly string[], make: (file: string) => Stream): Stream {
  let failure: unknown;
  for (const file of files)
    try {
      return make(file);
    } catch (error) {
      failure = error;
    }
  throw failure;
}

const FILE = /(?:\(|at |async )((?:file:\/\/)?[^()\s][^()]*?):\d+:\d+\)?$/;

/** Targets that are named as modules are looked for from the files that are on the stack, as pino does. */
function callingFiles(): string[] {
  const lines = String(new Error().stack).split("\n");
  const files = lines.flatMap((line) => FILE.exec(line)?.[1] ?? []).filter((file) => !file.startsWith("node:"));
  return [...new Set(files.map((file) => (file.startsWith("file:") ? fileURLToPath(file) : file)))];
}
