import { createLogger } from "@logbridge/core";
import { type LoggerOptions, pino } from "pino";
import { describe, expect, test } from "vitest";
import { asPino, fromPinoOptions } from "../src/index.ts";
import { Kept } from "./support.ts";

type Face = Record<string, ((text: string) => void) | undefined>;

/** The lines that pino writes of calls of these methods, and ours. */
function lines(options: object, methods: readonly string[]): { readonly native: string[]; readonly ours: string[] } {
  const whole = { base: null, timestamp: false, ...options } as LoggerOptions;
  const [native, ours] = [new Kept(), new Kept()];
  const theirs = pino(whole, native) as unknown as Face;
  const logger = createLogger();
  const { notTaken: _, ...configuration } = fromPinoOptions(whole, ours);
  logger.configure(configuration);
  const face = asPino(logger) as unknown as Face;
  for (const method of methods) for (const one of [theirs, face]) one[method]?.(method);
  return { native: native.lines, ours: ours.lines };
}

describe("levels have pino's order:", () => {
  test.each<[object, string[]]>([
    [
      { levelComparison: "DESC", customLevels: { big: 10, small: 30 }, useOnlyCustomLevels: true, level: "big" },
      ["big", "small"],
    ],
    [
      { levelComparison: "DESC", customLevels: { big: 10, small: 30 }, useOnlyCustomLevels: true, level: "small" },
      ["big", "small"],
    ],
    [{ customLevels: { success: 45 }, level: "success" }, ["info", "warn", "success", "error"]],
    [{ customLevels: { notice: 15 }, level: "info" }, ["notice", "debug", "info", "error"]],
    [{ customLevels: { critical: 61, warning: 41 } }, ["warn", "warning", "critical", "fatal"]],
    [{ customLevels: { TRACEX: 1 }, level: "TRACEX" }, ["TRACEX", "trace", "info"]],
    [{ customLevels: { MyLevel: 42 }, level: "warn" }, ["MyLevel", "info", "warn"]],
  ])("%j", (options, methods) => {
    const { native, ours } = lines(options, methods);
    expect(native.length).toBeGreaterThan(0);
    expect(ours).toEqual(native);
  });

  test.each<[object]>([[{ levelComparison: "foo" }], [{ level: 35 }], [{ level: "success" }], [{ level: null }]])(
    "%j is refused, as by pino",
    (options) => {
      expect(() => pino(options as never, new Kept())).toThrow();
      expect(() => fromPinoOptions(options as never, new Kept())).toThrow(expect.objectContaining({ code: "LB1574" }));
    },
  );
});

test.each(["serializers", "customLevels", "formatters", "redact", "mixin", "msgPrefix", "nestedKey", "hooks"])(
  "%s may be null, for none",
  (option) => {
    const options = { base: null, timestamp: false, [option]: null };
    const ours = new Kept();
    const logger = createLogger();
    const { notTaken, ...configuration } = fromPinoOptions(options as never, ours);
    logger.configure(configuration);
    logger.info("x", { a: 1 });
    expect(ours.lines).toEqual(['{"level":30,"a":1,"msg":"x"}\n']);
    expect(notTaken).toEqual([]);
  },
);
