import { pinoSink } from "@logbridge/adapter-pino";
import { pino } from "pino";

/** @param {string} destination */
const toFile = (destination) => ({ target: "pino/file", options: { destination } });

/** @type {Record<string, (file: string) => import("pino").DestinationStream>} */
const make = {
  stdout: () => pino.destination(1),
  async: (dest) => pino.destination({ dest, sync: false }),
  minLength: (dest) => pino.destination({ dest, sync: false, minLength: 4096 }),
  transport: (file) => pino.transport(toFile(file)),
  "two targets": (file) => pino.transport({ targets: [toFile(file), toFile(`${file}.second`)] }),
};

export const transports = Object.fromEntries(
  Object.entries(make).map(([name, stream]) => [
    name,
    {
      /** @param {string} file */
      native(file) {
        const logger = pino({}, stream(file));
        return {
          log: (/** @type {string} */ text) => logger.info(text),
          flush: () => new Promise((resolve) => logger.flush(resolve)),
        };
      },
      /** @param {string} file */
      sink: (file) => pinoSink(stream(file)),
    },
  ]),
);
