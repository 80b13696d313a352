import { report } from "@logbridge/core";
import pino from "pino";
import pino7 from "pino-7";
import { beforeEach, expect, test, vi } from "vitest";
import { interceptPino } from "../src/index.ts";
import { Kept, listener } from "./support.ts";

vi.mock("@logbridge/core", async (original) => ({ ...(await original<object>()), report: vi.fn() }));

const [one, other] = [pino({}, new Kept()), pino({}, new Kept())];
const seven = (pino7 as unknown as typeof pino)({}, new Kept());
const reports = (): unknown[] => vi.mocked(report).mock.calls.map(([code]) => code);

beforeEach(() => void vi.mocked(report).mockClear());

test.each<[string, unknown, unknown, boolean]>([
  ["the function and a logger", pino, one, true],
  ["a child and its parent", one.child({}), one, true],
  ["a logger twice", one, one, true],
  ["the function twice", pino, pino, true],
  ["an older copy and one of its loggers", pino7, seven, true],
  ["two loggers", one, other, false],
  ["two children", one.child({}), one.child({}), false],
  ["a copy that publishes and one that does not", pino, pino7, false],
])(
  "two interceptions of the same loggers for one logger of ours are reported once, and allowed: %s",
  (_, a, b, overlaps) => {
    const { logger } = listener();
    const made = [interceptPino(a as never, { logger })];
    expect(reports()).toEqual([]);
    made.push(interceptPino(b as never, { logger: logger.bind({ x: 1 }) as never }));
    expect(reports()).toEqual(overlaps ? ["LB1575"] : []);
    made.push(interceptPino(b as never, { logger: listener().logger }));
    for (const interception of made) interception.restore();
    interceptPino(b as never, { logger }).restore();
    expect(reports()).toHaveLength(overlaps ? 1 : 0);
  },
);

test("such a line comes in twice", () => {
  const { logger, records } = listener();
  const made = [interceptPino(pino, { logger }), interceptPino(one, { logger })];
  one.info("x");
  for (const interception of made) interception.restore();
  expect(records).toHaveLength(2);
});
