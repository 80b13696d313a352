import type { RecordBytes } from "./record-bytes.ts";

/** The bytes of records in their order; those that stand side by side are one piece. */
export class ProtobufPieces {
  /** Bytes in all. */
  size = 0;
  readonly #whole: Uint8Array[] = [];
  #slab: Uint8Array | null = null;
  #start = 0;
  #end = 0;

  add({ slab, start, end }: RecordBytes): void {
    if (slab !== this.#slab || start !== this.#end) this.#begin(slab, start);
    this.#end = end;
    this.size += end - start;
  }

  /** All of them; nothing is added after that. */
  take(): readonly Uint8Array[] {
    this.#begin(null, 0);
    return this.#whole;
  }

  #begin(slab: Uint8Array | null, start: number): void {
    if (this.#slab) this.#whole.push(this.#slab.subarray(this.#start, this.#end));
    this.#slab = slab;
    this.#start = start;
  }
}
