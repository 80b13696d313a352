/**
 * A MessagePack value as JSON has it: times as ISO text, bytes as base64.
 * @param {Buffer} data
 * @returns {any}
 */
export function messagePackOf(data) {
  return new Reader(data).value();
}

/**
 * The values of a stream, one after the other.
 * @param {Buffer} data
 * @returns {any[]}
 */
export function messagePacksOf(data) {
  const reader = new Reader(data);
  const values = [];
  while (reader.at < data.length) values.push(reader.value());
  return values;
}

class Reader {
  /** @param {Buffer} data */
  constructor(data) {
    this.data = data;
    this.at = 0;
  }

  /** @returns {any} */
  value() {
    const first = this.unsigned(1);
    if (first < 0x80) return first;
    if (first < 0x90) return this.map(first & 0x0f);
    if (first < 0xa0) return this.list(first & 0x0f);
    if (first < 0xc0) return this.text(first & 0x1f);
    if (first >= 0xe0) return first - 0x100;
    if (first >= 0xcc && first <= 0xcf) return this.unsigned(1 << (first - 0xcc));
    if (first >= 0xd0 && first <= 0xd3) return this.signed(1 << (first - 0xd0));
    if (first >= 0xd4 && first <= 0xd8) return this.extension(1 << (first - 0xd4));
    if (first >= 0xd9 && first <= 0xdb) return this.text(this.unsigned(1 << (first - 0xd9)));
    if (first >= 0xc4 && first <= 0xc6) return this.bytes(this.unsigned(1 << (first - 0xc4))).toString("base64");
    if (first >= 0xc7 && first <= 0xc9) return this.extension(this.unsigned(1 << (first - 0xc7)));
    switch (first) {
      case 0xc0:
        return null;
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xca:
        return this.bytes(4).readFloatBE();
      case 0xcb:
        return this.bytes(8).readDoubleBE();
      case 0xdc:
      case 0xdd:
        return this.list(this.unsigned(first === 0xdc ? 2 : 4));
      case 0xde:
      case 0xdf:
        return this.map(this.unsigned(first === 0xde ? 2 : 4));
      default:
        throw new Error(`no MessagePack: ${first} at ${this.at - 1}`);
    }
  }

  /** @param {number} size */
  bytes(size) {
    this.at += size;
    return this.data.subarray(this.at - size, this.at);
  }

  /** @param {number} size */
  unsigned(size) {
    return size === 8 ? Number(this.bytes(8).readBigUInt64BE()) : this.bytes(size).readUIntBE(0, size);
  }

  /** @param {number} size */
  signed(size) {
    return size === 8 ? Number(this.bytes(8).readBigInt64BE()) : this.bytes(size).readIntBE(0, size);
  }

  /** @param {number} size */
  text(size) {
    return this.bytes(size).toString();
  }

  /** @param {number} length @returns {any[]} */
  list(length) {
    return Array.from({ length }, () => this.value());
  }

  /** @param {number} length @returns {Record<string, any>} */
  map(length) {
    return Object.fromEntries(Array.from({ length }, () => [this.value(), this.value()]));
  }

  /** @param {number} size */
  extension(size) {
    const type = this.signed(1);
    const data = this.bytes(size);
    if (type !== -1) return data.toString("base64");
    // Seconds alone, seconds beside nanoseconds in 30 bits, or both apart.
    if (size === 4) return new Date(data.readUInt32BE() * 1000).toISOString();
    if (size === 12) return new Date(Number(data.readBigInt64BE(4)) * 1000 + data.readUInt32BE() / 1e6).toISOString();
    const both = data.readBigUInt64BE();
    return new Date(Number(both & 0x3ffffffffn) * 1000 + Number(both >> 34n) / 1e6).toISOString();
  }
}
