import { ALL, INTERCEPT, OUTWARD, type Scenario } from "../scenario.ts";

function deepFrozen<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === "object" && part !== null) deepFrozen(part as object);
  return Object.freeze(value);
}

/** Everything that could be changed about an object: keys of all kinds, values, attributes. */
function portrait(value: object): unknown {
  return Reflect.ownKeys(value).map((key) => {
    const { get, set, value: held, ...attributes } = Object.getOwnPropertyDescriptor(value, key) as PropertyDescriptor;
    const inner =
      typeof held === "object" && held !== null
        ? portrait(held as object)
        : typeof held === "function"
          ? "function"
          : held;
    return { key: String(key), held: inner, accessor: get !== undefined || set !== undefined, ...attributes };
  });
}

/** Counts how often its getter runs. */
function watched(): { readonly fields: Record<string, unknown>; readonly runs: () => number } {
  let runs = 0;
  const nested = {
    shown: 1,
    get secret() {
      runs++;
      return "computed";
    },
  };
  return { fields: { nested }, runs: () => runs };
}

export const objects: readonly Scenario[] = [
  {
    name: "the caller's objects are not changed",
    group: "objects",
    explanation:
      "The object that is logged is still in use: what an adapter adds to it (a level, a timestamp, a symbol) ends up in databases and answers.",
    verbs: ALL,
    steps: async (bench) => {
      await bench.make();
      const fields = { user: { id: 1, tags: ["a"] }, plain: "text" };
      const bound = { requestId: "r-1", inner: { deep: true } };
      const error = Object.assign(new Error("broken"), { code: "E_BROKEN", details: { part: 3 } });
      const before = [portrait(fields), portrait(bound), portrait(error)];
      bench.say({ message: "with fields", fields, bound });
      // Some libraries write on an error that they are given; that is theirs to answer for.
      if (!bench.inward) bench.say({ severity: 40, message: "with error", error });
      await bench.arrived();
      bench.exam.same(
        "fields",
        [portrait(fields), portrait(bound), portrait(error)],
        before,
        "the objects after the call",
      );
    },
  },
  {
    name: "frozen objects are logged as others are",
    group: "objects",
    explanation:
      "Stores and configurations freeze what they hold; an adapter that writes on it throws, and the line is lost.",
    verbs: ALL,
    steps: async (bench) => {
      await bench.make();
      const fields = deepFrozen({ user: { id: 1, tags: ["a"] } });
      bench.say({ message: "frozen", fields, bound: deepFrozen({ requestId: "r-1" }) });
      const got = await bench.single("one call with frozen objects");
      bench.exam.same("fields", got.fields?.["user"], { id: 1, tags: ["a"] }, "the frozen field");
    },
  },
  {
    name: "getters of the caller's objects are not run",
    group: "objects",
    explanation: "A getter may query a database, throw, or log again; printing a line is no reason to run it.",
    verbs: OUTWARD,
    steps: async (bench) => {
      await bench.make();
      const { fields, runs } = watched();
      bench.say({ message: "with a getter", fields });
      await bench.logger.complete();
      bench.exam.same("fields", runs(), 0, "how often the getter ran");
      const got = await bench.single("one call");
      bench.exam.same("message", got.message, "with a getter", "the message");
    },
  },
  {
    name: "getters of the caller's objects are run no more often than by the library alone",
    group: "objects",
    explanation: "What the library does with a getter is its own affair; listening must not add to it.",
    verbs: INTERCEPT,
    steps: async (bench) => {
      const { restore } = await bench.make({ mode: "tee" });
      const { fields, runs } = watched();
      bench.say({ message: "with a getter", fields });
      await bench.arrived();
      const together = runs();
      restore?.call(bench.subject);
      bench.say({ message: "with a getter", fields });
      const alone = runs() - together;
      bench.exam.holds(
        "fields",
        together <= alone,
        `the getter ran ${together} times with the interception and ${alone} times without`,
      );
    },
  },
];
