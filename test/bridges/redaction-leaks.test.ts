import { createLogger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";
import { afterEach, expect, test, vi } from "vitest";
import { OPENED } from "../../packages/core/test/support/opened-values.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

test.each(Object.keys(OPENED))("the message of an intercepted console shows nothing of %s", (name) => {
  for (const mode of ["replace", "tee"] as const)
    for (const serialize of [false, true, "flat", "ecs", "gcp", "logfmt"] as const) {
      const printed: unknown[] = [];
      vi.spyOn(console, "log").mockImplementation((...args: unknown[]) => void printed.push(...args));
      const logger = createLogger({ redact: ["**.password"] });
      const all: string[] = [];
      logger.add((text, record) => void all.push(text, JSON.stringify(record)), {
        serialize,
        format: "{message} {extra}",
      });
      const interception = interceptConsole({ logger, mode });
      const value = (OPENED[name] as () => unknown)();
      try {
        console.log({ z: value });
        console.log("a", value, [value]);
        console.log("a %o %O", value, value);
      } finally {
        interception.restore();
      }
      expect(all).toHaveLength(6);
      expect(all.join("\n")).not.toMatch(/hunter2/);
      // What the console itself prints is as it was.
      expect(printed.includes(value)).toBe(mode === "tee");
    }
});
