import type { Logger } from "@logbridge/core";
import { errorClass, makeError } from "../errors.ts";
import { revived } from "../values.ts";
import { after, type Maybe } from "./flow.ts";
import type { Journal } from "./sinks.ts";
import type { Operation, Step } from "./step.ts";

type Run = () => Maybe<void>;

function classes(names: unknown): unknown {
  return Array.isArray(names) ? names.map((name) => errorClass(String(name))) : errorClass(String(names));
}

function onerrorOf(operations: readonly Operation[], journal: Journal, root: Logger): (error: unknown) => void {
  return (error) => {
    for (const [name, ...operands] of operations) {
      const [first, second] = operands.map(String);
      if (name === "note") journal.note(`${first} ${(error as Error).message}`);
      else if (name === "log") root.info(first);
      else if (name === "throw") throw makeError({ type: String(first), message: String(second) });
      else throw new Error(`the runner does not know the operation ${name}`);
    }
  };
}

/** The options of `catch` in JavaScript: classes for their names, a function for the operations. */
function optionsOf(written: Readonly<Record<string, unknown>>, journal: Journal, root: Logger): object {
  const { exception, exclude, onerror, ...rest } = written;
  return {
    ...(revived(rest) as object),
    ...(exception !== undefined && exception !== null && { exception: classes(exception) }),
    ...(exclude !== undefined && exclude !== null && { exclude: classes(exclude) }),
    ...(Array.isArray(onerror) && { onerror: onerrorOf(onerror as Operation[], journal, root) }),
  };
}

/** `catch` with arguments that are made at run time. */
interface Catch {
  <F>(fn: F, options?: object): F;
  run<T>(fn: () => T, options?: object): T;
}

/** The same as a decorator. */
type Decorator = (target: unknown, context: object) => unknown;

/**
 * One way of writing `catch`, as JavaScript has it: a block is `catch.run`, a decorated function is `catch(fn)`,
 * a decorated class is the decorator on a class.
 */
export function catching(step: Step, logger: Logger, run: Run, journal: Journal, root: Logger): Maybe<unknown> {
  const { form = "context", returns = null, yields = [], bare = false } = step;
  const guard = (logger as unknown as { readonly catch: Catch }).catch;
  const options = optionsOf(step.options ?? {}, journal, root);
  const wrapped = <F>(fn: F): F => (bare ? guard(fn) : guard(fn, options));
  const given = revived(returns);
  switch (form) {
    case "context":
      return guard.run(run, options);
    case "async_context":
      return guard.run(async () => run(), options);
    case "function":
      return after(wrapped(() => after(run(), () => given))(), (value) => journal.event({ returned: value ?? null }));
    case "async_function":
      return wrapped(async () => {
        await run();
        return given;
      })().then((value) => journal.event({ returned: value ?? null }));
    case "generator": {
      const yielded: unknown[] = [];
      const made = wrapped(function* () {
        yield* yields;
        void run();
        return given;
      })();
      let next = made.next();
      for (; !next.done; next = made.next()) yielded.push(next.value);
      return journal.event({ yielded, returned: next.value ?? null });
    }
    case "async_generator":
      return asyncGenerator(wrapped, yields, run, journal);
    case "class": {
      class Foo {}
      const context = { kind: "class", name: "Foo", metadata: undefined, addInitializer: () => {} };
      const decorator = bare ? guard : guard(options);
      return (decorator as unknown as Decorator)(Foo, context) as Maybe<unknown>;
    }
    default:
      throw new Error(`the runner does not know the form ${form}`);
  }
}

async function asyncGenerator(
  wrapped: <F>(fn: F) => F,
  yields: readonly unknown[],
  run: Run,
  journal: Journal,
): Promise<void> {
  const yielded: unknown[] = [];
  const made = wrapped(async function* () {
    yield* yields;
    await run();
  })();
  for await (const value of made) yielded.push(value);
  journal.event({ yielded });
}
