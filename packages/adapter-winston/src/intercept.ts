import {
  type Bridge,
  checkInterceptOptions,
  type InboundPort,
  inspect,
  type Interception,
  type InterceptOptions,
  interception,
  LogbridgeTypeError,
  logger as globalLogger,
  openPort,
  type PatchSite,
  patchMethod,
} from "@logbridge/core";
import { levelAt, type WinstonLevels } from "./levels.ts";
import { type Info, inboundLevel, LEVEL, rememberKeys, understand, type WinstonFormat } from "./map.ts";
import { isWinstonLogger, rootOf, type WinstonLogger } from "./propagate.ts";

/** The winston module, as far as it is used here. */
export interface WinstonModule {
  readonly Logger: { readonly prototype: object };
  createLogger(...options: never[]): unknown;
}

const BRIDGE: Bridge = {
  name: "winston",
  packages: ["winston", "winston-transport", "logform", "triple-beam", "readable-stream"],
  mode: "tee",
};

/** A logger as the hook meets it. */
interface Self {
  silent?: boolean;
  readonly levels: WinstonLevels;
  level: string;
  format: WinstonFormat;
  isLevelEnabled(level: string): boolean;
}

/** Who listens at the patched `write`. */
interface Subscriber {
  readonly port: InboundPort;
  readonly follows: boolean;
  concerns(self: object): boolean;
}

/** What the format made of an info at `write`, for `_transform` to push. */
interface Outcome {
  readonly result?: unknown;
  readonly error?: { readonly value: unknown };
}

const outcomes = new WeakMap<object, Outcome[]>();

function runFormat(self: Self, info: Info): Outcome {
  rememberKeys(info);
  try {
    return { result: self.format.transform(info as never, self.format.options as never) };
  } catch (value) {
    return { error: { value } };
  }
}

function remember(info: Info, outcome: Outcome): void {
  const known = outcomes.get(info);
  if (known) known.push(outcome);
  else outcomes.set(info, [outcome]);
}

type Write = (this: Self, info: Info, ...rest: unknown[]) => unknown;

/**
 * The patched `write`: caller, context and time are taken here, and the format runs here, once; `_transform` pushes its result.
 */
function wrapWrite(site: PatchSite<Subscriber>): Write {
  const original = site.original as unknown as Write;
  const hook: Write = function (this: Self, info, ...rest) {
    const pass = (): unknown => original.call(this, info, ...rest);
    if (typeof info !== "object" || info === null || this.silent) return pass();
    const level = String(info[LEVEL] ?? info["level"]);
    const { levels } = this;
    const inbound = Object.hasOwn(levels, level) ? inboundLevel(level, levels) : null;
    const printed = inbound !== null && this.isLevelEnabled(level);
    const listening = site.subscribers.filter(
      (one) => inbound !== null && one.concerns(this) && (printed || one.follows) && one.port.wants(inbound.no),
    );
    if (inbound === null || listening.length === 0) return pass();
    const raw = listening.some((one) => one.port.stage === "raw") ? understand({ ...info }, info, false, inspect) : null;
    const outcome = runFormat(this, info);
    remember(info, outcome);
    const { result } = outcome;
    const formatted = typeof result === "object" && result !== null ? understand(result as Info, info, true, inspect) : null;
    let replaced = false;
    let through: InboundPort | null = null;
    for (const { port } of listening) {
      const said = port.stage === "raw" ? raw : formatted;
      if (!said) continue;
      const taken = port.deliver(
        {
          target: this,
          level: inbound,
          message: said.message,
          fields: said.fields,
          ...(said.error && { error: said.error.value }),
          name: said.name,
          origin: { name: BRIDGE.name, level: { name: level, no: levels[level] as number } },
        },
        hook,
      );
      if (!taken) continue;
      if (port.mode === "replace") replaced = true;
      through = port;
    }
    if (!replaced) return through ? through.through(pass) : pass();
    outcomes.get(info)?.pop();
    const callback = rest.find((one) => typeof one === "function") as (() => void) | undefined;
    callback?.();
    return true;
  };
  return hook;
}

