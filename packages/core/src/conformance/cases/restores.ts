import { LogbridgeError } from "../../diagnostics.ts";
import { createLogger } from "../../logger/create.ts";
import { Arrivals } from "../arrivals.ts";
import type { Bench } from "../bench.ts";
import type { PatchedProperty } from "../delivered.ts";
import { INTERCEPT, type Scenario } from "../scenario.ts";
import { printed } from "./outputs.ts";

type Wrapped = (this: unknown, ...args: unknown[]) => unknown;

/** The patched properties with what they were before. */
function patchedOf(bench: Bench): readonly PatchedProperty[] {
  const patched = bench.need("patched");
  if (patched.some((entry) => entry.length < 3))
    throw new LogbridgeError(
      "LB1455",
      "harness.make(): patched must be made with describeProperties(target, ...keys) before the interception begins",
    );
  return patched;
}

/** What differs between two descriptors, `null` where nothing does. Compared by identity: the very same functions. */
function change(now: PropertyDescriptor | undefined, before: PropertyDescriptor | undefined): string | null {
  if (!now || !before)
    return now === before ? null : now ? "an own property is left where there was none" : "the own property is gone";
  const names = ["value", "get", "set", "writable", "enumerable", "configurable"] as const;
  const different = names.filter((name) => now[name] !== before[name]);
  return different.length === 0 ? null : `${different.join(" and ")} differ`;
}

function expectUntouched(bench: Bench): void {
  for (const [target, key, before] of patchedOf(bench)) {
    const changed = change(Object.getOwnPropertyDescriptor(target, key), before);
    bench.exam.holds("restore", changed === null, `after restore() the property ${String(key)}: ${changed}`);
  }
}

/** Nothing comes in any more, and the library prints again. */
async function expectSilence(bench: Bench): Promise<void> {
  const before = bench.listen().all.length;
  bench.say({ severity: 40, message: "after restore" });
  const after = await bench.arrived();
  bench.exam.same("restore", after.slice(before), [], "records that still come in after restore()");
  bench.exam.same(
    "restore",
    printed(bench, "after restore"),
    1,
    "how often the library itself prints a call after restore()",
  );
}

/** Wraps each patched method as an APM agent does; gives what ran, and with what result, since it was last asked, and how to end. */
function wrapAll(patched: readonly PatchedProperty[]): { readonly ran: () => string[]; readonly end: () => void } {
  let ran: string[] = [];
  const ends = patched.map(([target, key]) => {
    const under = Object.getOwnPropertyDescriptor(target, key);
    const inner = (target as Record<PropertyKey, unknown>)[key];
    if (typeof inner !== "function" || under?.configurable === false) return () => {};
    const wrapper: Wrapped = function (...args) {
      const result = (inner as Wrapped).apply(this, args);
      ran.push(`${String(key)} gives ${typeof result}`);
      return result;
    };
    Object.defineProperty(target, key, {
      value: wrapper,
      writable: true,
      configurable: true,
      enumerable: under?.enumerable ?? true,
    });
    return () => (under ? Object.defineProperty(target, key, under) : Reflect.deleteProperty(target, key));
  });
  return {
    ran: () => {
      const seen = ran;
      ran = [];
      return seen;
    },
    end: () => {
      for (const end of ends) end();
    },
  };
}

export const restores: readonly Scenario[] = [
  {
    name: "restore() puts every property back as it was",
    group: "restore",
    explanation:
      "Tests, hot reloads and agents compare methods by identity; what is left behind piles up at each round.",
    verbs: INTERCEPT,
    steps: async (bench) => {
      await bench.make();
      bench.say({ message: "before restore" });
      await bench.single("one call before restore()");
      bench.need("restore")();
      expectUntouched(bench);
      await expectSilence(bench);
    },
  },
  {
    name: "after replace mode restore() gives the library its voice back",
    group: "restore",
    explanation: "An interception that ends and leaves the library mute loses every line from then on.",
    verbs: INTERCEPT,
    steps: async (bench) => {
      await bench.make({ mode: "replace" });
      // Raised thresholds move the library's own level along; that too must come back.
      bench.setLevel(50);
      bench.need("restore")();
      expectUntouched(bench);
      await expectSilence(bench);
    },
  },
  {
    name: "restore() called twice does nothing the second time",
    group: "restore",
    explanation:
      "Clean-up code runs twice; a second restore that puts an old method back removes what others have patched since.",
    verbs: INTERCEPT,
    steps: async (bench) => {
      await bench.make();
      const restore = bench.need("restore");
      restore();
      const later = wrapAll(patchedOf(bench));
      try {
        restore();
        bench.say({ severity: 40, message: "after restore" });
        const ran = later.ran();
        const hooked = patchedOf(bench).length === 0 || ran.length > 0;
        bench.exam.holds(
          "restore",
          hooked,
          "a patch that somebody installed after restore() was removed by the second restore()",
        );
      } finally {
        later.end();
      }
      expectUntouched(bench);
    },
  },
  {
    name: "a foreign patch on top of ours goes on working after restore(), and ours takes nothing",
    group: "restore",
    explanation:
      "APM agents and OpenTelemetry patch the same methods, later; removing ours from under theirs cuts theirs off.",
    verbs: INTERCEPT,
    steps: async (bench) => {
      await bench.make({ mode: "tee" });
      const theirs = wrapAll(patchedOf(bench));
      try {
        bench.say({ severity: 40, message: "both are there" });
        const before = theirs.ran();
        await bench.single("one call with a foreign patch on top");
        bench.need("restore")();
        bench.say({ severity: 40, message: "ours is gone" });
        bench.exam.same(
          "restore",
          theirs.ran(),
          before,
          "methods that run under the foreign patch, and what they give back",
        );
        const got = (await bench.arrived()).map((one) => one.message);
        bench.exam.same("restore", got, ["both are there"], "records that came in");
        bench.exam.same(
          "restore",
          printed(bench, "ours is gone"),
          1,
          "how often the library itself prints the second call",
        );
      } finally {
        theirs.end();
        // Ours was left as a pass-through under theirs. Where the object outlives this case, the next round takes it away.
        bench.subject.again?.(createLogger()).restore();
      }
    },
  },
  {
    name: "two interceptions of one object take each record once, and end in any order",
    group: "copies",
    explanation:
      "Two copies of a package, or two parts of an application, listen to the same logger without knowing of each other.",
    verbs: INTERCEPT,
    steps: async (bench) => {
      await bench.make({ mode: "tee" });
      const other = createLogger();
      const seen = new Arrivals(false);
      other.add(seen, { level: 0 });
      const second = bench.need("again")(other);
      bench.say({ severity: 40, message: "for both" });
      await bench.arrived();
      bench.exam.same("order", bench.listen().messages(), ["for both"], "records of the first interception");
      bench.exam.same("order", seen.messages(), ["for both"], "records of the second interception");
      bench.exam.same("order", printed(bench, "for both"), 1, "how often the library itself prints the call");
      bench.need("restore")();
      bench.say({ severity: 40, message: "for the second" });
      await bench.arrived();
      bench.exam.same(
        "restore",
        bench.listen().messages(),
        ["for both"],
        "records of the first interception after its restore()",
      );
      bench.exam.same(
        "order",
        seen.messages(),
        ["for both", "for the second"],
        "records of the second after the first's restore()",
      );
      second.restore();
      expectUntouched(bench);
      await other.remove();
    },
  },
];
