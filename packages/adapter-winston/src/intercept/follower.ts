import type { InboundPort, PatchSite } from "@logbridge/core";
import { inboundLevel, levelAt } from "../levels.ts";
import { rootOf } from "../propagate/winston-logger.ts";
import type { Follower, Self, Subscriber } from "./subscriber.ts";

/** What loggers had before anybody followed, and what they were set to. The last one to leave puts it back. */
const levelsBefore = new WeakMap<object, { level: string; set: string; users: number }>();

/** The level that a logger has of its own, where an interception has not moved it or the application has set it since. */
export function ownLevel(logger: { readonly level: string }): string {
  const before = levelsBefore.get(logger);
  return before && logger.level === before.set ? before.level : logger.level;
}

export function follow(port: InboundPort): Follower {
  const met = new Set<WeakRef<Self>>();
  const known = new WeakSet<object>();
  let threshold = Number.POSITIVE_INFINITY;
  const set = (logger: Self): void => {
    const before = levelsBefore.get(logger);
    if (before) before.level = ownLevel(logger);
    logger.level = levelAt(threshold, logger.levels) ?? logger.level;
    if (before) before.set = logger.level;
  };
  const each = (run: (logger: Self) => void): void => {
    for (const one of met) {
      const logger = one.deref();
      if (logger) run(logger);
      else met.delete(one);
    }
  };
  port.follow((now) => {
    threshold = now;
    each(set);
  });
  return {
    meet(logger) {
      if (known.has(logger)) return;
      known.add(logger);
      met.add(new WeakRef(logger));
      const before = levelsBefore.get(logger);
      if (before) before.users++;
      else levelsBefore.set(logger, { level: logger.level, set: logger.level, users: 1 });
      set(logger);
    },
    end() {
      each((logger) => {
        const before = levelsBefore.get(logger);
        if (!before || --before.users > 0) return;
        logger.level = ownLevel(logger);
        levelsBefore.delete(logger);
      });
    },
  };
}

type Enabled = (this: Self, level: string) => boolean;

/** The patched `isLevelEnabled`, where the level follows ours: a transport's own level says nothing about us. */
export function wrapEnabled(site: PatchSite<Subscriber>): Enabled {
  const original = site.original as unknown as Enabled;
  return function (level) {
    const root = rootOf(this) as Self;
    for (const { port, follower, concerns } of site.subscribers) {
      if (!follower || !concerns(root) || !Object.hasOwn(root.levels, level)) continue;
      follower.meet(root);
      if (port.wants(inboundLevel(level, root.levels, port.levelNamed(level)).no)) return true;
    }
    return original.call(this, level);
  };
}
