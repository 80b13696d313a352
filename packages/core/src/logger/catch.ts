import { LogbridgeTypeError, shown } from "../diagnostics.ts";
import { captureCaller } from "../record/caller.ts";
import { type CatchPoint, captureTrace } from "../record/catch-point.ts";
import { type Core, log } from "./call.ts";
import { calledLevel } from "./called-level.ts";
import { type CatchOptions, type CatchPlan, catches, messageOf, readCatchOptions } from "./catch-options.ts";
import type { Catch } from "./catch-types.ts";

type Method = (this: unknown, ...args: unknown[]) => unknown;
type GeneratorMethod = (this: unknown, ...args: unknown[]) => Generator<unknown, unknown, unknown>;
type AsyncGeneratorMethod = (this: unknown, ...args: unknown[]) => AsyncGenerator<unknown, unknown, unknown>;
type PlaceOf = () => CatchPoint | null;

/** The part of a standard decorator's context that is read. */
interface DecoratorContext {
  readonly kind: string;
  readonly name: string | symbol;
}

/** Makes `logger.catch` for one logger. */
export function makeCatch(core: Core): Catch {
  // Three callers in one: of a function, of options, and of both kinds of decorators.
  const caught = (...given: readonly unknown[]): unknown => {
    const [first, second, third] = given;
    if (isContext(second)) return decorate(core, PLAIN, first, second);
    if (typeof second === "string" || typeof second === "symbol") return decorateLegacy(core, PLAIN, second, third);
    if (typeof first === "function") return wrap(core, planOf(second), first);
    return decoratorWith(core, planOf(first));
  };
  const run = (fn: unknown, options?: unknown): unknown => {
    const plan = planOf(options);
    const method = checkedFunction("catch.run()", fn);
    const kind = kindOf(method);
    return kind === "Function" ? attempt(core, plan, method, undefined, [], run) : wrap(core, plan, method)();
  };
  return Object.assign(caught, { run }) as unknown as Catch;
}

const PLAIN: CatchPlan = readCatchOptions({});

function planOf(options: unknown): CatchPlan {
  return options === undefined ? PLAIN : readCatchOptions(options as CatchOptions<unknown>);
}

function decoratorWith(core: Core, plan: CatchPlan): (...given: readonly unknown[]) => unknown {
  return (...given) => {
    const [first, second, third] = given;
    if (isContext(second)) return decorate(core, plan, first, second);
    if (typeof second === "string" || typeof second === "symbol") return decorateLegacy(core, plan, second, third);
    return wrap(core, plan, first);
  };
}

function isContext(value: unknown): value is DecoratorContext {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as DecoratorContext).kind === "string" &&
    "name" in value
  );
}

function decorate(core: Core, plan: CatchPlan, value: unknown, { kind, name }: DecoratorContext): unknown {
  if (kind === "method" || kind === "class") return wrap(core, plan, value);
  if (kind === "field") return (initial: unknown) => wrap(core, plan, initial);
  throw new LogbridgeTypeError(
    "LB1035",
    `@logger.catch: it decorates methods and fields that hold a function, and ${String(name)} is of the kind ${shown(kind)}`,
  );
}

function decorateLegacy(core: Core, plan: CatchPlan, key: string | symbol, descriptor: unknown): PropertyDescriptor {
  const found = descriptor as PropertyDescriptor | undefined;
  if (typeof found?.value !== "function")
    throw new LogbridgeTypeError(
      "LB1035",
      `@logger.catch: with experimentalDecorators it decorates methods, and ${String(key)} is ${found ? "an accessor" : "a field or parameter"}`,
    );
  return { ...found, value: wrap(core, plan, found.value) };
}

function checkedFunction(call: string, fn: unknown): Method {
  if (typeof fn !== "function")
    throw new LogbridgeTypeError("LB1033", `${call}: expected a function, got ${shown(fn)}`);
  if (/^class\b/.test(Function.prototype.toString.call(fn)))
    throw new LogbridgeTypeError(
      "LB1034",
      `${call}: expected a function, got the class ${fn.name || "without a name"}; decorate its methods`,
    );
  return fn as Method;
}

type Kind = "Function" | "GeneratorFunction" | "AsyncGeneratorFunction";

function kindOf(fn: Method): Kind {
  const tag = Object.prototype.toString.call(fn).slice(8, -1);
  return tag === "GeneratorFunction" || tag === "AsyncGeneratorFunction" ? tag : "Function";
}

const OF_THE_ENGINE: ReadonlySet<string | symbol> = new Set(["prototype", "arguments", "caller"]);

