import type { InboundPort, PatchSite } from "@logbridge/core";
import { inboundLevel, levelAt } from "../levels.ts";
import { rootOf } from "../propagate/winston-logger.ts";
import type { Follower, Self, Subscriber } from "./subscriber.ts";

/** What loggers had before anybody followed. The last one to leave puts it back. */
const levelsBefore = new WeakMap<object, { readonly level: string; users: number }>();

export function follow(port: InboundPort): Follower {
  const met = new Set<WeakRef<Self>>();
  const known = new WeakSet<object>();
  let threshold = Number.POSITIVE_INFINITY;
  const set = (logger: Self): void => {
    logger.level = levelAt(threshold, logger.levels) ?? logger.level;
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
      else levelsBefore.set(logger, { level: logger.level, users: 1 });
      set(logger);
    },
    end() {
      each((logger) => {
        const before = levelsBefore.get(logger);
        if (!before || --before.users > 0) return;
        levelsBefore.delete(logger);
        logger.level = before.level;
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
