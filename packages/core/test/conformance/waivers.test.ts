import {
  type AdapterCase,
  adapterCases,
  ConformanceFailure,
  type Harness,
  type Verb,
  type Waivers,
  waiverTable,
} from "@logbridge/core/conformance";
import { describe, expect, test } from "vitest";
import { miniSink } from "./mini/adapter.ts";
import { good, harnessFor } from "./mini/harness.ts";

const CALLER = "the caller arrives with file and line";
const ARGUMENTS = "arguments fill the message and arrive beside it";

function caseOf(verb: Verb, name: string): AdapterCase {
  return adapterCases(verb).find((one) => one.name === name) as AdapterCase;
}

/** A sink that is right but for the caller's line. */
const lineless: Harness = harnessFor("sink", {
  ...good,
  sink: (output, levels) =>
    miniSink((entry, done) => output({ ...entry, at: entry.at && { ...entry.at, line: 0 } }, done), levels),
});

async function failureOf(run: Promise<void>): Promise<Error & { code?: string }> {
  return run.then(
    () => new Error("it passed"),
    (error: Error) => error,
  );
}

describe("a waiver", () => {
  test("excuses the part that it names", async () => {
    expect(await failureOf(caseOf("sink", CALLER).run(lineless))).toBeInstanceOf(ConformanceFailure);
    await caseOf("sink", CALLER).run(lineless, { cannot: { "caller.line": "outputs print no line" } });
    await caseOf("sink", CALLER).run(lineless, { cannot: { caller: "outputs print no caller" } });
  });

  test("excuses no other part", async () => {
    const failure = await failureOf(
      caseOf("sink", CALLER).run(lineless, { cannot: { "caller.file": "outputs print no file" } }),
    );
    expect(failure.message).toContain("the caller's line");
  });

  test("that is no longer needed fails the case that would have passed", async () => {
    const failure = await failureOf(
      caseOf("sink", CALLER).run(harnessFor("sink", good), { cannot: { "caller.line": "outputs print no line" } }),
    );
    expect(failure).toBeInstanceOf(ConformanceFailure);
    expect(failure.message).toContain('the waiver "caller.line" is no longer needed');
  });

  test("disturbs no case that does not compare its part", async () => {
    await caseOf("sink", "a plain message arrives as it was written").run(lineless, {
      cannot: { "caller.line": "outputs print no line" },
    });
  });

  test.each([
    "level",
    "message",
    "fields",
    "error.message",
    "error.stack",
    "time",
    "order",
    "flush",
    "restore()",
    "rings",
  ])("cannot excuse %s", async (part) => {
    const failure = await failureOf(caseOf("sink", CALLER).run(lineless, { cannot: { [part]: "I would like to" } }));
    expect(failure.code).toBe("LB1451");
    expect(failure.message).toContain(part);
  });

  test.each([
    [{ colour: "none" }, "LB1452", "colour"],
    [{ args: "a", name: "b", context: "c", caller: "d" }, "LB1453", "args, name, context, caller"],
    [{ args: " " }, "LB1454", "args"],
    [{ args: true }, "LB1454", "true"],
    [null, "LB1454", "null"],
  ])("that is wrong is an error: %j", async (cannot, code, quoted) => {
    const failure = await failureOf(caseOf("sink", ARGUMENTS).run(lineless, { cannot: cannot as never as Waivers }));
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(quoted);
  });
});

test("the waivers of an adapter make the table of its README", () => {
  const table = waiverTable({
    sink: { "caller.line": "transports print a|b\n  and no line", args: "no place" },
    intercept: {},
  });
  expect(table.split("\n")).toEqual([
    "| direction | what does not survive | why |",
    "| --- | --- | --- |",
    "| sink | the caller's line | transports print a\\|b and no line |",
    "| sink | the message's arguments | no place |",
    "| intercept | nothing is lost | |",
  ]);
  expect(() => waiverTable({ sink: { level: "no" } })).toThrow("LB1451");
});
