import { platform } from "#platform";

/** A stream, as far as it tells how much it holds. */
interface Holding {
  readonly writableLength?: number;
  readonly writableEnded?: boolean;
  readonly destroyed?: boolean;
}

/** For how many calls that write nowhere a transport is watched. */
const TRIES = 16;

/**
 * The streams of Node that a foreign transport writes into and keeps to itself: a rotator's file, the console's pipe. Such a transport
 * calls back before the stream has anything, so that only the streams tell when all has left.
 *
 * They are found by watching one of its calls: Node's own `write` is replaced for the length of that call, and never after.
 *
 * @example
 * const behind = new StreamsBehind();
 * behind.during(() => transport.log(info, done));
 * behind.pending(); // how many of its streams still hold something
 */
export class StreamsBehind {
  readonly #streams = new Set<Holding>();
  #tries = TRIES;
  #inside = false;
  #stop: (() => void) | null = null;

  /** Runs one synchronous call of the transport, and watches it as long as its streams are not known. */
  during<R>(call: () => R): R {
    if (this.#tries === 0 && this.#streams.size > 0) this.#forgetEnded();
    if (this.#tries > 0) this.#watch();
    this.#inside = true;
    try {
      return call();
    } finally {
      this.#inside = false;
      this.#stop?.();
      this.#stop = null;
    }
  }

  /** The transport has got another stream: a file was rotated, maybe in the middle of a call. */
  changed(): void {
    this.#tries = TRIES;
    if (this.#inside) this.#watch();
  }

  /** How many of the streams still hold something. */
  pending(): number {
    let count = 0;
    for (const stream of this.#streams) if (!stream.destroyed && (stream.writableLength ?? 0) > 0) count++;
    return count;
  }

  /** Writes out what streams of files hold: at the end of the process, when no callback comes any more. */
  drainSync(): void {
    for (const stream of this.#streams) if (!stream.destroyed) platform.drainFile(stream, []);
  }

  /** The streams that are known. */
  known(): readonly object[] {
    return [...this.#streams];
  }

  #watch(): void {
    if (this.#stop) return;
    this.#tries--;
    this.#stop = platform.watchWrites((stream) => {
      this.#streams.add(stream);
      this.#tries = 0;
    });
  }

  /** Where a stream was ended, another has taken its place. */
  #forgetEnded(): void {
    for (const stream of this.#streams)
      if (stream.destroyed || stream.writableEnded) {
        if ((stream.writableLength ?? 0) === 0 || stream.destroyed) this.#streams.delete(stream);
        this.#tries = TRIES;
      }
  }
}

/**
 * At the end of the process: writes out what the stream of a file holds, then the pieces given.
 *
 * @param stream a stream as `fs.createWriteStream` makes it
 * @param after what would have been written next
 * @returns `false`, with nothing written, where it is another kind of stream
 * @throws what the file system throws
 * @example
 * process.on("exit", () => drainFile(stream));
 */
export function drainFile(stream: object, after: readonly (string | Uint8Array)[] = []): boolean {
  return platform.drainFile(stream, after);
}
