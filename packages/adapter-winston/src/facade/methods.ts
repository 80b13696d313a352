import { type Call, callOf, loggedCall, writtenCall } from "./call.ts";
import type { MakeMethod } from "./faces.ts";
import type { Scope } from "./scope.ts";
import { durationCall, type Timer } from "./timers.ts";

/** What the methods of a facade work on. */
export interface Speaker {
  scopeOf(face: object): Scope;
  child(face: object, bound: object | null): object;
  /** When each profile was started. */
  readonly profilers: Record<string, number>;
}

type Method = (...args: unknown[]) => unknown;

/** The methods of these levels: `info()`, `isInfoEnabled()`. */
export function levelMethods({ scopeOf }: Speaker, names: readonly string[]): ReadonlyMap<string, MakeMethod> {
  const methods = new Map<string, MakeMethod>();
  for (const name of names) {
    methods.set(name, (face) => {
      const scope = scopeOf(face);
      const method: Method = (...args) => {
        if (scope.isEnabled(name)) scope.say(() => callOf(name, args), face, method);
        return face;
      };
      return method;
    });
    methods.set(`is${name.charAt(0).toUpperCase()}${name.slice(1)}Enabled`, (face) => {
      const scope = scopeOf(face);
      return (): boolean => scope.isEnabled(name);
    });
  }
  return methods;
}

/** The other methods by which something is logged, or asked whether it would be. */
export function loggingMethods({ scopeOf, child, profilers }: Speaker): ReadonlyMap<string, MakeMethod> {
  const saying =
    (read: (args: readonly unknown[]) => Call): MakeMethod =>
    (face) => {
      const scope = scopeOf(face);
      const method: Method = (...args) => {
        scope.say(() => read(args), face, method);
        return face;
      };
      return method;
    };
  return new Map<string, MakeMethod>([
    ["log", saying(loggedCall)],
    [
      "write",
      (face) => {
        const scope = scopeOf(face);
        const method: Method = (chunk, ...rest) => {
          scope.say(() => writtenCall(chunk), face, method);
          const done = rest.find((one) => typeof one === "function") as (() => void) | undefined;
          if (done) process.nextTick(done);
          return true;
        };
        return method;
      },
    ],
    ["child", (face) => (bound: unknown) => child(face, typeof bound === "object" ? bound : null)],
    [
      "isLevelEnabled",
      (face) => {
        const scope = scopeOf(face);
        return (level: unknown): boolean => scope.isEnabled(level);
      },
    ],
    [
      "profile",
      (face) => {
        const scope = scopeOf(face);
        const method: Method = (id, ...args) => {
          const title = String(id);
          const start = profilers[title];
          if (start === undefined) profilers[title] = Date.now();
          else {
            delete profilers[title];
            scope.say(() => durationCall(args, start, title), face, method);
          }
          return face;
        };
        return method;
      },
    ],
    [
      "startTimer",
      (face) => {
        const scope = scopeOf(face);
        return (): Timer => {
          const start = Date.now();
          const done = (...args: unknown[]): boolean => {
            scope.say(() => durationCall(args, start, ""), face, done);
            return true;
          };
          return { logger: face, start, done };
        };
      },
    ],
  ]);
}
