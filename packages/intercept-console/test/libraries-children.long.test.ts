import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { LineParsers, LogRecord } from "@logbridge/core";
import { interceptStream } from "@logbridge/intercept-console";
import { expect, test } from "vitest";
import { keeping } from "./support/records.ts";

const here = dirname(fileURLToPath(import.meta.url));
const log4jsHome = createRequire(import.meta.url).resolve("log4js");

/** The records of what a program prints on stdout, in a process of its own. */
async function printed(program: string, parse: LineParsers, level: string | number = 0): Promise<readonly LogRecord[]> {
  const { logger, records } = keeping(level);
  const child = spawn(process.execPath, ["-e", program], { cwd: here, stdio: ["ignore", "pipe", "inherit"] });
  const interception = interceptStream(child.stdout, { logger, name: "worker", parse });
  await once(child, "close");
  interception.restore();
  return records;
}

const brief = (records: readonly LogRecord[]): unknown[] =>
  records.map(({ level, name, message, extra, exception }) => [
    level.name,
    name,
    message,
    extra,
    ...(exception ? [`${exception.type}: ${exception.message}`] : []),
  ]);

test("what pino prints in a child process has level, name, fields, error and time", async () => {
  const records = await printed(
    `const log = require("pino")({ base: { name: "shop" } });
     log.child({ requestId: "r" }).warn({ user: { id: 7 } }, "slow %s", "query");
     log.error(new TypeError("refused"), "failed");
     log.fatal("gone");
     console.log("a text between");`,
    "json",
  );
  // pino itself does not always print its first line first.
  const byMessage = [...records].sort((left, right) => (left.message < right.message ? -1 : 1));
  expect(brief(byMessage)).toEqual([
    ["INFO", "worker", "a text between", {}],
    ["ERROR", "shop", "failed", {}, "TypeError: refused"],
    ["CRITICAL", "shop", "gone", {}],
    ["WARNING", "shop", "slow query", { requestId: "r", user: { id: 7 } }],
  ]);
  const [, failed, , slow] = byMessage;
  expect(failed?.exception?.stack.length).toBeGreaterThan(0);
  expect(slow?.time.getTime()).toBe(JSON.parse(slow?.origin?.line as string).time);
});

test("what winston prints as JSON and in colours has its levels", async () => {
  const program = (format: string): string => `
    const winston = require("winston");
    const { combine, timestamp, json, errors, colorize, simple, label, printf } = winston.format;
    const log = winston.createLogger({ level: "silly", format: ${format}, transports: [new winston.transports.Console()] });
    log.error("refused", { code: 7 });
    log.http("got");
    log.debug("fine");`;
  expect(brief(await printed(program("combine(timestamp(), json())"), "json"))).toEqual([
    ["ERROR", "worker", "refused", { code: 7 }],
    ["HTTP", "worker", "got", {}],
    ["DEBUG", "worker", "fine", {}],
  ]);
  const heads =
    "combine(colorize(), timestamp(), label({ label: 'api' }), printf((i) => i.timestamp + ' [' + i.label + '] ' + i.level + ': ' + i.message))";
  const read = brief(await printed(program(heads), "brackets"));
  expect([read[0], read[2]]).toEqual([
    ["ERROR", "api", "refused", {}],
    ["DEBUG", "api", "fine", {}],
  ]);
});

test("what log4js prints has category and level, and handlers get what they want", async () => {
  const records = await printed(
    `const log4js = require(${JSON.stringify(log4jsHome)});
     log4js.configure({ appenders: { out: { type: "stdout" } }, categories: { default: { appenders: ["out"], level: "all" } } });
     log4js.getLogger("app.db").error("refused");
     log4js.getLogger("app.db").info("fine");
     log4js.getLogger("web").fatal("gone");`,
    "brackets",
    "ERROR",
  );
  expect(brief(records)).toEqual([
    ["ERROR", "app.db", "refused", {}],
    ["CRITICAL", "web", "gone", {}],
  ]);
});

test("what util.debuglog writes to stderr comes in by the streams, with its section as name", async () => {
  const program = `
    import { debuglog } from "node:util";
    import { createLogger } from "@logbridge/core";
    import { interceptConsole } from "@logbridge/intercept-console";
    const logger = createLogger();
    const records = [];
    logger.add({ needs: { text: false }, write: (_text, { name, message, level }) => void records.push([name, message, level.name]) }, { level: 0 });
    const parse = /^(?<name>[A-Z][\\w-]*) \\d+: (?<message>.*)/s;
    const interception = interceptConsole({ logger, streams: true, parse });
    debuglog("app-db")("took %d ms", 3);
    interception.restore();
    process.stdout.write(JSON.stringify(records));`;
  const child = spawn(
    process.execPath,
    ["--conditions=@logbridge/source", "--import", "tsx", "--input-type=module", "-e", program],
    { cwd: here, env: { ...process.env, NODE_DEBUG: "app-db", FORCE_COLOR: "0" }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let [out, complaints] = ["", ""];
  child.stdout.on("data", (chunk) => (out += String(chunk)));
  child.stderr.on("data", (chunk) => (complaints += String(chunk)));
  await once(child, "close");
  expect(complaints).toBe("");
  expect(JSON.parse(out)).toEqual([["APP-DB", "took 3 ms", "WARNING"]]);
});
