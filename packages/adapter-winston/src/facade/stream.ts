import { Transform } from "node:stream";

/** What the stream of a facade does with what it is given. */
export interface StreamWork {
  take(chunk: unknown): void;
  /** Resolves when everything has left. */
  complete(): Promise<unknown>;
}

/**
 * The stream that a winston logger is: `source.pipe(logger)`, `end()`, `finish` when everything has left. Who ends it ends the
 * stream and not the logger: what is logged afterwards still arrives.
 */
export class FacadeStream extends Transform {
  readonly #work: StreamWork;

  constructor(work: StreamWork) {
    super({ objectMode: true, autoDestroy: false });
    this.#work = work;
  }

  override _transform(chunk: unknown, _encoding: BufferEncoding, done: () => void): void {
    this.#work.take(chunk);
    done();
  }

  override _flush(done: () => void): void {
    const end = (): void => done();
    this.#work.complete().then(end, end);
  }
}
