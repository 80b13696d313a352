import { setTimeout } from "node:timers/promises";
import { METHODS } from "../records.mjs";
import { builtIn } from "./log4js/built-in.mjs";
import { filters } from "./log4js/filters.mjs";
import { foreign } from "./log4js/foreign.mjs";
import { processes } from "./log4js/processes.mjs";

/** The appender that gets the records is called `out`; the others are those that it refers to. */
/** @typedef {Record<string, Record<string, unknown>> & { out: Record<string, unknown> }} Appenders */

/** @type {import("../row.mjs").Table["rows"]} */
export const rows = [...builtIn, ...filters, ...processes, ...foreign];

/** Known to the processes on both ends. */
const SUCCESS = { SUCCESS: { value: 25_000, colour: "green" } };

/** @type {import("../row.mjs").Table["native"]} */
export async function native(row, at) {
  const { default: log4js } = await import("log4js");
  /** @type {Appenders} */
  const appenders = await row.make(at, "native");
  log4js.configure({
    levels: SUCCESS,
    appenders: /** @type {any} */ (appenders),
    categories: { default: { appenders: ["out"], level: "all" } },
  });
  return {
    log({ level, message, fields, error, context, name }) {
      const logger = /** @type {any} */ (log4js.getLogger(name ?? "default"));
      const extra = { ...context, ...fields };
      for (const [key, value] of Object.entries(extra)) logger.addContext(key, value);
      const behind = [...(Object.keys(extra).length > 0 ? [extra] : []), ...(error ? [error] : [])];
      // As soon as something stands behind it, log4js reads a text as printf.
      logger[String(METHODS[level])](behind.length > 0 ? message.replaceAll("%", "%%") : message, ...behind);
    },
    complete: () => written(row, at),
    remove: () => new Promise((resolve) => log4js.shutdown(resolve)),
  };
}

/** @type {import("../row.mjs").Table["bridged"]} */
export async function bridged(row, at) {
  const { createLogger } = await import("@logbridge/core");
  const { log4jsSink } = await import("@logbridge/adapter-log4js");
  const { default: log4js } = await import("log4js");
  log4js.levels.addLevels(SUCCESS);
  const { out, ...appenders } = /** @type {Appenders} */ (await row.make(at, "bridged"));
  const logger = createLogger();
  const sink = log4jsSink(/** @type {any} */ (out), { appenders: /** @type {any} */ (appenders) });
  const id = logger.add(sink, { level: "TRACE" });
  return {
    log({ level, message, fields, error, context, name }) {
      const log = logger.bind({ ...context, ...fields }).forModule(name ?? "default");
      (error ? log.opt({ exception: error }) : log).log(level, message);
    },
    async complete() {
      await logger.complete();
      await written(row, at);
    },
    remove: () => logger.remove(id),
  };
}

/**
 * For what does not leave the process by itself (`write`), and for appenders that lose what they hold when they are shut down (`pause`, ms).
 * @param {import("../row.mjs").Row} row
 * @param {Record<string, any>} at
 */
async function written({ options }, at) {
  await setTimeout(Number(options?.["pause"] ?? 0));
  await /** @type {((at: Record<string, any>) => unknown) | undefined} */ (options?.["write"])?.(at);
}
