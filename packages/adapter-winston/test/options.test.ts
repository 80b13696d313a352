import { createLogger } from "@logbridge/core";
import { describe, expect, test } from "vitest";
import winston from "winston";
import { asWinston, fromWinstonOptions, type WinstonOptions } from "../src/index.ts";
import { keepingStream, MemoryTransport } from "./setting.ts";

const { combine, json, printf, splat, timestamp, uncolorize } = winston.format;

/** A winston Stream transport and the lines that it has written. */
function written(options: { readonly level?: string; readonly format?: winston.Logform.Format } = {}): {
  readonly transport: winston.transports.StreamTransportInstance;
  readonly lines: string[];
} {
  const { stream, lines } = keepingStream();
  return { transport: new winston.transports.Stream({ stream, ...options }), lines };
}

/** The same calls, to a logger of winston's and to ours in winston's shape. */
function calls(logger: winston.Logger): void {
  logger.error("broken", { code: 7, nested: { b: 1, a: [1, { z: 1, y: 2 }] } });
  logger.warn("low %s", "stock", { left: 2 });
  logger.info("100% of {all}");
  logger.http("GET /");
  logger.debug("detail");
  logger.info("línea\nzwei 🎉", { text: 'with "quotes"' });
}

describe("the lines are those that winston itself writes", () => {
  test.each<[string, (transports: winston.transport[]) => winston.LoggerOptions]>([
    ["no format", (transports) => ({ transports, level: "silly" })],
    ["splat() and json()", (transports) => ({ transports, level: "http", format: combine(splat(), json()) })],
    [
      "printf() and defaultMeta",
      (transports) => ({
        transports,
        defaultMeta: { service: "shop" },
        format: combine(
          splat(),
          uncolorize(),
          printf((info) => `${info["service"]} ${info.level}: ${String(info.message)} ${info["left"] ?? ""}`),
        ),
      }),
    ],
    [
      "timestamp()",
      (transports) => ({
        transports,
        format: combine(
          splat(),
          timestamp({ format: "YYYY" }),
          printf((info) => `${info.level} ${String(info.message)}`),
        ),
      }),
    ],
  ])("%s", async (_name, optionsOf) => {
    const native = written();
    const nativeErrors = written({ level: "error" });
    calls(winston.createLogger(optionsOf([native.transport, nativeErrors.transport])));
    const ours = written();
    const ourErrors = written({ level: "error" });
    const logger = createLogger();
    const { notTaken, ...configuration } = fromWinstonOptions(optionsOf([ours.transport, ourErrors.transport]));
    logger.configure(configuration);
    const facade = asWinston(logger);
    calls(facade);
    await logger.complete();
    expect(notTaken).toEqual([]);
    expect(ours.lines).toEqual(native.lines);
    expect(ourErrors.lines).toEqual(nativeErrors.lines);
  });
});

describe("what is taken over", () => {
  test("levels: those of transports, of the logger, and the default", () => {
    const own = new MemoryTransport({ level: "debug" });
    const other = new MemoryTransport();
    expect(fromWinstonOptions({ transports: [own, other] }).handlers.map(({ level }) => level)).toEqual([10, 20]);
    expect(fromWinstonOptions({ transports: other, level: "warn" }).handlers.map(({ level }) => level)).toEqual([30]);
  });

  test("a custom table: its levels are ours, and its transports know them", () => {
    const transport = new MemoryTransport();
    const { notTaken, ...configuration } = fromWinstonOptions({
      levels: { fatal: 0, boom: 1, warn: 2, audit: 3, info: 4 },
      level: "audit",
      transports: [transport],
    });
    expect(notTaken).toEqual([]);
    expect(configuration.levels?.map(({ name }) => name)).toEqual(["BOOM", "AUDIT"]);
    const logger = createLogger();
    logger.configure(configuration);
    for (const name of ["CRITICAL", "BOOM", "WARNING", "AUDIT", "INFO"]) logger.log(name, name);
    expect(transport.infos.map((info) => info.level)).toEqual(["fatal", "boom", "warn", "audit"]);
  });

  test("the format runs once for each record, however many transports there are", () => {
    let runs = 0;
    const transports = [new MemoryTransport(), new MemoryTransport()];
    const format = winston.format((info) => Object.assign(info, { n: ++runs }))();
    const logger = createLogger();
    logger.configure({ handlers: fromWinstonOptions({ transports, format }).handlers });
    logger.info("one");
    logger.info("two");
    for (const { infos } of transports) expect(infos.map((info) => info["n"])).toEqual([1, 2]);
  });

  test("an existing logger, with what handles uncaught errors alone left out", () => {
    const transport = new MemoryTransport();
    const legacy = winston.createLogger({
      level: "debug",
      defaultMeta: { app: "shop" },
      transports: [transport],
      exceptionHandlers: [new MemoryTransport()],
    });
    legacy.exceptions.unhandle();
    const { handlers, extra } = fromWinstonOptions(legacy);
    expect(handlers.map(({ level }) => level)).toEqual([10]);
    expect(extra).toEqual({ app: "shop" });
  });

  test("nothing given, nothing made", () => {
    expect(fromWinstonOptions({})).toEqual({ handlers: [], notTaken: [] });
  });
});

