import { Writable } from "node:stream";
import { createLogger } from "@logbridge/core";
import "@logbridge/adapter-winston";
import winston from "winston";

const stream = new Writable({
  write(chunk, _encoding, done) {
    process.stdout.write(chunk);
    done();
  },
});
const logger = createLogger();
logger.add(
  new winston.transports.Stream({
    stream,
    format: winston.format.printf(({ level, message }) => `${level}: ${message}`),
  }),
);
logger.info("through a bundle");
await logger.complete();
