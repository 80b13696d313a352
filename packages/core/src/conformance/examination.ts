import { isSame } from "./equality.ts";
import { ConformanceFailure, differenceText } from "./failure.ts";
import { type Waivers, waiverFor } from "./waivers.ts";

/** What one run of a case compares, and what its waivers were good for. */
export class Examination {
  readonly #title: string;
  readonly #explanation: string;
  readonly #cannot: Waivers;
  /** Waivers that a comparison met, and whether it would have failed without. */
  readonly #met = new Map<string, boolean>();

  constructor(title: string, explanation: string, cannot: Waivers) {
    this.#title = title;
    this.#explanation = explanation;
    this.#cannot = cannot;
  }

  /**
   * Compares one part of what arrived.
   *
   * @param part what is compared, as a waiver would name it
   * @param about what was done, for the message
   * @throws ConformanceFailure where it differs and is not waived
   */
  same(part: string, actual: unknown, expected: unknown, about: string): void {
    if (this.#waives(part, isSame(actual, expected))) return;
    if (isSame(actual, expected)) return;
    throw new ConformanceFailure(this.#text(`${about}\n${differenceText(part, actual, expected)}`), {
      actual,
      expected,
    });
  }

  /** The same for what cannot be said by an equal value. @throws ConformanceFailure */
  holds(part: string, condition: boolean, about: string): void {
    if (this.#waives(part, condition)) return;
    if (!condition) throw new ConformanceFailure(this.#text(about));
  }

  /** A waiver that nothing needed would hide the day on which it breaks. @throws ConformanceFailure */
  finish(): void {
    for (const [waiver, needed] of this.#met)
      if (!needed)
        throw new ConformanceFailure(
          this.#text(`the waiver "${waiver}" is no longer needed: the part arrives. Take it out of \`cannot\`.`),
        );
  }

  #waives(part: string, passes: boolean): boolean {
    const waiver = waiverFor(this.#cannot, part);
    if (waiver === null) return false;
    this.#met.set(waiver, !passes || this.#met.get(waiver) === true);
    return true;
  }

  #text(what: string): string {
    return `${this.#title}: ${what}\n  why: ${this.#explanation}`;
  }
}
