import { type Logger, Overlaps, report } from "@logbridge/core";
import type { Place } from "./place.ts";

const overlaps = new Overlaps<Place>(overlap);

/**
 * Notes an interception, and reports one that hears what another one hears for the same logger of ours.
 *
 * @returns ends it
 */
export function enterPlace(place: Place, logger: Logger): () => void {
  return overlaps.enter(place, logger, () =>
    report(
      "LB1563",
      "interceptWinston(): these winston loggers are listened to already for the same logger, so each line comes in twice; restore() the other interception first, or intercept the module alone, which hears all its loggers",
    ),
  );
}

function overlap(a: Place, b: Place): boolean {
  if (a.holder !== b.holder) return false;
  if (!a.root || !b.root) return true;
  if (a.root !== b.root) return false;
  // Two children of one logger are apart, unless one descends from the other.
  const [first, second] = [a.child?.logger, b.child?.logger];
  return !first || !second || first === second || descends(first, second) || descends(second, first);
}

function descends(child: object, from: object): boolean {
  return Object.prototype.isPrototypeOf.call(from, child);
}
