import type { InboundPort } from "@logbridge/core";
import { chainOf, type PinoLogger, part } from "../map/their-logger.ts";
import type { Written } from "../map/written.ts";
import { isLineAlone } from "../propagate/shadow.ts";
import { awaitLine, standIn } from "./stand-in.ts";
import { take } from "./take.ts";

/** Hears what loggers are about to write. */
export interface Ear {
  /** @param skip the function nearest to the user on the stack */
  hear(written: Written, skip: (...args: never[]) => unknown): void;
}

/**
 * Takes what it hears into a port.
 *
 * @param only the logger that is listened to, with what is made of it; `null`: all
 */
export function earOf(port: InboundPort, only: PinoLogger | null): Ear {
  return {
    hear(written, skip) {
      // Without a line a serializer has thrown: pino writes nothing.
      if (typeof written.line !== "string" || (only && !chainOf(written.logger).includes(only))) return;
      // What a listener throws would end the process.
      try {
        if (!isHooked(written.logger)) {
          const taken = take(port, written, skip);
          if (taken !== "echo" && !isLineAlone(written.logger))
            standIn(port, written, taken === "taken" && port.mode === "replace");
        } else if (!port.isEcho(written.logger, String(written.text)))
          awaitLine(port, written, (line, from) => take(port, { ...written, line, isHooked: true }, from) === "taken");
      } catch (error) {
        port.fail(error);
      }
    },
  };
}

/** Has the logger a function that changes its lines on their way to the stream? */
function isHooked(logger: PinoLogger): boolean {
  return typeof (part(logger, "hooks") as { streamWrite?: unknown } | undefined)?.streamWrite === "function";
}
