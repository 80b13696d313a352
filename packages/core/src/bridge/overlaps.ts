import type { Logger } from "../logger/logger.ts";
import { processState } from "../state.ts";

interface Entered<Place> {
  readonly place: Place;
  readonly hub: object;
}

/**
 * The places that interceptions of one kind listen at: two for the same logger of ours that hear the same foreign one bring each line in twice.
 *
 * @example
 * const overlaps = new Overlaps<Place>((one, other) => one.root === other.root);
 * const leave = overlaps.enter(place, logger, () => report("LB1563", "these loggers are listened to already"));
 */
export class Overlaps<Place> {
  readonly #entered: Set<Entered<Place>>;
  readonly #overlap: (one: Place, other: Place) => boolean;

  /**
   * @param overlap is there a foreign logger that both places hear?
   * @param bridge the name by which all copies of an adapter share what they know; without it each has its own
   */
  constructor(overlap: (one: Place, other: Place) => boolean, bridge?: string) {
    this.#overlap = overlap;
    this.#entered = bridge === undefined ? new Set() : processState(`overlaps ${bridge}`, () => new Set());
  }

  /**
   * Notes a place.
   *
   * @param logger where its records go: loggers that share handlers count as one
   * @param tell called once, with a place that hears the same for the same handlers
   * @returns forgets it
   */
  enter(place: Place, logger: Logger, tell: (other: Place) => void): () => void {
    const entered = { place, hub: logger._core.hub };
    const other = [...this.#entered].find((one) => one.hub === entered.hub && this.#overlap(place, one.place));
    if (other) tell(other.place);
    this.#entered.add(entered);
    return () => void this.#entered.delete(entered);
  }
}
