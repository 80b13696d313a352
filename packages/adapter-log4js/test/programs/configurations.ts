// Runs every configuration in a folder of its own: by log4js itself, by a facade, or by log4js whose records were taken over.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { asLog4js, fromLog4jsConfig, interceptLog4js } from "@logbridge/adapter-log4js";
import { createLogger, type Logger } from "@logbridge/core";
import log4js, { type Configuration } from "log4js";
import { CONFIGURATIONS, callAll, makeLines } from "../support/configurations.ts";

const NOW = Date.UTC(2026, 4, 6, 7, 8, 9, 10);
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...parts: unknown[]) {
    if (parts.length === 0) super(NOW);
    else super(...(parts as []));
  }
  static override now(): number {
    return NOW;
  }
} as DateConstructor;

const [root, mode] = process.argv.slice(2) as [string, string];
const shutdown = (): Promise<void> =>
  new Promise((done, fail) => log4js.shutdown((error) => (error ? fail(error) : done())));
log4js.addLayout("lines", makeLines);

for (const [index, [name, configuration]] of Object.entries(CONFIGURATIONS).entries()) {
  const folder = join(root, String(index));
  mkdirSync(folder);
  process.chdir(folder);
  process.stdout.write(`== ${name}\n`);
  process.stderr.write(`== ${name}\n`);
  if (mode === "log4js") {
    log4js.configure(configuration as Configuration);
    callAll(log4js.getLogger);
    await shutdown();
    continue;
  }
  const logger = createLogger({ clock: () => NOW }) as Logger;
  const { notTaken, ...moved } = fromLog4jsConfig(configuration);
  for (const { option } of notTaken) process.stderr.write(`not taken: ${option}\n`);
  logger.configure(moved);
  if (mode === "facade") callAll(asLog4js(logger).getLogger);
  else {
    const nothing = { type: { configure: () => () => {} } };
    const appenders = Object.fromEntries(Object.keys(configuration.appenders).map((key) => [key, nothing]));
    log4js.configure({ ...configuration, appenders } as unknown as Configuration);
    const interception = interceptLog4js(log4js, { logger, mode: "replace" });
    callAll(log4js.getLogger);
    interception.restore();
  }
  const { dropped, pending } = await logger.complete();
  if (dropped + pending > 0) process.stderr.write(`dropped ${dropped}, pending ${pending}\n`);
  await logger.remove();
}
