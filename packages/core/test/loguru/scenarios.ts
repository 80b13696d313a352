import { ourType } from "./errors.ts";
import { Program } from "./scenario/program.ts";
import type { ScenarioRow } from "./scenario/step.ts";
import type { Runner } from "./table.ts";
import { revived } from "./values.ts";

interface Typed {
  readonly type: string;
}

/** An event with the error type that stands for Python's. */
function ours(event: unknown): unknown {
  const { caught } = event as { readonly caught?: Typed | null };
  return caught ? { caught: { ...caught, type: ourType(caught.type) } } : revived(event);
}

export const scenarios: Runner<ScenarioRow> = {
  table: "scenarios",
  async run({ steps, expected }) {
    const { events, uncaught = null, handler_errors = [], handler_error_types = [] } = expected;
    return {
      expected: {
        events: events.map(ours),
        uncaught: uncaught && { type: ourType(uncaught.type), message: uncaught.message },
        handler_errors,
        handler_error_types: handler_error_types.map(ourType),
      },
      got: await new Program().run(steps),
    };
  },
};
