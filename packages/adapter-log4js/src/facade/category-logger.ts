import type { Log4jsLevel, Log4jsLevels } from "../levels.ts";
import { FACADE } from "../levels.ts";
import type { Scope } from "./scope.ts";
import { type Method, Voice } from "./voice.ts";

/** A logger of log4js whose calls go to a logger of ours. Its methods are on the prototype and bind themselves when they are read. */
export class CategoryLogger {
  readonly _voice: Voice;

  constructor(scope: Scope, category: string | undefined) {
    const voice = new Voice(scope, category);
    this._voice = voice;
    Object.defineProperty(this, "_voice", { value: voice, enumerable: false });
    Object.defineProperty(this, FACADE, { value: true, enumerable: false });
    Object.defineProperty(this, "category", { value: voice.category, enumerable: true });
  }

  get context(): Record<string, unknown> {
    return this._voice.context;
  }

  get level(): Log4jsLevel {
    const { scope, category } = this._voice;
    return scope.limitOf(category);
  }

  set level(level: unknown) {
    const { scope, category } = this._voice;
    scope.limit(category, level);
  }

  get useCallStack(): boolean {
    const { scope, category } = this._voice;
    return scope.locates(category);
  }

  set useCallStack(isOn: unknown) {
    const { scope, category } = this._voice;
    scope.setLocating(category, isOn === true);
  }

  get callStackLinesToSkip(): number {
    return this._voice.wrappers;
  }

  set callStackLinesToSkip(count: unknown) {
    this._voice.skip(count);
  }
}

/** Puts a method on the prototype that works detached: read from a logger, it belongs to that one for good. */
export function defineMethod(name: string, make: (voice: Voice) => Method): void {
  const own = (self: object, value: unknown): void => {
    Object.defineProperty(self, name, { value, writable: true, configurable: true, enumerable: false });
  };
  Object.defineProperty(CategoryLogger.prototype, name, {
    configurable: true,
    get(this: CategoryLogger) {
      const method = make(this._voice);
      own(this, method);
      return method;
    },
    set(this: CategoryLogger, value: unknown) {
      own(this, value);
    },
  });
}

/** Gives every logger, also those that are there, the methods of these levels: `audit()` and `isAuditEnabled()` for AUDIT. */
export function defineLevelMethods({ levels }: Log4jsLevels): void {
  for (const { levelStr } of levels) {
    const name = levelStr.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    if (name in CategoryLogger.prototype) continue;
    defineMethod(name, (voice) => {
      const method = (...data: unknown[]): void => {
        const level = voice.scope.levelOf(levelStr);
        if (level) voice.say(level, data, method);
      };
      return method;
    });
    defineMethod(
      `is${name.charAt(0).toUpperCase()}${name.slice(1)}Enabled`,
      (voice) => () => voice.isEnabled(levelStr),
    );
  }
}
