import { crc32 as nodeCrc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { StoredRecord } from "../src/delivery/outcome.ts";
import {
  crc32,
  decodeFrames,
  doneBytes,
  encodeFrames,
  HEADER_BYTES,
  headerBytes,
  ResourceTable,
  survey,
  tableCrc32,
} from "../src/runtime/node-spool-frames.ts";

const WIDE = { maxRecords: 1e9, maxBytes: 1e9 };

/** Batches of records over a few resources, as a codec gives them: equal resources are one object. */
const batches = fc.array(fc.uint8Array({ maxLength: 20 }), { minLength: 1, maxLength: 4 }).chain((resources) =>
  fc.array(
    fc.array(fc.record({ resource: fc.constantFrom(...resources), scopeLogs: fc.uint8Array({ maxLength: 200 }) }), {
      minLength: 1,
      maxLength: 10,
    }),
    { minLength: 1, maxLength: 8 },
  ),
);

interface Written {
  readonly file: Buffer;
  /** Where each batch ends. */
  readonly ends: readonly number[];
  readonly records: readonly StoredRecord[];
}

function write(all: readonly (readonly StoredRecord[])[], progress = 0): Written {
  const resources = new ResourceTable();
  const parts: Buffer[] = [headerBytes(progress)];
  const ends: number[] = [];
  let size = HEADER_BYTES;
  for (const [index, batch] of all.entries()) {
    const bytes = encodeFrames(batch, { born: 1_000 + index, first: index + 1 }, resources);
    parts.push(bytes);
    ends.push((size += bytes.length));
  }
  return { file: Buffer.concat(parts), ends, records: all.flat() };
}

/** All records that a look through the file finds, by portion. */
function readAll(file: Buffer, limits = WIDE): { readonly portions: StoredRecord[][]; readonly damaged: number } {
  const found = survey(file, limits);
  if (!found) throw new Error("no file of a spool");
  const portions = found.portions.map(({ start, end, records }) => {
    const decoded = decodeFrames(file.subarray(start, end), found.resources);
    expect(decoded.length).toBe(records);
    return decoded;
  });
  return { portions, damaged: found.damaged };
}

const plain = (records: readonly StoredRecord[]): unknown =>
  records.map(({ resource, scopeLogs }) => [[...resource], [...scopeLogs]]);

describe("a file of a spool", () => {
  test("gives back what was written, batch by batch", () => {
    fc.assert(
      fc.property(batches, (all) => {
        const { portions, damaged } = readAll(write(all).file);
        expect(damaged).toBe(0);
        expect(portions.map(plain)).toEqual(all.map(plain));
      }),
    );
  });

  test("knows when each batch was born, and its place", () => {
    const record = { resource: new Uint8Array([1]), scopeLogs: new Uint8Array([2]) };
    const found = survey(write([[record], [record, record]]).file, WIDE);
    expect(found?.portions).toMatchObject([
      { born: 1_000, first: 1, records: 1 },
      { born: 1_001, first: 2, records: 2 },
    ]);
  });

  test("is divided into portions that fit", () => {
    fc.assert(
      fc.property(
        batches,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 400 }),
        (all, maxRecords, maxBytes) => {
          const { file, records } = write(all);
          const { portions } = readAll(file, { maxRecords, maxBytes });
          expect(plain(portions.flat())).toEqual(plain(records));
          for (const portion of portions) expect(portion.length).toBeLessThanOrEqual(maxRecords);
          const sizes = survey(file, { maxRecords, maxBytes })?.portions ?? [];
          for (const { start, end, records: count } of sizes)
            if (count > 1) expect(end - start).toBeLessThanOrEqual(maxBytes);
        },
      ),
    );
  });

  test("gives only what it is not done with", () => {
    fc.assert(
      fc.property(batches, fc.nat(), (all, pick) => {
        const { ends } = write(all);
        const done = pick % ends.length;
        const { portions, damaged } = readAll(write(all, ends[done] as number).file);
        expect(damaged).toBe(0);
        expect(portions.map(plain)).toEqual(all.slice(done + 1).map(plain));
      }),
    );
  });

  test("does not give a batch that is done with, wherever it stands", () => {
    fc.assert(
      fc.property(batches, fc.nat(), (all, pick) => {
        const { file, ends } = write(all);
        const done = pick % all.length;
        const start = done === 0 ? HEADER_BYTES : (ends[done - 1] as number);
        doneBytes({ born: 1, first: 1 }).copy(file, start);
        const { portions, damaged } = readAll(file);
        expect(damaged).toBe(0);
        expect(portions.map(plain)).toEqual(all.filter((_, index) => index !== done).map(plain));
      }),
    );
  });

  test("cut off anywhere gives a beginning of what was written, and counts the rest once", () => {
    fc.assert(
      fc.property(batches, fc.double({ min: 0, max: 1, noNaN: true }), (all, part) => {
        const { file, records, ends } = write(all);
        const length = HEADER_BYTES + Math.floor((file.length - HEADER_BYTES) * part);
        const { portions, damaged } = readAll(file.subarray(0, length));
        const found = portions.flat();
        expect(plain(found)).toEqual(plain(records.slice(0, found.length)));
        expect(damaged).toBeLessThanOrEqual(1);
        if (length === file.length || ends.includes(length)) expect(damaged).toBe(0);
        for (const [index, end] of ends.entries())
          if (end <= length) expect(found.length).toBeGreaterThanOrEqual(all.slice(0, index + 1).flat().length);
      }),
    );
  });

  test("with a changed byte gives no record that was not written", () => {
    fc.assert(
      fc.property(
        batches,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 255 }),
        (all, part, change) => {
          const { file, records } = write(all);
          const at = Math.min(file.length - 1, HEADER_BYTES + Math.floor((file.length - HEADER_BYTES) * part));
          file[at] = (file[at] as number) ^ change;
          const written = new Set(records.map((record) => JSON.stringify(plain([record]))));
          const { portions, damaged } = readAll(file);
          for (const record of portions.flat()) expect(written).toContain(JSON.stringify(plain([record])));
          expect(damaged, "it is seen").toBeGreaterThan(0);
        },
      ),
    );
  });

  test("of random bytes is none, or has nothing in it", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(survey(Buffer.from(bytes), WIDE)).toBeNull();
        const { portions } = readAll(Buffer.concat([headerBytes(0), bytes]));
        expect(portions.flat()).toEqual([]);
      }),
    );
  });

  test("whose progress is damaged is read from its beginning", () => {
    const record = { resource: new Uint8Array([1]), scopeLogs: new Uint8Array([2]) };
    const { file, ends } = write([[record], [record]]);
    const done = write([[record], [record]], ends[0] as number).file;
    expect(readAll(done).portions.length).toBe(1);
    done[8] = (done[8] as number) ^ 1;
    expect(readAll(done).portions).toEqual(readAll(file).portions);
  });
});

test("the checksum is CRC-32, by the table as by zlib", () => {
  expect(crc32(Buffer.from("123456789"))).toBe(0xcbf43926);
  const byTable = tableCrc32();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1_000 }), (bytes) => {
      expect(byTable(bytes)).toBe(crc32(bytes));
      if (nodeCrc32) expect(byTable(bytes)).toBe(nodeCrc32(bytes));
    }),
  );
});
