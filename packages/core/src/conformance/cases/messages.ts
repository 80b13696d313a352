import type { Bench } from "../bench.ts";
import { ALL, type Scenario } from "../scenario.ts";

/** No arguments follow, so none of these is a placeholder: not for printf, not for braces, not for markup. */
const LITERAL = "100 % of {nothing} and {}, %s and %d, <red>no markup</red>, ${no} template";
const LONG_LENGTH = 65_536;

async function expectMessage(bench: Bench, message: string): Promise<void> {
  await bench.make();
  bench.say({ message });
  const got = await bench.single("one call");
  bench.exam.same("message", got.message, message, "the message");
}

function textCase(name: string, explanation: string, message: string): Scenario {
  return { name, group: "message", explanation, verbs: ALL, steps: (bench) => expectMessage(bench, message) };
}

export const messages: readonly Scenario[] = [
  textCase("a plain message arrives as it was written", "Without this nothing else matters.", "order 17 was shipped"),
  textCase(
    "% and {} in a message without arguments are not interpreted",
    "User input and JSON in messages are full of both; read a second time they lose text, and show values of other records.",
    LITERAL,
  ),
  textCase(
    "a message in many scripts arrives whole",
    "Names and addresses are not ASCII.",
    "naïve café, Zażółć gęślą jaźń, 日本語, שלום, 👩‍👩‍👧 🎉",
  ),
  textCase(
    "a message of several lines stays one record",
    "Split into lines it becomes several records, most of them without a level.",
    "first\n  second\n\nfourth",
  ),
  textCase(
    "a message of 64 KiB arrives whole",
    "Buffers and datagrams have limits; a dump that is cut is worth nothing.",
    `${"0123456789abcdef".repeat(LONG_LENGTH / 16)} end`,
  ),
  textCase("an empty message is a record too", "Somebody meant something by it: often the fields beside it.", ""),
  {
    name: "arguments fill the message and arrive beside it",
    group: "message",
    explanation:
      "Template and arguments kept apart let the same event be counted, whatever its values; the filled text is what people read.",
    verbs: ALL,
    steps: async (bench) => {
      await bench.make();
      bench.say({ message: bench.inward ? "user %s has %s orders" : "user {} has {} orders", args: ["Ada", 3] });
      const got = await bench.single('one call with the arguments "Ada" and 3');
      bench.exam.same("message", got.message, "user Ada has 3 orders", "the filled message");
      bench.exam.same("args", got.args, ["Ada", 3], "the arguments");
    },
  },
  {
    name: "% and {} in an argument are not interpreted",
    group: "message",
    explanation: "An argument that is read as a template again prints other arguments in its place, or throws.",
    verbs: ALL,
    steps: async (bench) => {
      await bench.make();
      bench.say({ message: bench.inward ? "rate %s of all" : "rate {} of all", args: ["50 %s {} %%"] });
      const got = await bench.single("one call whose argument is a template itself");
      bench.exam.same("message", got.message, "rate 50 %s {} %% of all", "the filled message");
    },
  },
];
