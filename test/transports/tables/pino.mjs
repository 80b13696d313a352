import { setTimeout } from "node:timers/promises";
import { METHODS } from "../records.mjs";
import { files } from "./pino/files.mjs";
import { network } from "./pino/network.mjs";
import { services } from "./pino/services.mjs";
import { texts } from "./pino/texts.mjs";

/** @type {import("../row.mjs").Table["rows"]} */
export const rows = [...files, ...texts, ...network, ...services];

/** Fields of these names arrive with a trailing underscore, as the adapter's README says; pino would write each of them twice. */
const RESERVED = ["level", "time", "pid", "hostname", "msg"];

/** @type {import("../row.mjs").Table["native"]} */
export async function native(row, at) {
  const { default: pino } = await import("pino");
  const made = await row.make(at, "native");
  const logger = isLogger(row) ? made : pino({ level: "trace", customLevels: { success: 35 } }, made);
  return {
    log({ level, message, fields, error, context, name }) {
      const child = /** @type {any} */ (logger.child({ ...context, ...(name !== null && { name }) }));
      child[String(METHODS[level])]({ ...renamed(fields), ...(error && { err: error }) }, message);
    },
    complete: () => pause(row),
    remove: () => (isLogger(row) ? made.flush() : void made.end()),
  };
}

/** Does the row make a logger with its streams, in place of a stream? @param {import("../row.mjs").Row} row */
function isLogger({ options }) {
  return options?.["isLogger"] === true;
}

/** For transports that send by a timer of their own and nothing at their end. @param {import("../row.mjs").Row} row */
async function pause({ options }) {
  await setTimeout(Number(options?.["pause"] ?? 0));
}

/** @param {Readonly<Record<string, unknown>>} fields */
function renamed(fields) {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [RESERVED.includes(key) ? `${key}_` : key, value]),
  );
}

/** @type {import("../row.mjs").Table["bridged"]} */
export async function bridged(row, at) {
  const { createLogger } = await import("@logbridge/core");
  const { pinoSink, pinoSinks } = await import("@logbridge/adapter-pino");
  const logger = createLogger();
  const made = await row.make(at, "bridged");
  const [sink = pinoSink(made)] = isLogger(row) ? pinoSinks(made) : [];
  const id = logger.add(sink, { level: "TRACE" });
  return {
    log({ level, message, fields, error, context, name }) {
      let log = logger.bind({ ...context, ...fields });
      if (name !== null) log = log.forModule(name);
      (error ? log.opt({ exception: error }) : log).log(level, message);
    },
    async complete() {
      await logger.complete();
      await pause(row);
    },
    remove: () => logger.remove(id),
  };
}
