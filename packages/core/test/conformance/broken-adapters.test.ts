import { type AdapterCase, adapterCases, ConformanceFailure } from "@logbridge/core/conformance";
import { afterEach, describe, expect, test } from "vitest";
import { BROKEN, leftBehind } from "./mini/broken.ts";
import { harnessFor } from "./mini/harness.ts";

afterEach(() => {
  for (const end of leftBehind.splice(0)) end();
});

describe("a broken adapter fails the case that is about its mistake", () => {
  test.each(BROKEN)("$verb: an adapter that $what fails at: $failsAt", async ({ verb, adapter, failsAt }) => {
    const named = adapterCases(verb).find((one) => one.name === failsAt) as AdapterCase;
    expect(named, "the case that is named").toBeDefined();
    const failure: unknown = await named.run(harnessFor(verb, adapter)).then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(ConformanceFailure);
    expect((failure as ConformanceFailure).message).toContain(failsAt);
    expect((failure as ConformanceFailure).message).toContain(named.explanation);
  });
});
