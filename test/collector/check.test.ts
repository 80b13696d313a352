import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { array, map, string } from "./any-value.mjs";
import { check } from "./check.mjs";
import { exceptionOf } from "./exception.mjs";
import { FILES, keyOf, RESOURCE, SOURCES, spanOf } from "./plan.mjs";

const COUNT = 3;
const NANOS = "1700000000000000123";
const FILE = "/app/sources.mjs";

type Value = Readonly<Record<string, unknown>>;
type Attributes = { key?: string; value: Value }[];
interface Sent {
  key: string;
  scope: string;
  version: string | undefined;
  record: Record<string, unknown> & { attributes: Attributes };
}

let folder: string;
let sent: Sent[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "logbridge-check-"));
  sent = all().map(({ name, index, expected }) =>
    sentOf(keyOf(name, index), expected(index, "http/json"), name, index),
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function all() {
  return SOURCES.flatMap(({ name, expected }) =>
    Array.from({ length: COUNT }, (_, index) => ({ name, index, expected })),
  );
}

function sentOf(
  key: string,
  expected: ReturnType<(typeof SOURCES)[number]["expected"]>,
  name: string,
  index: number,
): Sent {
  const { scope, scopeVersion, nanos = NANOS, attributes, code, ...fields } = expected;
  const place = {
    "code.function.name": string(code?.function ?? "log"),
    "code.file.path": string(code?.file ?? FILE),
    "code.line.number": { intValue: String(code?.line ?? 1) },
    "code.column.number": { intValue: "2" },
  };
  const values = Object.entries({ key: string(key), ...place, ...(attributes as Record<string, Value>) });
  const ids = { traceId: spanOf(name, index), spanId: `span of ${spanOf(name, index)}`, flags: 1 };
  return {
    key,
    scope,
    version: scopeVersion,
    record: {
      ...fields,
      ...ids,
      timeUnixNano: nanos,
      observedTimeUnixNano: nanos,
      attributes: values.map(([name, value]) => ({ key: name, value })),
    },
  };
}

interface Run {
  readonly protocol?: string;
  readonly stats?: object;
  readonly stderr?: string;
}

function verdict({ protocol = "http/json", stats, stderr = "" }: Run = {}) {
  const lines = (records: readonly object[]) => records.map((record) => `${JSON.stringify(record)}\n`).join("");
  const resource = { attributes: Object.entries(RESOURCE).map(([key, value]) => ({ key, value: string(value) })) };
  const requests = sent.map(({ scope, version, record }) => ({
    resourceLogs: [{ resource, scopeLogs: [{ scope: { name: scope, version }, logRecords: [record] }] }],
  }));
  const noted = all().map(({ name, index }) => ({ key: keyOf(name, index), nanos: NANOS, file: FILE, column: 2 }));
  const places = noted.map((note) => ({ ...note, function: "log", line: 1 }));
  const spans = all().map(({ name, index }) => spanOf(name, index));
  writeFileSync(join(folder, FILES.arrived), lines(requests));
  writeFileSync(join(folder, FILES.notes), lines(places));
  writeFileSync(
    join(folder, FILES.spans),
    lines(spans.map((name) => ({ name, traceId: name, spanId: `span of ${name}` }))),
  );
  const counted = stats ?? { sent: sent.length, dropped: 0, pending: 0 };
  writeFileSync(join(folder, FILES.result), JSON.stringify({ stats: counted }));
  return check({ folder, protocol, count: COUNT, stderr });
}

const one = (key: string): Sent => sent.find((each) => each.key === key) as Sent;

describe("the check of what a collector has", () => {
  test("finds nothing wrong where each record is there once, as it was logged", async () => {
    expect(await verdict()).toEqual({ logged: 15, arrived: 15, problems: [] });
  });

  test("tells a record that is lost, though the sum is right", async () => {
    sent = [...sent.filter(({ key }) => key !== "pino-1"), one("pino-2")];
    const { arrived, problems } = await verdict();
    expect(arrived).toBe(14);
    expect(problems).toEqual([
      expect.stringContaining("pino-2 came once more"),
      "1 records are lost: pino-1",
      expect.stringContaining('the sink says {"sent":15,"dropped":0'),
    ]);
  });

  test.each([
    "timeUnixNano",
    "observedTimeUnixNano",
    "severityNumber",
    "severityText",
    "body",
    "traceId",
    "spanId",
    "flags",
  ])("tells another %s", async (field) => {
    one("winston-1").record[field] = "another";
    expect((await verdict()).problems).toEqual([expect.stringMatching(`^winston-1: ${field} is "another", not `)]);
  });

  test("tells another scope, and another version of it", async () => {
    one("pino-0").scope = "another";
    one("opentelemetry-0").version = "3.0.0";
    expect((await verdict()).problems).toEqual([
      'pino-0: scope is "another", not "worker"',
      'opentelemetry-0: scopeVersion is "3.0.0", not "2.0.0"',
    ]);
  });

  test("tells an attribute that is missing, another one, and one too many", async () => {
    const { attributes } = one("core-0").record;
    const value = attributes.find(({ key }) => key === "value") as Attributes[number];
    value.value = { doubleValue: null };
    one("console-0").record.attributes = one("console-0").record.attributes.filter(({ key }) => key !== "size");
    one("console-1").record.attributes.push({ key: "more", value: string("x") });
    expect((await verdict()).problems).toEqual([
      'core-0: attribute value is {"doubleValue":null}, not {"doubleValue":"NaN"}',
      expect.stringMatching(/^console-0: attribute size is undefined, not /),
      'console-1: attribute "more" was not expected: {"stringValue":"x"}',
    ]);
  });

  test("tells attributes that were dropped", async () => {
    one("core-1").record["droppedAttributesCount"] = 1;
    expect((await verdict()).problems).toEqual(["core-1: droppedAttributesCount is 1, not undefined"]);
  });

  test("tells counts that are not true, and anything that is said without need", async () => {
    const { problems } = await verdict({ stats: { sent: 14, dropped: 1, pending: 0 } });
    expect(problems).toEqual([expect.stringContaining("the sink says")]);
    expect((await verdict({ stderr: "a warning" })).problems).toEqual([expect.stringContaining('"isQuiet":false')]);
  });
});

describe("what is expected of an error", () => {
  const error = new TypeError("outer", { cause: new AggregateError([new RangeError("inner")], "several") });

  test("is its class, its message, and all it is about as structure", () => {
    const inner = array(map({ type: string("RangeError"), message: string("inner") }));
    const cause = map({ type: string("AggregateError"), message: string("several"), errors: inner });
    expect(exceptionOf(error)).toMatchObject({ "exception.type": string("TypeError"), "exception.cause": cause });
  });

  test("is a stack that tells of all errors", () => {
    const { "exception.stacktrace": tells } = exceptionOf(error);
    const asked = (stack: string) => (tells as (value: Value) => boolean)(string(stack));
    const whole = "TypeError: outer\n    at f\nAggregateError: several\n    at f\nRangeError: inner\n    at f";
    expect(asked(whole)).toBe(true);
    expect(asked(whole.replace("RangeError: inner", ""))).toBe(false);
    expect(asked(whole.replaceAll(/\n +at f/g, ""))).toBe(false);
  });
});
