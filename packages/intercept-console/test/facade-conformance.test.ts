import type { Logger } from "@logbridge/core";
import { adapterCases, type ForeignCall, type Harness } from "@logbridge/core/conformance";
import { describe, test } from "vitest";
import { asObjectFirst, asStringFirst } from "../src/facade.ts";

const METHODS = { trace: 5, debug: 10, info: 20, warn: 30, error: 40, fatal: 50 };

type Printing = Record<string, (...values: unknown[]) => void>;

/** How each library would say it. */
const SHAPES: Readonly<
  Record<string, readonly [wrap: (logger: Logger) => object, order: (call: ForeignCall, text: string) => unknown[]]>
> = {
  asStringFirst: [
    asStringFirst,
    ({ args = [], fields, error }, text) => [text, ...args, ...(fields ? [fields] : []), ...(error ? [error] : [])],
  ],
  asObjectFirst: [
    asObjectFirst,
    ({ args = [], fields, error }, text) =>
      fields || error ? [{ ...fields, ...(error && { err: error }) }, text, ...args] : [text, ...args],
  ],
};

for (const [name, [wrap, order]] of Object.entries(SHAPES)) {
  const harness: Harness = {
    make(logger) {
      return {
        subject: wrap(logger),
        levels: METHODS,
        log(call) {
          const named = call.name === undefined ? logger : logger.forModule(call.name);
          const face = wrap(call.bound ? named.bind(call.bound) : named) as unknown as Printing;
          face[call.level]?.(...order(call, call.mark(call.message)));
        },
      };
    },
  };
  describe(`conformance of ${name}, facade`, () => {
    for (const one of adapterCases("facade")) test(`${one.group}: ${one.name}`, () => one.run(harness, { cannot: {} }));
  });
}
