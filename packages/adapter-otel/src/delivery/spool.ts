import type { StoredRecord } from "./outcome.ts";

/** Where and how records lie on disk that could not be sent yet. */
export interface SpoolOptions {
  /**
   * The folder; made with permissions 0700 where it is missing, when it is first needed. One that cannot work is refused. A relative path is
   * meant from the working directory of the call. Any number of processes may share one, if all of them send to the same collector: whoever
   * starts next sends what another has left.
   */
  readonly dir: string;
  /** The most that may lie in the folder, in bytes, by all processes. What comes when it is full is dropped and counted. Default 256 MiB. */
  readonly maxBytes?: number;
  /**
   * `"always"`: each write is synchronised with the disk and survives the loss of power. `"none"`: it survives the end of the process
   * in whatever way. Default `"none"`.
   */
  readonly sync?: "always" | "none";
}

/** Where records belong among all others. */
export interface SpoolOrder {
  /** When the first of them came, in milliseconds since 1970. */
  readonly born: number;
  /** Its place among all records of its process. */
  readonly first: number;
}

/** Records that were written together and are confirmed together. */
export interface SpoolMark extends SpoolOrder {
  readonly records: number;
  /** What they weigh on disk. */
  readonly bytes: number;
}

/** Why records were not written. */
export interface SpoolRefusal {
  readonly refused: "full" | "failed";
  readonly error: unknown;
}

/** What an ended process has left behind. */
export type Inheritance =
  | { readonly kind: "records"; readonly mark: SpoolMark }
  | { readonly kind: "damaged"; readonly records: number; readonly error: unknown };

/** How much of it may be taken into memory at once. */
export interface PortionLimits {
  readonly maxRecords: number;
  readonly maxBytes: number;
}

/** Where records are that were written: still there, with another process that has taken them for left behind, or nowhere. */
export type Whereabouts = "here" | "taken" | "gone";

/** Records on disk: written by this process, or left there by one that has ended. */
export interface Spool {
  /**
   * Writes synchronously as many of them as there is room for, from the first on; never throws.
   *
   * @param fewest with less than that nothing is written
   */
  write(records: readonly StoredRecord[], order: SpoolOrder, fewest: number): SpoolMark | SpoolRefusal;
  /** The records, without those that are damaged. Rejects with what the file system throws: then {@link whereabouts} says whether to try again. */
  read(mark: SpoolMark): Promise<readonly StoredRecord[]>;
  /** As it was found by the last {@link look}. */
  whereabouts(mark: SpoolMark): Whereabouts;
  /** Looks whether what was written is still there, and writes anew what can be. `now`: not only when a while has passed. Never throws. */
  look(now: boolean): void;
  /** These have arrived, or are given up: they need not lie there any more. Never throws. */
  confirm(mark: SpoolMark): void;
  /** Claims what ended processes have left and tells of it piece by piece, oldest first. Never rejects. */
  inherit(limits: PortionLimits, heir: (piece: Inheritance) => void): Promise<void>;
  /** Lets other processes have what is still there; what is written later needs another call. Never throws. */
  release(): void;
}
