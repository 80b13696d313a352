const NONE = new Uint8Array(0);

/**
 * The text in bytes that come in pieces, cut anywhere. What is no text is told from it and given back:
 * bytes that are no UTF-8, and NUL; after a NUL all bytes are data, until a text comes as a string.
 */
export class Utf8Text {
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  /** The beginning of a character whose end has not come yet. */
  #begun: Uint8Array = NONE;
  #data = false;

  /** The text that bytes complete; `null`: they are no text, and nothing of them is kept. */
  ofBytes(bytes: Uint8Array): string | null {
    if (this.#data) return null;
    const all = this.#begun.length === 0 ? bytes : joined(this.#begun, bytes);
    const end = all.length - unfinished(all);
    const text = this.#decoded(all.subarray(0, end));
    if (text === null) return null;
    // A copy: the buffer is the writer's, who may use it again. `slice` of a `Buffer` makes none.
    this.#begun = end === all.length ? NONE : Uint8Array.from(all.subarray(end));
    return text;
  }

  /** A text that was written as a string; `null`: it is data in disguise. */
  ofString(text: string): string | null {
    this.#data = false;
    return text.includes("\0") ? null : text;
  }

  /** The begun character, given up: something else came behind it. */
  takeBegun(): Uint8Array {
    const begun = this.#begun;
    this.#begun = NONE;
    return begun;
  }

  #decoded(bytes: Uint8Array): string | null {
    if (bytes.includes(0)) {
      this.#data = true;
      return null;
    }
    try {
      return this.#decoder.decode(bytes);
    } catch {
      return null;
    }
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

/** How many bytes at the end begin a character. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte >= 0x80 && byte < 0xc0) continue;
    // What begins no character is not waited for.
    const length = byte < 0xc2 || byte > 0xf4 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? back : 0;
  }
  return 0;
}
