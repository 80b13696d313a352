import type { Bench } from "../bench.ts";
import type { DeliveredError } from "../delivered.ts";
import { ALL, OUTWARD, type Scenario } from "../scenario.ts";
import { expectMessage } from "./message-text.ts";

class SaveError extends Error {
  override readonly name = "SaveError";
  readonly code = "E_SAVE";
}

function saveInvoice(cause?: Error): SaveError {
  return cause ? new SaveError("cannot save invoice 7", { cause }) : new SaveError("cannot save invoice 7");
}

function failure(): Error {
  return Object.assign(new Error("no space left"), { code: "ENOSPC" });
}

/** The first line of a stack that names a position. */
function firstFrame(error: Error): string | undefined {
  return error.stack
    ?.split("\n")
    .find((line) => /:\d+/.test(line) && !line.includes(error.message))
    ?.trim();
}

/** Source maps may have changed the position; then the function's name tells. */
function hasFrame(stack: string | undefined, frame: string | undefined): boolean {
  return stack !== undefined && (frame === undefined || stack.includes(frame) || stack.includes("saveInvoice"));
}

/** Message, stack, class and code of an error without causes. */
function expectError(
  bench: Bench,
  actual: DeliveredError | undefined,
  expected: Error & { readonly code?: string },
): void {
  const { exam } = bench;
  exam.holds("error", actual !== undefined, "the error is lost");
  exam.same("error.message", actual?.message, expected.message, "the error's message");
  const frame = firstFrame(expected);
  const kept = hasFrame(actual?.stack, frame);
  exam.holds("error.stack", kept, `the stack must have the line "${frame}", got ${JSON.stringify(actual?.stack)}`);
  exam.same("error.type", actual?.type, expected.name, "the error's class");
  exam.same("error.code", actual?.code, expected.code, "the error's code");
}

/** Messages and codes from the error down to the last cause. Some libraries append the causes' messages to each. */
function chainOf(error: DeliveredError | undefined): unknown[] {
  const chain: unknown[] = [];
  for (let at = error; at && chain.length < 10; at = at.cause)
    chain.push({ message: at.message?.split(": ")[0], code: at.code });
  return chain;
}

export const errors: readonly Scenario[] = [
  {
    name: "an error arrives with message, stack, class and code",
    group: "error",
    explanation: "Whoever is called at night needs the line that threw; the code is what alerts and retries go by.",
    verbs: ALL,
    steps: async (bench) => {
      await bench.make();
      const error = saveInvoice();
      bench.say({ severity: 40, message: "save failed", error });
      const got = await bench.single("one call with an error");
      expectMessage(bench, got.message, "save failed");
      expectError(bench, got.error, error);
    },
  },
  {
    name: "an error arrives with the chain of its causes",
    group: "error",
    explanation: "The first error says what the application wanted; the last cause says why it did not work.",
    verbs: ALL,
    steps: async (bench) => {
      await bench.make();
      const error = saveInvoice(new TypeError("disk refused", { cause: failure() }));
      bench.say({ severity: 40, message: "save failed", error });
      const got = await bench.single("one call with an error that has causes");
      bench.exam.holds("error", got.error !== undefined, "the error is lost");
      const chain = chainOf(got.error);
      bench.exam.same(
        "error.cause",
        chain.slice(1),
        [
          { message: "disk refused", code: undefined },
          { message: "no space left", code: "ENOSPC" },
        ],
        "the causes",
      );
    },
  },
  {
    name: "an error arrives beside fields, and both are whole",
    group: "error",
    explanation: "The fields say which invoice; libraries that take an error for the fields lose one of the two.",
    verbs: ALL,
    steps: async (bench) => {
      await bench.make();
      const error = saveInvoice();
      bench.say({ severity: 40, message: "save failed", fields: { invoice: 7 }, error });
      const got = await bench.single("one call with fields and an error");
      expectMessage(bench, got.message, "save failed");
      bench.exam.same("fields", got.fields?.["invoice"], 7, "the field beside the error");
      bench.exam.same("error.message", got.error?.message, error.message, "the error's message");
    },
  },
  {
    name: "a thrown value that is no error is kept",
    group: "error",
    explanation:
      "JavaScript throws texts and objects too; a line that says only that something was thrown helps nobody.",
    verbs: OUTWARD,
    steps: async (bench) => {
      await bench.make();
      bench.logger.opt({ exception: "out of paper" }).error("print failed");
      const got = await bench.single("one call with a text as its exception");
      bench.exam.same("message", got.message, "print failed", "the message");
      const text = JSON.stringify([got.error, got.fields]);
      bench.exam.holds(
        "error.message",
        text.includes("out of paper"),
        `the thrown value must be the error's message or a field, got ${text}`,
      );
    },
  },
  {
    name: "an error that causes itself ends",
    group: "error",
    explanation: "Retries chain errors carelessly; a serializer that follows the circle never returns.",
    verbs: OUTWARD,
    steps: async (bench) => {
      await bench.make();
      const error: Error & { cause?: unknown } = saveInvoice();
      error.cause = error;
      bench.say({ severity: 40, message: "save failed", error });
      const got = await bench.single("one call with an error that causes itself");
      bench.exam.same("message", got.message, "save failed", "the message");
      bench.exam.same("error.message", got.error?.message?.split(": ")[0], error.message, "the error's message");
    },
  },
];
