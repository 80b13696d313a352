/** What became of a batch that was handed to a collector. */
export type Outcome = Fate & {
  /** How often the request was made again meanwhile; default: 0. */
  readonly repeats?: number | undefined;
};

type Fate =
  /** It has the batch, but for `rejected` records of it, which it will never take. */
  | { readonly kind: "sent"; readonly rejected?: number | undefined; readonly message?: string | undefined }
  /** Not now: the same batch may succeed later. */
  | {
      readonly kind: "later";
      readonly error: unknown;
      /** Not before. */
      readonly afterMs?: number | undefined;
      /** It was given up without an answer, and this is the answer should it come. Never rejects. */
      readonly answer?: Promise<Outcome> | undefined;
    }
  /** Never: this batch as it is will be refused again. Halves of it may not be. */
  | {
      readonly kind: "refused";
      readonly error: unknown;
      /** No half of it will fare better: the fault is not in the records. */
      readonly whole?: boolean | undefined;
    };

/** Hands batches to a collector. Several calls may run at once. */
export interface BatchExporter<Item> {
  /** Never rejects, and answers within `timeoutMs`. */
  export(items: readonly Item[], timeoutMs: number): Promise<Outcome>;
  /** Somebody waits for what was handed over: what was kept is to be sent. May be called while exports are under way. */
  flush?(): Promise<void>;
  /** Ends connections. What is under way has ended. */
  close?(): Promise<void>;
}

/** A record as it lies in a spool, in a form that any protocol can be served from. */
export interface StoredRecord {
  /** The protobuf message `ResourceLogs` without its scopes: the resource and its schema. */
  readonly resource: Uint8Array;
  /** The protobuf message `ScopeLogs` with one record. */
  readonly scopeLogs: Uint8Array;
}

/** Between what is queued and what is stored. */
export interface Codec<Item> {
  /** Bytes that the item takes in a request, about. */
  weigh(item: Item): number;
  encode(item: Item): StoredRecord;
  /** Throws where the bytes are no such messages. */
  decode(stored: StoredRecord): Item;
}
