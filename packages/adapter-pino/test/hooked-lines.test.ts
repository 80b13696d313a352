import pino, { type Logger as PinoTen } from "pino";
import pino7 from "pino-7";
import pino9 from "pino-9";
import { describe, expect, test } from "vitest";
import { interceptPino, pinoSinks } from "../src/index.ts";
import { Kept, listener, only } from "./support.ts";

const SECRET = "hunter2";

describe.each(["tee", "replace"] as const)("a logger whose hook changes its lines (%s)", (mode) => {
  function hooked(change: (line: string) => string, bindings: object = {}) {
    const stream = new Kept();
    let calls = 0;
    const streamWrite = (line: string): string => {
      calls++;
      return change(line);
    };
    const theirs = pino({ hooks: { streamWrite } }, stream).child(bindings);
    const { logger, records } = listener(true);
    const interception = interceptPino(pino, { logger, mode });
    return { theirs, stream, records, logger, interception, calls: () => calls };
  }

  test("is heard as the hook gives them, which runs once, with the caller's line", () => {
    const { theirs, stream, records, interception, calls } = hooked((line) => line.replaceAll(SECRET, "••"), {
      key: SECRET,
    });
    theirs.info({ password: SECRET, deep: { a: SECRET } }, `is ${SECRET}`);
    interception.restore();
    const record = only(records);
    expect(record).toMatchObject({
      message: "is ••",
      extra: { key: "••", password: "••", deep: { a: "••" } },
      file: { path: __filename },
    });
    expect(record.extra).not.toHaveProperty("pid");
    expect(JSON.stringify([record, record.origin?.line])).not.toContain(SECRET);
    expect(calls()).toBe(1);
    expect(stream.lines).toHaveLength(mode === "tee" ? 1 : 0);
    theirs.info("later");
    expect(records).toHaveLength(1);
  });

  test("is heard as text where the hook makes no JSON", () => {
    const { theirs, records, interception } = hooked(() => "only this\n");
    theirs.info({ password: SECRET }, "x");
    interception.restore();
    expect(only(records)).toMatchObject({ message: "only this", extra: {} });
  });

  test("is heard as it is where the hook writes it in another form", () => {
    const { theirs, records, interception } = hooked(
      (line) => `${JSON.stringify(JSON.parse(line), null, 1).replaceAll("\n", "").replaceAll(SECRET, "••")}\n`,
      { name: "shop", part: 1 },
    );
    theirs.info({ a: SECRET }, `is ${SECRET}`);
    interception.restore();
    const { message, extra, name } = only(records);
    expect({ message, extra, name }).toEqual({ message: "is ••", extra: { part: 1, a: "••" }, name: "shop" });
  });

  test("a line that is asked for and never written costs nothing", () => {
    const { theirs, records, stream, interception } = hooked((line) => line);
    const asJson = Object.getOwnPropertySymbols(
      Object.getPrototypeOf(Object.getPrototypeOf(Object.getPrototypeOf(theirs))),
    ).find(({ description }) => description === "pino.asJson") as symbol;
    (theirs as unknown as Record<symbol, (...args: unknown[]) => string>)[asJson]?.({}, "asked", 30, ',"time":1');
    theirs.info("written");
    interception.restore();
    expect(records.map(({ message }) => message)).toEqual(["written"]);
    expect(stream.lines).toHaveLength(mode === "tee" ? 1 : 0);
  });

  test("gets its own lines back unchanged", () => {
    const { theirs, records, stream, logger, interception } = hooked((line) => line.replaceAll(SECRET, "••"));
    for (const sink of pinoSinks(theirs)) logger.add(sink);
    theirs.info({ a: SECRET }, "x");
    interception.restore();
    expect(records).toHaveLength(1);
    expect(only(stream.records)).toMatchObject({ a: "••", msg: "x" });
  });
});

test.each([
  ["7", pino7 as unknown as typeof pino],
  ["9", pino9 as unknown as typeof pino],
])("older pino %s with a hook is heard once", (_, make) => {
  const stream = new Kept();
  const theirs = make({ hooks: { streamWrite: (line: string) => line.replaceAll(SECRET, "••") } }, stream) as PinoTen;
  const { logger, records } = listener();
  const interception = interceptPino(theirs as never, { logger });
  theirs.info({ a: 1 }, "text");
  interception.restore();
  expect(only(records).message).toBe("text");
  expect(stream.lines).toHaveLength(1);
});
