import { SHORT } from "./protobuf-bytes.ts";
import { ProtobufGroups } from "./protobuf-groups.ts";
import { BOOL, DOUBLE, INT, KEY, STRING, VALUE } from "./protobuf-values.ts";
import { writeValue } from "./value.ts";

/** `LogRecord.attributes`. */
export const ATTRIBUTE = 0x32;

/** So many keys are remembered, by their places. */
const MOST_KEYS = 32;
/** Room for a value of up to `SHORT` bytes, with all that stands around it. */
const ROOM = SHORT + 16;

/** What stands before the value of an attribute. */
interface KnownKey {
  readonly key: string;
  /** With room for the length of it all; `null` for a key that is long or no ASCII. */
  readonly bytes: Uint8Array | null;
}

/**
 * Writes a record's own values, of which most are short texts and numbers, in one go. Each is written as `attribute` and `writeValue` would
 * write it; the many calls that those take are most of what they cost.
 */
export class ProtobufFields extends ProtobufGroups {
  /** The last key at each place: records of one call have the same in the same order. None of them is special. */
  private readonly keys: KnownKey[] = [];
  private special: ReadonlySet<string> | null = null;

  fields(own: object, special: ReadonlySet<string>, from: number): number {
    if (special !== this.special) this.forget(special);
    const { keys } = this;
    let place = from;
    for (const key in own) {
      let known = keys[place];
      if (known === undefined || known.key !== key) {
        if (special.has(key)) return -1;
        known = this.learn(place, key);
      }
      place++;
      const found = Object.getOwnPropertyDescriptor(own, key);
      if (found !== undefined) this.field(known, "value" in found ? found.value : "[Getter]");
    }
    return place;
  }

  private forget(special: ReadonlySet<string>): void {
    this.special = special;
    this.keys.length = 0;
  }

  private learn(place: number, key: string): KnownKey {
    const known = { key, bytes: keyBytes(key) };
    if (place < MOST_KEYS) this.keys[place] = known;
    return known;
  }

  private field({ key, bytes }: KnownKey, value: unknown): void {
    if (value === undefined || (bytes !== null && this.small(bytes, value))) return;
    this.keyField(ATTRIBUTE, key);
    writeValue(value, this);
  }

  /** An attribute whose value takes few bytes; `false`: it does not, and nothing is written. */
  private small(bytes: Uint8Array, value: unknown): boolean {
    const { length } = bytes;
    this.room(length + ROOM);
    const { slab, at } = this;
    const valueAt = at + length;
    let end = valueAt + 2;
    if (typeof value === "string") {
      end = value.length > SHORT ? -1 : this.ascii(value, valueAt + 3);
      if (end < 0) return false;
      slab[valueAt + 1] = STRING;
      slab[valueAt + 2] = value.length;
    } else if (typeof value === "number") {
      // Minus zero is no whole number here.
      if ((value | 0) === value && value >= 0 && (value > 0 || 1 / value > 0)) {
        slab[valueAt + 1] = INT;
        let left = value;
        for (; left >= 0x80; left >>>= 7) slab[end++] = (left & 0x7f) | 0x80;
        slab[end++] = left;
      } else if (Number.isSafeInteger(value) && value !== 0) return false;
      else {
        slab[valueAt + 1] = DOUBLE;
        this.view.setFloat64(end, value, true);
        end += 8;
      }
    } else if (typeof value === "boolean") {
      slab[valueAt + 1] = BOOL;
      slab[end++] = value ? 1 : 0;
    } else return false;
    for (let index = 0; index < length; index++) slab[at + index] = bytes[index] as number;
    slab[at + 1] = end - at - 2;
    slab[valueAt] = end - valueAt - 1;
    this.at = end;
    return true;
  }
}

/** Tag, a place for the length, the key as a field of its own, and the tag of the value. */
function keyBytes(key: string): Uint8Array | null {
  if (key.length > SHORT || !isAscii(key)) return null;
  return Uint8Array.from([ATTRIBUTE, 0, KEY, key.length, ...Array.from(key, (unit) => unit.charCodeAt(0)), VALUE]);
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) >= 0x80) return false;
  return true;
}
