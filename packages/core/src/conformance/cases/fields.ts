import { shown } from "../../diagnostics.ts";
import { isSame } from "../equality.ts";
import { ALL, OUTWARD, type Scenario } from "../scenario.ts";
import { expectMessage } from "./message-text.ts";

const TYPED: Readonly<Record<string, unknown>> = {
  count: 42,
  ratio: 1.5,
  negative: -3,
  zero: 0,
  yes: true,
  no: false,
  nothing: null,
  digits: "42",
  empty: "",
  list: [1, "two", { three: 3 }],
  deep: { a: { b: { c: "d" } } },
  when: new Date(Date.UTC(2024, 1, 29, 12, 0, 0, 7)),
};

/** Names that records, libraries and JavaScript itself have a use for. */
const HOSTILE: readonly string[] = [
  "level",
  "msg",
  "message",
  "time",
  "error",
  "exception",
  "__proto__",
  "constructor",
  "toString",
];

/** Own properties all of them, as `JSON.parse` makes them. */
function hostileFields(): Record<string, unknown> {
  return JSON.parse(
    `{${HOSTILE.map((key) => `${JSON.stringify(key)}: ${JSON.stringify(valueOf(key))}`).join(", ")}}`,
  ) as Record<string, unknown>;
}

function valueOf(key: string): string {
  return `value of ${key}`;
}

/** A field's value under its key, or under one that contains the key (`level_`, `extra.level`): what the README then says. */
function isKept(fields: object | undefined, key: string, value: unknown, depth = 0): boolean {
  if (typeof fields !== "object" || fields === null) return false;
  const word = key.replaceAll("_", "");
  return Object.keys(fields).some((name) => {
    const found = Object.getOwnPropertyDescriptor(fields, name)?.value as unknown;
    return (
      (name.includes(word) && isSame(found, value)) || (depth < 2 && isKept(found as object, key, value, depth + 1))
    );
  });
}

export const fields: readonly Scenario[] = [
  {
    name: "fields arrive with their values and types",
    group: "fields",
    explanation:
      "A number that arrives as text cannot be summed, a nested object that arrives as text cannot be searched.",
    verbs: ALL,
    steps: async (bench) => {
      await bench.make();
      bench.say({ message: "with fields", fields: TYPED });
      const got = await bench.single("one call with fields");
      expectMessage(bench, got.message, "with fields");
      const actual = Object.fromEntries(Object.keys(TYPED).map((key) => [key, got.fields?.[key]]));
      bench.exam.same("fields", actual, TYPED, "the fields");
    },
  },
  {
    name: "fields named like a record's own parts are kept and replace nothing",
    group: "fields",
    explanation:
      "A request body with a key `level` or `time` must not change the record's level or time, and must not vanish either.",
    verbs: ALL,
    steps: async (bench) => {
      const { reserved = [] } = await bench.make();
      const before = Date.now();
      bench.say({ message: "hostile", severity: 30, fields: hostileFields() });
      const got = await bench.single("one call with hostile keys");
      expectMessage(bench, got.message, "hostile");
      const near = got.timeMs !== undefined && Math.abs(got.timeMs - before) < 60_000;
      bench.exam.holds("time", near, `the record's time was replaced: it is ${got.timeMs}`);
      for (const key of HOSTILE) {
        bench.exam.holds("level", got.level !== valueOf(key), `the record's level was replaced by the field ${key}`);
        if (bench.inward && reserved.includes(key)) continue;
        bench.exam.holds(
          "fields",
          isKept(got.fields, key, valueOf(key)),
          `the field ${JSON.stringify(key)} is lost: neither it nor a name that contains it has its value`,
        );
      }
    },
  },
  {
    name: "a key __proto__ reaches no prototype",
    group: "fields",
    explanation:
      "Parsed JSON may have it as an own property; assigned carelessly it changes every object of the process, or hides fields.",
    verbs: ALL,
    steps: async (bench) => {
      await bench.make();
      const hostile = JSON.parse('{ "plain": 1, "__proto__": { "polluted": "yes" } }') as Record<string, unknown>;
      bench.say({ message: "parsed", fields: hostile });
      const got = await bench.single("one call with the key __proto__");
      bench.exam.same("fields", got.fields?.["plain"], 1, "the field beside it");
      bench.exam.holds(
        "fields",
        got.fields !== undefined && !("polluted" in got.fields),
        "the value became the fields' prototype",
      );
      bench.exam.holds("fields", !("polluted" in {}), "Object.prototype was changed");
    },
  },
  {
    name: "% and {} in a field are not interpreted",
    group: "fields",
    explanation: "Several libraries read a message as printf text as soon as anything stands behind it.",
    verbs: ALL,
    steps: async (bench) => {
      await bench.make();
      // Outward {note} would be a placeholder of ours; inward %s would be one of theirs.
      const message = bench.inward ? "done, {note} and {} are text" : "100 % done, %s left";
      bench.say({ message, fields: { note: "50 %s of {} %d %%" } });
      const got = await bench.single("one call");
      expectMessage(bench, got.message, message);
      bench.exam.same("fields", got.fields?.["note"], "50 %s of {} %d %%", "the field");
    },
  },
  {
    name: "an error among the fields keeps its message",
    group: "fields",
    explanation: "Rejections and results hold errors; JSON makes {} of them, and the reason is gone.",
    verbs: OUTWARD,
    steps: async (bench) => {
      await bench.make();
      bench.say({ message: "settled", fields: { reason: new RangeError("out of stock") } });
      const got = await bench.single("one call with an error as the field reason");
      bench.exam.same("message", got.message, "settled", "the message");
      const reason = got.fields?.["reason"];
      const text = typeof reason === "string" ? reason : (reason as { message?: unknown } | undefined)?.message;
      bench.exam.holds(
        "fields",
        String(text).includes("out of stock"),
        `the field reason must show the error's message, got ${shown(reason)}`,
      );
    },
  },
  {
    name: "values that JSON has no word for do not lose the record",
    group: "fields",
    explanation:
      "One circular object, one bigint: and the line that would have explained the failure is replaced by a second failure.",
    verbs: OUTWARD,
    steps: async (bench) => {
      await bench.make();
      const circular: Record<string, unknown> = { name: "circle" };
      circular["self"] = circular;
      const odd = {
        kept: "yes",
        circular,
        big: 2n ** 70n,
        fn: () => 1,
        symbol: Symbol("s"),
        nan: Number.NaN,
        map: new Map([[1, 2]]),
        gone: undefined,
      };
      bench.say({ message: "odd values", fields: odd });
      const got = await bench.single("one call with odd values");
      bench.exam.same("message", got.message, "odd values", "the message");
      bench.exam.same("fields", got.fields?.["kept"], "yes", "the field beside them");
    },
  },
];