type Transform = (this: Self, info: Info, ...rest: unknown[]) => unknown;

/** The patched `_transform`: pushes what the format made at `write`, instead of formatting a second time. */
function wrapTransform(site: PatchSite<Subscriber>): Transform {
  const original = site.original as unknown as Transform;
  return function (this: Self, info, ...rest) {
    const outcome = typeof info === "object" && info !== null ? outcomes.get(info)?.shift() : undefined;
    if (!outcome) return original.call(this, info, ...rest);
    const { format } = this;
    this.format = {
      transform() {
        if (outcome.error) throw outcome.error.value;
        return outcome.result;
      },
    };
    try {
      return original.call(this, info, ...rest);
    } finally {
      this.format = format;
    }
  };
}

/** While a child writes, the child that does: an interception of one child must not hear its siblings. */
let writing: object | null = null;

function wrapChild(site: PatchSite<object>): Write {
  const original = site.original as unknown as Write;
  return function (this: Self, ...args) {
    const outer = writing;
    writing = this;
    try {
      return original.apply(this, args);
    } finally {
      writing = outer;
    }
  };
}

/**
 * Takes in what a winston logger, or every logger of a copy of winston, logs.
 *
 * Stage "formatted" (default): after the logger's own format, so that what it hides or drops stays hidden and dropped; the format
 * runs once for each record, and the transports' bytes are the same as without us.
 *
 * @param target the winston module (all its loggers, made before or after), or one logger or child
 * @throws LogbridgeTypeError LB1514 for another target, and the errors of `checkInterceptOptions`
 * @example
 * const interception = interceptWinston(winston);
 * // …
 * interception.restore();
 */
export function interceptWinston(target: WinstonModule | WinstonLogger, options: InterceptOptions = {}): Interception {
  checkInterceptOptions(options, "interceptWinston", []);
  const place = placeOf(target);
  const port = openPort(BRIDGE, options, globalLogger);
  const follows = options.level === "follow" || (options.level === undefined && port.mode === "replace");
  const subscriber: Subscriber = { port, follows, concerns: place.concerns };
  const leave = [
    patchMethod(place.holder, "write", subscriber, (site) => wrapWrite(site as PatchSite<Subscriber>) as never),
    patchMethod(place.holder, "_transform", subscriber, (site) => wrapTransform(site as PatchSite<Subscriber>) as never),
  ];
  if (place.child) leave.push(patchMethod(place.child, "write", place.child, (site) => wrapChild(site as PatchSite<object>) as never));
  if (follows && place.logger) leave.push(followLevel(place.logger, port));
  return interception(BRIDGE.name, () => {
    for (const one of leave.reverse()) one();
    port.close();
  });
}

function followLevel(logger: { level: string; readonly levels: WinstonLevels }, port: InboundPort): () => void {
  const before = logger.level;
  port.follow((threshold) => {
    logger.level = levelAt(threshold, logger.levels);
  });
  return () => {
    logger.level = before;
  };
}

interface Place {
  readonly holder: object;
  readonly logger: WinstonLogger | null;
  readonly child: object | null;
  concerns(self: object): boolean;
}

function placeOf(target: WinstonModule | WinstonLogger): Place {
  if (isWinstonLogger(target)) {
    const root = rootOf(target);
    const child = root === target ? null : target;
    return { holder: root, logger: root as WinstonLogger, child, concerns: (self) => self === root && (child === null || isFrom(child)) };
  }
  const prototype = (target as WinstonModule | null)?.Logger?.prototype;
  if (typeof prototype === "object" && typeof (prototype as { _transform?: unknown })._transform === "function")
    return { holder: prototype, logger: null, child: null, concerns: () => true };
  throw new LogbridgeTypeError("LB1514", 'interceptWinston(): expected the winston module (import winston from "winston") or a winston logger');
}

/** Is the child, or a child of it, writing? */
function isFrom(child: object): boolean {
  for (let at = writing; at; at = Object.getPrototypeOf(at) as object | null) if (at === child) return true;
  return false;
}