function wrap(core: Core, plan: CatchPlan, value: unknown): Method {
  const fn = checkedFunction("catch()", value);
  const wrapped = makers[kindOf(fn)](core, plan, fn);
  // Frameworks tell functions by their kind, name, number of parameters, and by what they have written on them.
  Object.setPrototypeOf(wrapped, Object.getPrototypeOf(fn) as object | null);
  for (const key of Reflect.ownKeys(fn)) {
    const found = Object.getOwnPropertyDescriptor(fn, key);
    if (found && !OF_THE_ENGINE.has(key)) Object.defineProperty(wrapped, key, found);
  }
  return wrapped;
}

// As methods of objects: they have a `this`, and are no constructors.
const makers: Readonly<Record<Kind, (core: Core, plan: CatchPlan, fn: Method) => Method>> = {
  Function(core, plan, fn) {
    const { wrapped } = {
      wrapped(this: unknown, ...args: unknown[]): unknown {
        return attempt(core, plan, fn, this, args, wrapped);
      },
    };
    return wrapped;
  },
  GeneratorFunction(core, plan, fn) {
    const { wrapped } = {
      *wrapped(this: unknown, ...args: unknown[]): Generator<unknown, unknown, unknown> {
        try {
          return yield* (fn as GeneratorMethod).apply(this, args);
        } catch (error) {
          return swallow(core, plan, error, wrapped, () => placeNow(core, wrapped, true));
        }
      },
    };
    return wrapped;
  },
  AsyncGeneratorFunction(core, plan, fn) {
    const { wrapped } = {
      wrapped(this: unknown, ...args: unknown[]): unknown {
        const place = placeLater(core, plan, wrapped);
        return iterate(
          core,
          plan,
          () => (fn as AsyncGeneratorMethod).apply(this, args),
          wrapped,
          () => place,
        );
      },
    };
    return wrapped;
  },
};

function attempt(core: Core, plan: CatchPlan, fn: Method, self: unknown, args: unknown[], face: Method): unknown {
  let result: unknown;
  try {
    result = Reflect.apply(fn, self, args);
  } catch (error) {
    return swallow(core, plan, error, face, () => placeNow(core, face, false));
  }
  if (!isThenable(result)) return result;
  // Later nobody knows any more who has called.
  const place = placeLater(core, plan, face);
  return settle(core, plan, result, face, () => place);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  if ((typeof value !== "object" || value === null) && typeof value !== "function") return false;
  try {
    return typeof (value as { then?: unknown }).then === "function";
  } catch {
    // A result that cannot be asked is a result: whoever uses it gets its error.
    return false;
  }
}

async function settle(
  core: Core,
  plan: CatchPlan,
  promise: PromiseLike<unknown>,
  face: Method,
  place: PlaceOf,
): Promise<unknown> {
  try {
    return await promise;
  } catch (error) {
    return swallow(core, plan, error, face, place);
  }
}

async function* iterate(
  core: Core,
  plan: CatchPlan,
  start: () => AsyncGenerator<unknown, unknown, unknown>,
  face: Method,
  place: PlaceOf,
): AsyncGenerator<unknown, unknown, unknown> {
  try {
    return yield* start();
  } catch (error) {
    return swallow(core, plan, error, face, place);
  }
}

/** Logs what was thrown and gives the default; what is not to be caught is thrown on. */
function swallow(core: Core, plan: CatchPlan, error: unknown, face: Method, place: PlaceOf): unknown {
  if (!catches(plan, error)) throw error;
  if (isWanted(core, plan)) {
    const logged: Core = { ...core, options: { ...core.options, exception: error, record: true } };
    const point = place();
    log(
      logged,
      calledLevel(core.hub, plan.level, "catch()", "ERROR"),
      [messageOf(plan, Boolean(point?.caller))],
      { skip: face, depth: logged.options.depth },
      point,
    );
  }
  plan.onerror?.(error);
  if (plan.reraise) throw error;
  return plan.default;
}

function isWanted({ hub }: Core, plan: CatchPlan): boolean {
  if (hub.threshold === Number.POSITIVE_INFINITY) return false;
  const no = typeof plan.level === "number" ? plan.level : hub.levels.get(plan.level)?.no;
  return no === undefined || no >= hub.threshold;
}

function placeNow(core: Core, face: Method, iterated: boolean): CatchPoint {
  const { depth } = core.options;
  // Between a generator and who iterates it stands the engine.
  const source = iterated ? { skip: face, depth, packages: [] } : { skip: face, depth };
  return { caller: captureCaller(source), trace: captureTrace(face), depth };
}

function placeLater(core: Core, plan: CatchPlan, face: Method): CatchPoint | null {
  if (!isWanted(core, plan)) return null;
  const { depth } = core.options;
  return { caller: captureCaller({ skip: face, depth }), trace: null, depth };
}
