import { tracingChannel } from "node:diagnostics_channel";
import type { PinoLogger } from "../map/their-logger.ts";
import type { Ear } from "./ear.ts";

/** What pino publishes around its `asJson`. */
interface Traced {
  readonly instance: PinoLogger;
  readonly arguments: ArrayLike<unknown>;
  readonly result?: unknown;
}

/** Has a version the channel on which pino publishes its lines? */
export function hasChannel(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 9 || (major === 9 && minor >= 10);
}

/** Listens at the channel on which every copy of pino since 9.10 publishes. */
export function listenAtChannel(ear: Ear): () => void {
  const end = (message: unknown): void => {
    const { instance, arguments: given, result } = message as Traced;
    ear.hear(
      {
        logger: instance,
        object: given[0],
        text: given[1],
        number: given[2] as number,
        time: String(given[3]),
        line: result as string,
      },
      end,
    );
  };
  const channel = tracingChannel("pino_asJson");
  channel.end.subscribe(end);
  return () => void channel.end.unsubscribe(end);
}
