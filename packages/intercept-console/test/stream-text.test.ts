import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Utf8Text } from "../src/streams/utf8-text.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("text in bytes", () => {
  test("is the same wherever it is cut", () => {
    const text = "aé漢🙂\u{10ffff}\u0080\u07ff\u0800\uffff\ufeffz";
    const all = bytes(text);
    for (let first = 0; first <= all.length; first++)
      for (let second = first; second <= all.length; second++) {
        const reader = new Utf8Text();
        const parts = [all.subarray(0, first), all.subarray(first, second), all.subarray(second)];
        expect(parts.map((part) => reader.ofBytes(part)).join("")).toBe(text);
        expect(reader.takeBegun()).toHaveLength(0);
      }
  });

  test("is the same cut at every byte, of any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (given) => {
        const text = given.replaceAll("\0", "");
        const reader = new Utf8Text();
        expect([...bytes(text)].map((byte) => reader.ofBytes(Uint8Array.of(byte))).join("")).toBe(text);
      }),
    );
  });

  test("keeps what a buffer held, when its writer uses it again", () => {
    const reader = new Utf8Text();
    const buffer = bytes("é");
    const first = buffer.slice(0, 1);
    reader.ofBytes(first);
    first[0] = 0x41;
    expect(reader.ofBytes(buffer.subarray(1))).toBe("é");
  });

  test("keeps what a Buffer held too, whose slices share its memory", () => {
    const reader = new Utf8Text();
    const all = Buffer.from("größe 1\ngröße 2\n");
    const buffer = Buffer.alloc(3);
    let text = "";
    for (let at = 0; at < all.length; at += 3)
      text += reader.ofBytes(buffer.subarray(0, all.copy(buffer, 0, at, at + 3)));
    expect(text).toBe("größe 1\ngröße 2\n");
  });
});

describe("what is no text", () => {
  test("is told from it, byte by byte and as a whole, and the next text is read", () => {
    for (const data of [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80]]) {
      const reader = new Utf8Text();
      const read = data.map((byte) => reader.ofBytes(Uint8Array.of(byte)));
      const whole = new Utf8Text();
      expect(whole.ofBytes(Uint8Array.from([...data, 0x41]))).toBeNull();
      expect(read.includes(null)).toBe(true);
      reader.takeBegun();
      expect(reader.ofBytes(bytes("text"))).toBe("text");
      expect(whole.ofBytes(bytes("text"))).toBe("text");
    }
  });

  test("after a NUL all bytes are data, until a text comes as a string", () => {
    const reader = new Utf8Text();
    expect(reader.ofBytes(bytes("file.txt\0\0\0"))).toBeNull();
    expect(reader.ofBytes(bytes("the content of the file"))).toBeNull();
    expect(reader.ofString("a\0b")).toBeNull();
    expect(reader.ofString("log line")).toBe("log line");
    expect(reader.ofBytes(bytes("text again"))).toBe("text again");
  });

  test("a character that something else interrupts is given back", () => {
    const reader = new Utf8Text();
    reader.ofBytes(bytes("€").subarray(0, 2));
    expect(reader.ofString("x")).toBe("x");
    expect([...reader.takeBegun()]).toEqual([0xe2, 0x82]);
    expect(reader.takeBegun()).toHaveLength(0);
  });
});
