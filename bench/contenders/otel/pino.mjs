import { once } from "node:events";
import { pino } from "pino";
import { message, three } from "../work.mjs";
import { ROOM } from "./pipeline.mjs";

/** Its worker belongs to this process, and so does what it costs. @param {import("../../measure.mjs").Task} task @returns {Promise<import("../../measure.mjs").Subject>} */
export async function open({ file, arrived }) {
  const transport = pino.transport({
    target: "pino-opentelemetry-transport",
    options: {
      loggerName: "bench",
      logRecordProcessorOptions: {
        recordProcessorType: "batch",
        exporterOptions: { protocol: "http/protobuf", protobufExporterOptions: { url: file } },
        // Else each burst would wait for a second.
        processorConfig: { ...ROOM, scheduledDelayMillis: 20 },
      },
    },
  });
  const logger = pino({}, transport);
  await once(transport, "ready");
  let logged = 0;
  return {
    log: (index) => {
      logged++;
      logger.info(three(index), message);
    },
    finish: () => arrived(logged),
  };
}
