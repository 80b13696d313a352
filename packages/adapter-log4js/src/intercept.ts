import {
  type Bridge,
  checkInterceptOptions,
  logger as globalLogger,
  type InboundPort,
  type Interception,
  type InterceptOptions,
  interception,
  LogbridgeTypeError,
  openPort,
  type PatchSite,
  patchMethod,
} from "@logbridge/core";
import { cover } from "./intercept/coverage.ts";
import { copyOf, FACADE, inboundLevel, isOff, type Log4jsLevel, severityOf } from "./levels.ts";
import { originIn } from "./map/category.ts";
import { noteCall, understand } from "./map/understood.ts";
import { isLog4js, isLog4jsLogger, type Log4jsLogger, type Log4jsModule } from "./propagate.ts";

const BRIDGE: Bridge = { name: "log4js", packages: ["log4js"], mode: "tee", caller: "interceptLog4js()" };

/** A logger as the hooks meet it. */
interface Self {
  readonly category: string;
  readonly context: unknown;
  readonly level: Log4jsLevel;
  readonly callStackLinesToSkip?: number;
}

/** Who listens at the patched `_log`. */
interface Subscriber {
  readonly port: InboundPort;
  /** The only category that is listened to; `null`: all. */
  readonly category: string | null;
}

type Log = (this: Self, level: Log4jsLevel, data: readonly unknown[], ...rest: unknown[]) => unknown;

/** The patched `_log`: behind the level, before the appenders; every logger and every way to log of that copy passes it. */
function wrapLog(site: PatchSite<Subscriber>, prototype: object): Log {
  const original = site.original as unknown as Log;
  const hook: Log = function (this: Self, level, data, ...rest) {
    const pass = (): unknown => original.call(this, level, data, ...rest);
    const concerned = site.subscribers.filter(({ category }) => category === null || category === this.category);
    const first = concerned[0]?.port;
    if (!first) return pass();
    // What a console appender prints meanwhile is this call, wanted or not, and no other record.
    const passThrough = (): unknown => first.through(pass);
    const listening = concerned
      .map(({ port }) => ({ port, level: inboundLevel(level, port.levelNamed) }))
      .filter((one) => one.port.wants(one.level.no));
    if (listening.length === 0) return passThrough();
    let replaced = false;
    try {
      // Older versions hand over a text of their own as it is.
      const { error, ...said } = understand(Array.isArray(data) ? data : [data], this.context);
      const caller = listening.some(({ port }) => port.needsCaller)
        ? first.caller(hook, this.callStackLinesToSkip ?? 0)
        : undefined;
      const origin = originIn(this.category, prototype, level);
      noteCall(origin, said.args);
      for (const { port, level: ours } of listening) {
        const inbound = {
          ...said,
          ...(error && { error: error.value }),
          target: this,
          level: ours,
          name: this.category,
          origin,
          caller,
        };
        if (port.deliver(inbound, hook) && port.mode === "replace") replaced = true;
      }
    } catch (error) {
      first.fail(error);
    }
    return replaced ? undefined : passThrough();
  };
  return hook;
}

/** Who moves the level: its threshold in Loguru's numbers. */
interface Follower {
  threshold: number;
  readonly category: string | null;
}

type IsLevelEnabled = (this: Self, level: unknown) => boolean;

/**
 * The patched `isLevelEnabled`: the level of every category that is listened to, configured now or later, is our threshold; those that are off stay off.
 * Their own levels are not touched, so that none has to be put back.
 */
function wrapLevel(site: PatchSite<Follower>): IsLevelEnabled {
  const original = site.original as unknown as IsLevelEnabled;
  return function (this: Self, level) {
    const following = site.subscribers.filter(({ category }) => category === null || category === this.category);
    const known = following.length === 0 || isOff(this.level) ? null : levelOf(this, level);
    return known ? following.some(({ threshold }) => severityOf(known) >= threshold) : original.call(this, level);
  };
}

/** A level as it is given to `isLevelEnabled`: itself, or its name. */
function levelOf(self: Self, level: unknown): Log4jsLevel | null {
  if (typeof (level as Log4jsLevel | null)?.levelStr === "string") return level as Log4jsLevel;
  const registry = self.level.constructor as { getLevel?(name: unknown): Log4jsLevel | undefined };
  return typeof level === "string" ? (registry.getLevel?.(level) ?? null) : null;
}

/**
 * Takes in what the loggers of a copy of log4js log: those of every category, made before or after, however often it is configured.
 * Given a logger, those of its category.
 *
 * Taken is what log4js itself would write: what passes the category's level. As long as nobody has configured it that is nothing.
 * The category becomes the record's name, the context and object arguments its fields.
 *
 * @param theirs the module, or a logger
 * @throws LogbridgeTypeError LB1537 for anything else, and the errors of `checkInterceptOptions`
 * @example
 * const interception = interceptLog4js(log4js);
 * // …
 * interception.restore();
 */
export function interceptLog4js(theirs: Log4jsModule | Log4jsLogger, options: InterceptOptions = {}): Interception {
  checkInterceptOptions(options, "interceptLog4js", []);
  const isLogger = isLog4jsLogger(theirs);
  if (!isLogger && !isLog4js(theirs))
    throw new LogbridgeTypeError(
      "LB1537",
      'interceptLog4js(): expected the module log4js, as import log4js from "log4js" gives it, or a logger of it',
    );
  if (FACADE in theirs)
    throw new LogbridgeTypeError(
      "LB1537",
      "interceptLog4js(): expected log4js or a logger of it, got what asLog4js() gave, whose records are ours already",
    );
  const category = isLogger ? theirs.category : null;
  // To ask for a logger would configure a log4js that is not configured yet; only a copy inside a bundle leaves no other way.
  const prototype =
    copyOf(theirs)?.Logger.prototype ?? (Object.getPrototypeOf(isLogger ? theirs : theirs.getLogger()) as object);
  const port = openPort(BRIDGE, options, globalLogger);
  const leave = [
    cover({ prototype, category }, options.logger ?? globalLogger),
    patchMethod<Subscriber>(prototype, "_log", { port, category }, (site) => wrapLog(site, prototype) as never),
  ];
  if (port.follows) {
    const follower: Follower = { threshold: Number.POSITIVE_INFINITY, category };
    port.follow((threshold) => {
      follower.threshold = threshold;
    });
    leave.push(patchMethod<Follower>(prototype, "isLevelEnabled", follower, (site) => wrapLevel(site) as never));
  }
  return interception(BRIDGE.name, () => {
    for (const one of leave.reverse()) one();
    port.close();
  });
}
