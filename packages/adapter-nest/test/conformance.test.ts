import { readFileSync } from "node:fs";
import { format } from "node:util";
import { asNest } from "@logbridge/adapter-nest";
import { adapterCases, type ForeignCall, type Harness, type Waivers, waiverTable } from "@logbridge/core/conformance";
import { describe, expect, test } from "vitest";

const CANNOT: Waivers = {
  args: "a message of NestJS is a finished text (ConsoleLogger.stringifyMessage fills nothing in)",
};

type Method = "verbose" | "debug" | "log" | "warn" | "error" | "fatal";

const facade: Harness = {
  make(logger) {
    const face = asNest(logger);
    const log = ({ mark, ...call }: ForeignCall): void => {
      const bound = call.bound ? asNest(logger.bind(call.bound)) : face;
      const behind = [call.fields, call.error, call.name].filter((one) => one !== undefined);
      const message = call.args ? format(call.message, ...call.args) : call.message;
      bound[call.level as Method](mark(message), ...behind);
    };
    const { log: detached } = face;
    return {
      subject: face,
      levels: { verbose: 13, debug: 10, log: 20, warn: 30, error: 40, fatal: 50 },
      log,
      ways: {
        "a method": (call) => face.log(call.message),
        "a detached method": (call) => detached(call.message),
      },
    };
  },
};

describe("conformance of NestJS, facade", () => {
  for (const one of adapterCases("facade"))
    test(`${one.group}: ${one.name}`, () => one.run(facade, { cannot: CANNOT }));
});

test("the README's table of what does not survive is that of the waivers", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  expect(readme).toContain(waiverTable({ facade: CANNOT }));
});