describe("what is not taken over", () => {
  test("each with its place, a reason and what to do", () => {
    const handling = Object.assign(new MemoryTransport({ handleExceptions: true }), { handleRejections: true });
    const { handlers, notTaken } = fromWinstonOptions({
      transports: [handling, {}],
      exitOnError: false,
      handleExceptions: true,
      exceptionHandlers: [new MemoryTransport()],
      rejectionHandlers: new MemoryTransport(),
      defaultMeta: "text",
      colors: { info: "red" },
    } as WinstonOptions);
    expect(handlers).toHaveLength(1);
    expect(notTaken.map(({ option }) => option).sort()).toEqual([
      "colors",
      "defaultMeta",
      "exceptionHandlers",
      "exitOnError",
      "handleExceptions",
      "rejectionHandlers",
      "transports[0].handleExceptions",
      "transports[0].handleRejections",
      "transports[1]",
    ]);
    for (const { why, instead } of notTaken) {
      expect(why).toMatch(/^[A-Za-z].{10,}\.$/);
      expect(instead).toMatch(/^[A-Z].{10,}\.$/);
    }
  });

  test("silent: no handlers, and it says so", () => {
    const { handlers, notTaken } = fromWinstonOptions({ silent: true, transports: [new MemoryTransport()] });
    expect(handlers).toEqual([]);
    expect(notTaken.map(({ option }) => option)).toEqual(["silent"]);
  });

  test("a level that the table lacks: winston prints nothing, here everything, and it says so", () => {
    const { handlers, notTaken } = fromWinstonOptions({
      levels: { FATAL: 0, INFO: 1 },
      transports: [new MemoryTransport(), new MemoryTransport()],
    });
    expect(handlers.map(({ level }) => level)).toEqual([0, 0]);
    expect(notTaken.map(({ option }) => option)).toEqual(["level"]);
  });

  test.each([[null], [undefined], [42], [[]]])("fromWinstonOptions(%j) says what it takes", (value) => {
    expect(() => fromWinstonOptions(value as never)).toThrow(expect.objectContaining({ code: "LB1562" }));
  });
});

test("winston's own options are accepted as they are typed", () => {
  const options: winston.LoggerOptions = {
    level: "info",
    format: json(),
    transports: [new winston.transports.Console()],
  };
  expect(fromWinstonOptions(options).handlers).toHaveLength(1);
});

test("what winston takes as nothing is nothing here", () => {
  const { transport, lines } = written();
  const options = { levels: null, format: null, level: null, defaultMeta: null, silent: null, transports: [transport] };
  const { notTaken, ...configuration } = fromWinstonOptions(options as unknown as WinstonOptions);
  expect(notTaken).toEqual([]);
  const logger = createLogger();
  logger.configure(configuration);
  asWinston(logger).silly("hi");
  expect(lines).toEqual(['{"level":"silly","message":"hi"}']);
});
