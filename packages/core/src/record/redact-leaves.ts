import { platform } from "#platform";
import { KEEP, plainBuiltIn } from "../format/built-ins.ts";
import { CENSOR } from "../format/censor.ts";
import { readyPattern } from "../ready-pattern.ts";
import { rowsOfBytes } from "./redact-bytes.ts";
import { isAddress, sealed } from "./redact-sealed.ts";

const NO_DIGIT = readyPattern(/\D/g);
const NEWLINE = readyPattern(/\r?\n/);

/** Shorter texts and numbers stand in too many messages by chance. */
const SHORTEST = 4;
const MOST_LEAVES = 10_000;
const DEEPEST = 20;
/** As much of a text as an inspection shows. */
const LONGEST_SHOWN = 10_000;

/** The texts and numbers that were hidden: what a finished text may contain of them is hidden there too. */
export class HiddenLeaves {
  readonly #texts = new Set<string>();
  /** Regular expressions for bytes, which are written in many ways. */
  readonly #rows = new Set<string>();
  /** What nobody has looked into, though a finished text may show it. True: the runtime's own, and says itself what it shows. */
  readonly #unseen = new Map<object, boolean>();
  /** There was more than anybody looks at. */
  #isCut = false;

  get isEmpty(): boolean {
    return this.#texts.size === 0 && this.#rows.size === 0 && this.#unseen.size === 0 && !this.#isCut;
  }

  /** Takes all that an inspection shows of an object, as soon as a text is searched for it. */
  addUnseen(value: object, customInspect: boolean): void {
    this.#unseen.set(value, customInspect);
  }

  /** Takes all texts and numbers of a value that is hidden. Runs nothing of its owner. */
  add(value: unknown, above: readonly unknown[] = []): void {
    if (this.#isCut) return;
    switch (typeof value) {
      case "string":
        this.#addText(value);
        return;
      case "symbol":
        this.#addText(value.description ?? "");
        return;
      case "number":
      case "bigint":
        if (String(value).replace(NO_DIGIT, "").length >= SHORTEST) this.#texts.add(String(value));
        return;
      case "object":
        if (value !== null) this.#addObject(value, above);
    }
  }

  /** A finished text without what was hidden; none of it where that is not all known. */
  hide(text: string): string {
    const hidden = this.hideKnown(text);
    return this.#isCut && text !== "" ? CENSOR : hidden;
  }

  /** The same for a text that was made without what was hidden already. */
  hideKnown(text: string): string {
    for (const [object, customInspect] of this.#unseen)
      for (const shown of platform.textsIn(object, customInspect)) this.#addText(shown);
    this.#unseen.clear();
    let hidden = text;
    for (const row of this.#rows) hidden = hidden.replace(new RegExp(row, "g"), CENSOR);
    if (this.#texts.size === 0) return hidden;
    const shown = [...this.#texts].flatMap(waysToShow);
    for (const leaf of shown.sort((a, b) => b.length - a.length)) hidden = hidden.replaceAll(leaf, CENSOR);
    return hidden;
  }

  #addText(text: string): void {
    if (text.length < SHORTEST || CENSOR.includes(text)) return;
    if (this.#texts.size < MOST_LEAVES) this.#texts.add(text);
    else this.#isCut = true;
  }

  #addObject(value: object, above: readonly unknown[]): void {
    if (platform.isProxy(value)) this.addUnseen(value, false);
    else if (above.length >= DEEPEST) this.#isCut = true;
    else if (!above.includes(value)) {
      for (const row of rowsOfBytes(value)) this.#rows.add(row);
      const shut = Array.isArray(value) ? null : sealed(value);
      if (shut || isAddress(value)) this.addUnseen(value, shut === null || shut.container);
      else this.#addParts(value, [...above, value]);
    }
  }

  #addParts(value: object, above: readonly unknown[]): void {
    const builtIn = Array.isArray(value) ? KEEP : plainBuiltIn(value);
    if (builtIn instanceof Map)
      for (const [key, item] of builtIn) [key, item].forEach((one) => void this.add(one, above));
    else if (builtIn instanceof Set) for (const item of builtIn) this.add(item, above);
    else if (builtIn !== KEEP) this.add(builtIn, above);
    if (ArrayBuffer.isView(value)) return;
    for (const key of Reflect.ownKeys(value)) {
      // Where an error was thrown is no secret, and its lines stand in every other error.
      if (key !== "stack") this.add(Object.getOwnPropertyDescriptor(value, key)?.value, above);
    }
  }
}

/** How consoles and JSON write a text; a text of several lines is often written line by line. */
function waysToShow(text: string): string[] {
  const lines = text.includes("\n") ? text.split(NEWLINE) : [];
  const cut = text.length > LONGEST_SHOWN ? [text.slice(0, LONGEST_SHOWN)] : [];
  const ways = [text, ...cut, ...lines].flatMap((one) => [
    one,
    JSON.stringify(one).slice(1, -1),
    platform.inspect(one, { oneLine: true }).slice(1, -1),
  ]);
  return [...new Set(ways)].filter((way) => way.length >= SHORTEST && !CENSOR.includes(way));
}
