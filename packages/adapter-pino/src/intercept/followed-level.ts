import type { InboundPort } from "@logbridge/core";
import { labelAt } from "../levels.ts";
import { chainOf, type PinoLogger, part, symbolOf } from "../map/their-logger.ts";

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
    const known = followed.get(logger);
    // A level that the application has set meanwhile is what the logger has without us.
    const isTheirs = known && part(logger, "levelVal") !== known.set;
    const state =
      known && !isTheirs ? known : { ...found(logger), thresholds: known?.thresholds ?? new Map(), set: undefined };
    followed.set(logger, state);
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

/** pino makes new methods at each change of the level: the very same ones are to be back at the end. */
function found(logger: PinoLogger): Pick<Followed, "label" | "before"> {
  const keys: PropertyKey[] = [...Object.keys(logger.levels.values), symbolOf(logger, "levelVal") as symbol];
  const before = keys.map((key) => [key, Object.getOwnPropertyDescriptor(logger, key)] as const);
  return { label: logger.level, before };
}

/** Would the logger write at a level (a number of pino's), if its level followed nobody? */
export function passes(logger: object, number: number): boolean {
  const compare = part(logger, "levelComp") as ((number: number, threshold: number) => boolean) | undefined;
  const threshold = thresholdOf(logger);
  return compare ? compare(number, threshold) : number >= threshold;
}

function thresholdOf(logger: object): number {
  const symbol = symbolOf(logger, "levelVal");
  for (const one of symbol ? chainOf(logger) : []) {
    const own = Object.getOwnPropertyDescriptor(one, symbol as symbol);
    const state = followed.get(one as PinoLogger);
    const isSet = own !== undefined && state?.set === own.value;
    const before = isSet ? state?.before.find(([key]) => key === symbol)?.[1] : own;
    if (before) return before.value as number;
  }
  return part(logger, "levelVal") as number;
}

function follow(logger: PinoLogger, state: Followed, port: InboundPort): void {
  const label = labelAt(Math.min(...state.thresholds.values()), logger.levels, port.levelNamed);
  if (logger.level !== label) logger.level = label;
  state.set = part(logger, "levelVal");
}
