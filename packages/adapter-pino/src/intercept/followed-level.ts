import type { InboundPort } from "@logbridge/core";
import { labelAt } from "../levels.ts";
import { type PinoLogger, part, symbolOf } from "../map/their-logger.ts";

/** A logger whose level follows ours, with what it was before. */
interface Followed {
  readonly label: string;
  readonly before: readonly (readonly [PropertyKey, PropertyDescriptor | undefined])[];
  readonly thresholds: Map<InboundPort, number>;
  set: unknown;
}

const followed = new WeakMap<PinoLogger, Followed>();

/** Keeps a logger's level at the lowest threshold of all that follow it. Children that have a level of their own keep it. */
export function followLevel(logger: PinoLogger, port: InboundPort): () => void {
  port.follow((threshold) => {
    let state = followed.get(logger);
    if (!state) {
      // pino makes new methods at each change of the level: the very same ones are to be back at the end.
      const keys: PropertyKey[] = [...Object.keys(logger.levels.values), symbolOf(logger, "levelVal") as symbol];
      const before = keys.map((key) => [key, Object.getOwnPropertyDescriptor(logger, key)] as const);
      followed.set(logger, (state = { label: logger.level, before, thresholds: new Map(), set: undefined }));
    }
    state.thresholds.set(port, threshold);
    follow(logger, state, port);
  });
  return () => {
    const state = followed.get(logger);
    if (!state?.thresholds.delete(port)) return;
    if (state.thresholds.size > 0) return follow(logger, state, port);
    followed.delete(logger);
    // Somebody has set another level since: it is theirs now.
    if (part(logger, "levelVal") !== state.set) return;
    logger.level = state.label;
    for (const [key, descriptor] of state.before)
      if (descriptor) Object.defineProperty(logger, key, descriptor);
      else Reflect.deleteProperty(logger, key);
  };
}

function follow(logger: PinoLogger, state: Followed, port: InboundPort): void {
  const label = labelAt(Math.min(...state.thresholds.values()), logger.levels, port.levelNamed);
  if (logger.level !== label) logger.level = label;
  state.set = part(logger, "levelVal");
}
