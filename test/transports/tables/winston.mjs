import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { builtIn } from "./winston/built-in.mjs";
import { files } from "./winston/files.mjs";
import { fixedAddress } from "./winston/fixed-address.mjs";
import { services } from "./winston/services.mjs";
import { sockets } from "./winston/sockets.mjs";
import { stores } from "./winston/stores.mjs";
import { syslogs } from "./winston/syslog.mjs";
import { web } from "./winston/web.mjs";

/** @type {import("../row.mjs").Table["rows"]} */
export const rows = [...builtIn, ...files, ...syslogs, ...sockets, ...stores, ...web, ...fixedAddress, ...services];

/** The names that our levels have on a transport, with the ranks of npm's levels between them. */
const LEVELS = { critical: 0, error: 1, warn: 2, success: 3, info: 4, http: 5, verbose: 6, debug: 7, silly: 8 };
/** @type {Record<string, Record<string, string>>} */
const NAMES = {
  ours: {
    TRACE: "silly",
    DEBUG: "debug",
    INFO: "info",
    SUCCESS: "success",
    WARNING: "warn",
    ERROR: "error",
    CRITICAL: "critical",
  },
  syslog: {
    TRACE: "debug",
    DEBUG: "debug",
    INFO: "info",
    SUCCESS: "notice",
    WARNING: "warning",
    ERROR: "error",
    CRITICAL: "crit",
  },
};
/** Fields of these names arrive with a trailing underscore, as the adapter's README says. */
const RESERVED = ["level", "message", "timestamp", "stack"];

/** @type {import("../row.mjs").Table["native"]} */
export async function native(row, at) {
  const { default: winston } = await import("winston");
  const transport = await row.make(at, "native");
  const { format } = winston;
  const isSyslog = row.options?.["levels"] === "syslog";
  const names = NAMES[isSyslog ? "syslog" : "ours"];
  const logger = winston.createLogger({
    levels: isSyslog ? winston.config.syslog.levels : LEVELS,
    level: isSyslog ? "debug" : "silly",
    format: format.combine(
      format.timestamp(),
      ...(row.options?.["metadata"] ? [format.metadata()] : []),
      format.json(),
    ),
    transports: [transport],
  });
  logger.on("error", (error) => console.error(error));
  return {
    log({ level, message, fields, error, context, name }) {
      const child = logger.child({ ...context, ...(name !== null && { label: name }) });
      const told = error ? { err: error, stack: error.stack } : {};
      child.log({ level: String(names?.[level]), message, ...renamed(fields), ...told });
    },
    complete() {},
    async remove() {
      // What it ends by `end()` first must have ended before `close()` takes the transports away.
      const ended = once(logger, "end");
      logger.end();
      await Promise.race([ended, pause(1000)]);
      logger.close();
    },
  };
}

/** @param {Readonly<Record<string, unknown>>} fields */
function renamed(fields) {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [RESERVED.includes(key) ? `${key}_` : key, value]),
  );
}

/** @type {import("../row.mjs").Table["bridged"]} */
export async function bridged(row, at) {
  const [{ createLogger }, { winstonSink }, { default: winston }] = await Promise.all([
    import("@logbridge/core"),
    import("@logbridge/adapter-winston"),
    import("winston"),
  ]);
  const logger = createLogger();
  const options = {
    ...(row.options?.["levels"] === "syslog" && { levels: winston.config.syslog.levels }),
    ...(row.options?.["metadata"] === true && { format: winston.format.metadata() }),
  };
  const made = row.make(at, "bridged");
  const id = logger.add(winstonSink(row.options?.["promise"] ? made : await made, options), { level: "TRACE" });
  return {
    log({ level, message, fields, error, context, name }) {
      let log = logger.bind({ ...context, ...fields });
      if (name !== null) log = log.forModule(name);
      (error ? log.opt({ exception: error }) : log).log(level, message);
    },
    // The default gives up before the slowest backend has answered two hundred times.
    complete: () => logger.complete({ timeout: 40_000 }),
    remove: () => logger.remove(id),
  };
}
