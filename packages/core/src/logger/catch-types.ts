import type { CatchOptions } from "./catch-options.ts";

/** What a wrapped function gives: what it gave before, or the default where an error was swallowed. */
export type Caught<Result, Default> =
  Result extends Generator<infer Yielded, infer Returned, infer Next>
    ? Generator<Yielded, Returned | Default, Next>
    : Result extends AsyncGenerator<infer Yielded, infer Returned, infer Next>
      ? AsyncGenerator<Yielded, Returned | Awaited<Default>, Next>
      : Result extends PromiseLike<infer Value>
        ? Promise<Value | Awaited<Default>>
        : Result | Default;

/** The options with which nothing is swallowed. */
type Reraising = CatchOptions<unknown> & { readonly reraise: true };

/** Decorates a method, a field that holds a function, or (called) any function. Both kinds of decorators. */
export interface CatchDecorator<Default = undefined> {
  // Before the one for functions: TypeScript lets a decorator take fewer parameters than it is given.
  <This, Args extends unknown[], Result>(
    method: (this: This, ...args: Args) => Result,
    context: ClassMethodDecoratorContext<This, (this: This, ...args: Args) => Result>,
  ): (this: This, ...args: Args) => Result;
  <This, Value>(value: undefined, context: ClassFieldDecoratorContext<This, Value>): (initial: Value) => Value;
  <This, Args extends unknown[], Result>(
    fn: (this: This, ...args: Args) => Result,
  ): (this: This, ...args: Args) => Caught<Result, Default>;
  (target: object, key: string | symbol, descriptor?: PropertyDescriptor): void;
}

/** `logger.catch`: wraps functions, and is a decorator itself. Works detached. */
export interface Catch extends CatchDecorator {
  /**
   * Wraps a function: what it throws is logged, and not passed on.
   *
   * Functions that return promises, generators and async generators are wrapped as what they are.
   *
   * @param fn any function but a class
   * @param options which errors, how they are logged, and what comes instead of a result
   * @returns a function of the same parameters and `this`
   * @throws LogbridgeError or LogbridgeTypeError LB1030 to LB1035 for what cannot be wrapped, and for wrong options
   * @example
   * const load = logger.catch(async (id: number) => fetchUser(id), { default: null });
   */
  <This, Args extends unknown[], Result>(
    fn: (this: This, ...args: Args) => Result,
    options: Reraising,
  ): (this: This, ...args: Args) => Caught<Result, never>;
  <This, Args extends unknown[], Result, Default = undefined>(
    fn: (this: This, ...args: Args) => Result,
    options: CatchOptions<Default>,
  ): (this: This, ...args: Args) => Caught<Result, Default>;
  /** A decorator with these options. */
  (options: Reraising): CatchDecorator<never>;
  <Default = undefined>(options?: CatchOptions<Default>): CatchDecorator<Default>;
  /**
   * Calls a function now: the block of the seed's `with logger.catch():`.
   *
   * @returns what the function gives, or the default where an error was swallowed
   * @example
   * await logger.catch.run(main, { onerror: () => process.exit(1) });
   */
  run<Result>(fn: () => Result, options: Reraising): Caught<Result, never>;
  run<Result, Default = undefined>(fn: () => Result, options?: CatchOptions<Default>): Caught<Result, Default>;
}
