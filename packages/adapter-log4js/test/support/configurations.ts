import type { Log4jsConfiguration } from "@logbridge/adapter-log4js";
import log4js, { type Logger } from "log4js";

const PATTERN = { type: "pattern", pattern: "%d{ISO8601} %p %c %X{user} %m" };

/** Configurations of the kinds that the documentation of log4js shows. Files are named from the working directory. */
export const CONFIGURATIONS: Readonly<Record<string, Log4jsConfiguration>> = {
  file: {
    appenders: { everything: { type: "file", filename: "all.log" } },
    categories: { default: { appenders: ["everything"], level: "debug" } },
  },
  "file that rolls by size": {
    appenders: {
      app: { type: "file", filename: "app.log", maxLogSize: "1K", backups: 3, keepFileExt: true, layout: PATTERN },
    },
    categories: { default: { appenders: ["app"], level: "all" } },
  },
  dateFile: {
    appenders: { app: { type: "dateFile", filename: "app.log", pattern: "yyyy-MM-dd", alwaysIncludePattern: true } },
    categories: { default: { appenders: ["app"], level: "info" }, shop: { appenders: ["app"], level: "all" } },
  },
  fileSync: {
    appenders: { app: { type: "fileSync", filename: "sync.log", layout: { type: "messagePassThrough" } } },
    categories: { default: { appenders: ["app"], level: "trace" } },
  },
  "multiFile by category, and by a value of the context": {
    appenders: {
      byName: { type: "multiFile", base: "names/", property: "categoryName", extension: ".log" },
      byUser: { type: "multiFile", base: "users/", property: "user", extension: ".txt", layout: PATTERN },
    },
    categories: { default: { appenders: ["byName", "byUser"], level: "debug" } },
  },
  "stdout with a pattern": {
    appenders: {
      out: {
        type: "stdout",
        layout: { type: "pattern", pattern: "%[%r [%5.5p] %c{1}%] - %m %x{who}%n", tokens: { who: "me" } },
      },
    },
    categories: { default: { appenders: ["out"], level: "all" } },
  },
  "console, stderr and a file": {
    appenders: {
      console: { type: "console" },
      errors: { type: "stderr", layout: { type: "basic" } },
      file: { type: "fileSync", filename: "app.log", layout: { type: "dummy" } },
    },
    categories: {
      default: { appenders: ["console"], level: "info" },
      shop: { appenders: ["errors", "file"], level: "warn" },
    },
  },
  categoryFilter: {
    appenders: {
      file: { type: "file", filename: "app.log" },
      quiet: { type: "categoryFilter", exclude: ["shop.orders"], appender: "file" },
    },
    categories: { default: { appenders: ["quiet"], level: "info" } },
  },
  "logLevelFilter beside the file that it writes to, a filter behind a filter": {
    appenders: {
      all: { type: "file", filename: "all.log" },
      worst: { type: "file", filename: "worst.log" },
      errors: { type: "logLevelFilter", appender: "worst", level: "warn", maxLevel: "error" },
      emergencies: { type: "noLogFilter", appender: "errors", exclude: ["^quiet", "secret\\d"] },
      again: { type: "logLevelFilter", appender: "all", level: "fatal" },
    },
    categories: { default: { appenders: ["all", "emergencies", "again"], level: "debug" } },
  },
  "levels of its own": {
    appenders: { out: { type: "fileSync", filename: "app.log", layout: { type: "coloured" } } },
    levels: {
      AUDIT: { value: 27_000, colour: "cyan" },
      lesser_debug: { value: 7000, colour: "grey" },
      WARN: { value: 30_000, colour: "magenta" },
    },
    categories: {
      default: { appenders: ["out"], level: "audit" },
      shop: { appenders: ["out"], level: "lesser_debug" },
    },
  },
  "a layout of one's own": {
    appenders: { out: { type: "fileSync", filename: "app.json", layout: { type: "lines", separator: "," } } },
    categories: { default: { appenders: ["out"], level: "info" } },
  },
  "inheritance, a category that is off, an appender named twice, and where it was logged": {
    appenders: {
      root: { type: "fileSync", filename: "root.log" },
      leaf: { type: "fileSync", filename: "leaf.log", layout: { type: "pattern", pattern: "%c %p %f{1}:%l %M %m" } },
      lone: { type: "fileSync", filename: "lone.log" },
    },
    categories: {
      default: { appenders: ["root", "root"], level: "error" },
      shop: { appenders: ["root"], level: "info" },
      "shop.orders.eu": { appenders: ["leaf"], level: "debug", enableCallStack: true },
      "shop.lone": { appenders: ["lone"], level: "warn", inherit: false },
      silent: { appenders: ["root"], level: "off" },
    },
  },
};

/** For `log4js.addLayout`. */
export const makeLines =
  ({ separator }: { separator: string }) =>
  (event: { level: object; categoryName: string; data: unknown[]; context: Record<string, unknown> }): string =>
    `${JSON.stringify([event.level, event.categoryName, ...event.data.map(String)])}${separator}`;

type Custom = Record<string, ((...values: unknown[]) => void) | undefined>;

/** Calls of every kind, the same for whoever gives the loggers. */
export function callAll(getLogger: (category?: string) => Logger): void {
  const [root, shop, orders] = [getLogger(), getLogger("shop"), getLogger("shop.orders")] as [Logger, Logger, Logger];
  const { stackTraceLimit } = Error;
  // No frame of who called this: a file that rolls by size would roll elsewhere.
  Error.stackTraceLimit = 1;
  const [failure, alone] = [new TypeError("no such order"), new Error("alone")];
  Error.stackTraceLimit = stackTraceLimit;
  root.info("started");
  for (const level of ["trace", "debug", "info", "warn", "error", "fatal", "mark"] as const) {
    root[level](`root ${level}`);
    shop[level](`shop ${level}`);
  }
  orders.addContext("user", "ann");
  orders.info("paid %d of %d, 100%% %s", 3, 4, "sure");
  orders.warn("100% of %s");
  orders.error("failed:", failure, { id: 7, tags: ["a", "b"] });
  orders.error(alone);
  orders.info({ id: 8, nested: { deep: [1, 2] } });
  orders.info("braces {id} {}", { id: 9 }, [1, "x"], null, undefined, 5n);
  (orders as unknown as Custom)["info"]?.();
  orders.info("multi\nline ünïcode 🚀 \u2028");
  orders.info("by another", { user: "mallory" });
  const { context } = orders as unknown as { readonly context: object };
  Object.defineProperty(context, "user", { get: () => "carol", enumerable: true, configurable: true });
  orders.info("by a getter");
  orders.removeContext("user");
  orders.addContext("user", (event: { readonly level: object }) => `at ${event.level}`);
  orders.info("by a function");
  orders.removeContext("user");
  orders.info("no user", { user: "mallory" });
  shop.warn("quiet please");
  shop.error("a secret1 %j", { a: 1 });
  const eu = getLogger("shop.orders.eu");
  eu.debug("here");
  (function savesOrder() {
    eu.info("in a function %s", 1);
  })();
  getLogger("shop.orders.eu.north").error("below");
  getLogger("shop.lone").warn("alone");
  getLogger("shop.lone").info("too little");
  getLogger("silent").fatal("never");
  root.log("warn", "by name");
  // Versions before this method came print their own notice about it letter by letter.
  if ("isConfigured" in log4js) root.log("nothing of a level", "text");
  (shop as unknown as Custom)["audit"]?.("audited %s", "once");
  (shop as unknown as Custom)["lesserDebug"]?.("small");
}
