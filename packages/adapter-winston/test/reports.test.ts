import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import winston from "winston";
import { fromWinstonOptions, interceptWinston, logbridgeTransport } from "../src/index.ts";
import { ours, theirs } from "./setting.ts";

describe("what is reported", () => {
  const program = fileURLToPath(new URL("fixtures/reports.ts", import.meta.url));
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", "--conditions=@logbridge/source", program],
    { encoding: "utf8", cwd: fileURLToPath(new URL("..", import.meta.url)), env: { ...process.env, NODE_OPTIONS: "" } },
  );
  const codes = Object.fromEntries(
    stderr
      .split(/^= /m)
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf("\n")), part.match(/LB\d{4}/g) ?? []]),
  );

  test("a second interception that hears the same loggers for the same logger of ours, once", () => {
    expect(codes).toMatchObject({
      "the module and a logger": ["LB1563"],
      "a logger twice": ["LB1563"],
      "a logger and its child": ["LB1563"],
      "a child and its child": ["LB1563"],
      "two loggers": [],
      "two children": [],
      "another logger of ours, or restored": [],
    });
  });

  test("a level of logbridgeTransport() that the winston logger does not have; records still come", () => {
    expect(codes).toMatchObject({ "level WARNING": ["LB1564"], "level nope": ["LB1564"], "level warn": [] });
    expect(JSON.parse(stdout)).toEqual({ WARNING: [40, 30], nope: [40, 30, 20], warn: [40, 30] });
  });
});

test("overlapping interceptions are allowed: each hears the line", () => {
  const { logger, records } = ours();
  const { logger: legacy } = theirs();
  const all = [winston, legacy].map((target) => interceptWinston(target as winston.Logger, { logger }));
  legacy.info("x");
  for (const one of all) one.restore();
  expect(records).toHaveLength(2);
});

test("a level of logbridgeTransport() may be one of the logger's own", () => {
  const { logger, records } = ours();
  const transport = logbridgeTransport({ logger, level: "audit" });
  winston.createLogger({ levels: { error: 0, audit: 1, info: 2 }, transports: [transport] }).log("audit", "x");
  expect(records).toHaveLength(1);
});

test("switches of logbridgeTransport() are true or false", () => {
  for (const name of ["silent", "handleExceptions", "handleRejections"])
    expect(() => logbridgeTransport({ [name]: "x" })).toThrow(expect.objectContaining({ code: "LB1561" }));
});

test("fromWinstonOptions() refuses the module", () => {
  expect(() => fromWinstonOptions(winston as never)).toThrow(expect.objectContaining({ code: "LB1562" }));
});

test("what is not taken over names what there is", () => {
  const { notTaken } = fromWinstonOptions({ handleExceptions: true, exceptionHandlers: [] });
  expect(notTaken.length).toBeGreaterThan(0);
  for (const { instead } of notTaken) expect(instead).not.toContain("interceptConsole");
});
