import { once } from "node:events";
import { pino } from "pino";
import { SCOPE } from "../records.mjs";

/** @param {string} url @returns {import("../side.mjs").Side} */
export function open(url) {
  const exporterOptions = { protocol: "http/protobuf", protobufExporterOptions: { url } };
  const transport = pino.transport({
    target: "pino-opentelemetry-transport",
    options: { loggerName: SCOPE, logRecordProcessorOptions: { recordProcessorType: "batch", exporterOptions } },
  });
  const logger = /** @type {any} */ (pino({ customLevels: { success: 35 } }, transport));
  return {
    log({ id, level, fields, error, structured }) {
      if (structured) logger[level]({ msg: structured });
      else logger[level]({ ...fields, ...(error && { err: error }) }, id);
    },
    async end() {
      // Its worker does not keep the process alive.
      const held = setInterval(() => {}, 1_000);
      transport.end();
      await once(transport, "close");
      clearInterval(held);
    },
  };
}
