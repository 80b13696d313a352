import { type Bridge, type Logger, openFacade } from "@logbridge/core";
import type { WinstonLevels } from "../levels.ts";
import type { WinstonFormat } from "../map/info.ts";
import { FACADE } from "../propagate/winston-logger.ts";
import { writtenCall } from "./call.ts";
import { defineMethods } from "./faces.ts";
import { levelTable } from "./level-table.ts";
import { levelMethods, loggingMethods, type Speaker } from "./methods.ts";
import { Outputs } from "./outputs.ts";
import { Scope, type Shared } from "./scope.ts";
import { settingMethods } from "./settings.ts";
import { FacadeStream } from "./stream.ts";
import { UncaughtErrors, type UncaughtWork } from "./uncaught.ts";

/** The caller is above what only hands a call on. */
const BRIDGE: Bridge = {
  name: "winston",
  packages: ["winston", "winston-transport", "logform", "triple-beam", "readable-stream", "nest-winston"],
  mode: "replace",
};

/** The format of a facade that has none: an info stays as it is. */
const PLAIN: WinstonFormat = { transform: (info: unknown) => info };

/** What a logger has beside its methods. */
const PROPERTIES: readonly string[] = [
  "level",
  "levels",
  "silent",
  "format",
  "defaultMeta",
  "transports",
  "exceptions",
  "rejections",
  "profilers",
  "exitOnError",
];

/** A winston logger whose calls go to ours, with what its children share. */
export function rootOfFacade(logger: Logger): object {
  const scopes = new WeakMap<object, Scope>();
  const scopeOf = (face: object): Scope => {
    for (let at: object | null = face; at; at = Object.getPrototypeOf(at) as object | null) {
      const scope = scopes.get(at);
      if (scope) return scope;
    }
    return scopes.get(root) as Scope;
  };
  const complete = (): Promise<unknown> => logger.complete();
  const root = new FacadeStream({
    take: (chunk) => scopeOf(root).say(() => writtenCall(chunk), root, root._transform),
    complete,
  });
  const shared: Shared = {
    port: openFacade(BRIDGE, logger),
    levels: levelTable(logger._core.hub.levels.values()),
    format: null,
    hand(info) {
      // For those who read the logger as a stream.
      if (root.readableFlowing && !root.writableEnded) root.push(info);
    },
  };
  scopes.set(root, new Scope(shared, null, null));
  const outputs = new Outputs(logger);
  const work: UncaughtWork = {
    say: (call, skip) => scopeOf(root).say(() => call, root, skip),
    add: (transport) => outputs.addUncaught(transport, shared.format),
    handlers: outputs.uncaught,
    get exitOnError() {
      return (root as unknown as { readonly exitOnError: unknown }).exitOnError;
    },
    complete: () => logger.complete({ timeout: 3000 }),
  };
  const exceptions = new UncaughtErrors(root, "uncaughtException", work);
  const rejections = new UncaughtErrors(root, "unhandledRejection", work);
  /** What children inherit from: methods of their own on top of everything else that the root has. */
  const children = Object.create(root) as object;
  const speaker: Speaker = {
    scopeOf,
    child(face, bound) {
      const child = Object.create(children) as object;
      scopes.set(child, new Scope(shared, scopeOf(face), bound));
      return child;
    },
    profilers: {},
  };
  const define = (methods: Parameters<typeof defineMethods>[1]): void => {
    for (const target of [root, children]) defineMethods(target, methods);
  };
  const own = loggingMethods(speaker);
  // A level may be named like something that a stream or logger has already: it is logged by `log(level, …)`.
  const isFree = (name: string): boolean =>
    !(name in FacadeStream.prototype || own.has(name) || settings.has(name) || PROPERTIES.includes(name));
  const useLevels = (levels: WinstonLevels): void => {
    shared.levels = levels;
    define(levelMethods(speaker, Object.keys(levels).filter(isFree)));
  };
  const settings = settingMethods({ speaker, shared, outputs, exceptions, rejections, useLevels });
  define(own);
  define(settings);
  useLevels(shared.levels);
  Object.defineProperties(root, {
    level: {
      get(this: object) {
        return scopeOf(this).level;
      },
      set(this: object, value: string) {
        scopeOf(this).level = value;
      },
    },
    silent: {
      get(this: object) {
        return scopeOf(this).silent;
      },
      set(this: object, value: unknown) {
        scopeOf(this).silent = Boolean(value);
      },
    },
    defaultMeta: {
      get(this: object) {
        return scopeOf(this).defaultMeta;
      },
      set(this: object, value: unknown) {
        scopeOf(this).defaultMeta = value;
      },
    },
    format: {
      get: () => shared.format ?? PLAIN,
      set(value: WinstonFormat | null | undefined) {
        shared.format = value === PLAIN ? null : (value ?? null);
      },
    },
    levels: { get: () => shared.levels, set: useLevels },
    transports: { get: () => outputs.transports },
    exceptions: { value: exceptions },
    rejections: { value: rejections },
    profilers: { value: speaker.profilers },
    exitOnError: { value: true, writable: true },
    [FACADE]: { value: true },
  });
  // What looks at a logger without touching it must see its methods.
  for (const name of [...own.keys(), ...settings.keys()]) Reflect.get(root, name);
  return root;
}
