import {
  type AdapterCase,
  adapterCases,
  ConformanceFailure,
  type Harness,
  type Subject,
  type Verb,
} from "@logbridge/core/conformance";
import { describe, expect, test } from "vitest";
import { good, harnessFor } from "./mini/harness.ts";

function caseOf(verb: Verb, name: string): AdapterCase {
  return adapterCases(verb).find((one) => one.name === name) as AdapterCase;
}

/** The good harness, with parts of its subject taken away or changed. */
function changed(verb: Verb, change: (subject: Subject) => Partial<Record<keyof Subject, unknown>>): Harness {
  const harness = harnessFor(verb, good);
  return {
    ...harness,
    async make(logger, options) {
      const subject = await harness.make(logger, options);
      return { ...subject, ...change(subject) } as Subject;
    },
  };
}

describe("a harness that lacks what a case needs is told which part", () => {
  test.each([
    ["sink", "each of the seven levels arrives as the nearest that the other side has", "levels"],
    ["intercept", "every way into the library brings each record in once", "ways"],
    ["intercept", "in tee mode the library's own outputs receive what they did without us", "original"],
    ["intercept", "what the library's configuration hides stays hidden", "redacts"],
    ["intercept", "restore() puts every property back as it was", "patched"],
    ["intercept", "two interceptions of one object take each record once, and end in any order", "again"],
    ["propagate", "in a ring each record reaches the foreign logger and a plain sink once", "closeRing"],
    ["facade", "a plain message arrives as it was written", "log"],
  ] as const)("%s, %s: %s", async (verb, name, part) => {
    await expect(caseOf(verb, name).run(changed(verb, () => ({ [part]: undefined })))).rejects.toMatchObject({
      code: "LB1455",
      message: expect.stringContaining(part) as string,
    });
  });

  test("a mark that is not used", async () => {
    const run = caseOf("intercept", "the caller of the library comes in with file and line").run(
      changed("intercept", ({ log }) => ({
        log: (call: never) => log?.({ ...(call as object), mark: (value: unknown) => value } as never),
      })),
    );
    await expect(run).rejects.toMatchObject({
      code: "LB1455",
      message: expect.stringContaining("call.mark") as string,
    });
  });

  test("properties that were not described before", async () => {
    const pairs = changed("intercept", ({ patched }) => ({ patched: patched?.map(([target, key]) => [target, key]) }));
    await expect(caseOf("intercept", "restore() puts every property back as it was").run(pairs)).rejects.toThrow(
      "describeProperties",
    );
  });

  test.each([
    [{}, "make"],
    [{ make: () => null }, "subject"],
    [{ make: () => ({ subject: null, levels: { info: 20 } }) }, "read"],
  ])("a harness that is none: %o", async (harness, quoted) => {
    const run = caseOf("sink", "a plain message arrives as it was written").run(harness as never);
    await expect(run).rejects.toMatchObject({ code: "LB1457", message: expect.stringContaining(quoted) as string });
  });

  test("a verb that there is not", () => {
    expect(() => adapterCases("capture" as Verb)).toThrow(/capture.*sink, propagate, intercept, facade.*LB1450/);
  });
});

test("what a subject left behind is taken away, also after a failure", async () => {
  const seen: string[] = [];
  const harness = changed("intercept", ({ restore, log }) => ({
    restore: () => {
      seen.push("restore");
      restore?.();
    },
    log: (call: { message: string }) => log?.({ ...(call as object), message: `${call.message}!` } as never),
    dispose: () => void seen.push("dispose"),
  }));
  await expect(caseOf("intercept", "a plain message arrives as it was written").run(harness)).rejects.toBeInstanceOf(
    ConformanceFailure,
  );
  expect(seen).toEqual(["restore", "dispose"]);
});

test("a failure shows where the values differ, and both of them to runners that print them", async () => {
  const harness = harnessFor("sink", good);
  const read: Harness["read"] = async () =>
    ((await harness.read?.()) ?? []).map((one) => ({
      ...one,
      fields: { ...one.fields, count: "42", deep: { a: { b: { c: "e" } } } },
    }));
  const failure = (await caseOf("sink", "fields arrive with their values and types")
    .run({ ...harness, read })
    .catch((error: unknown) => error)) as ConformanceFailure;
  expect(failure.message).toContain('fields.count: expected 42, got "42"');
  expect(failure.message).toContain('fields.deep.a.b.c: expected "d", got "e"');
  expect(failure.message).not.toContain("fields.ratio");
  expect(failure.showDiff).toBe(true);
  expect(failure.expected).toMatchObject({ count: 42 });
  expect(failure.actual).toMatchObject({ count: "42" });
});
