import { repeats } from "./crossing.ts";
import { withoutColors } from "./line-colors.ts";
import { currentTurn } from "./turn.ts";

/** A text that a sink was given, and that nothing has answered yet. */
interface HandedText {
  readonly message: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly turn: number;
}

/** What an inbound text answers. */
export interface Answer {
  /** How long ago the sink was given that text, in milliseconds. */
  readonly afterMs: number;
  /** It was given in the turn that still runs. */
  readonly sameTurn: boolean;
}

const REMEMBERED = 64;
/** So many of the newest are searched for inside a longer text. */
const SEARCHED = 8;

/** The texts that a sink was given last. Each is answered once: what repeats it again has another cause. */
export class HandedTexts {
  readonly #texts: HandedText[] = [];

  note(message: string, text: string): void {
    if (this.#texts.length >= REMEMBERED) this.#texts.shift();
    this.#texts.push({
      message: withoutColors(message).trim(),
      text: withoutColors(text).trim(),
      at: Date.now(),
      turn: currentTurn(),
    });
  }

  /** Takes out the oldest text of the last `windowMs` that this message repeats; `null` where it repeats none. */
  answer(message: string, now: number, windowMs: number): Answer | null {
    const texts = this.#texts;
    // Asked before the sink is called, so that what the sink puts off comes later.
    const turn = currentTurn();
    while (texts.length > 0 && now - (texts[0] as HandedText).at > windowMs) texts.shift();
    if (texts.length === 0) return null;
    const at = this.#find(withoutColors(message).trim());
    if (at < 0) return null;
    const [found] = texts.splice(at, 1) as [HandedText];
    return { afterMs: now - found.at, sameTurn: found.turn === turn };
  }

  clear(): void {
    this.#texts.length = 0;
  }

  /** All are compared as a whole, which costs nothing; the newest also as a part. */
  #find(message: string): number {
    const texts = this.#texts;
    const whole = texts.findIndex((given) => given.message === message || given.text === message);
    if (whole >= 0) return whole;
    for (let at = Math.max(0, texts.length - SEARCHED); at < texts.length; at++)
      if (repeats(texts[at] as HandedText, message)) return at;
    return -1;
  }
}
