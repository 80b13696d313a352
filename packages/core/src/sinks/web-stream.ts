import { currentLeg, resumeLeg } from "../bridge/crossing.ts";
import type { ResolvedSink } from "./sink.ts";

/** A text whose turn has not come. */
interface Waiting {
  /** Writes it in the context of its own call. */
  readonly begin: () => void;
  next: Waiting | null;
}

/** A stream takes nothing before its `start` is through, which is a few turns of promises after it was made. */
async function started(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await undefined;
}

/**
 * A Web `WritableStream` as a sink.
 *
 * A stream that is busy keeps a text, and writes it in the context of whatever it was busy with: what is printed there could not be told
 * from what the application prints. So texts wait here, and each is written in the context of its own call.
 */
export function webStreamSink(stream: WritableStream<string>): ResolvedSink {
  const writer = stream.getWriter();
  let first: Waiting | null = null;
  let last: Waiting | null = null;
  let isBusy = true;
  const take = (): Waiting | null => {
    const taken = first;
    first = taken?.next ?? null;
    if (first === null) last = null;
    return taken;
  };
  const next = (): void => {
    const taken = take();
    isBusy = taken !== null;
    taken?.begin();
  };
  const write = (text: string): Promise<void> => {
    const written = writer.write(text);
    written.then(next, next);
    return written;
  };
  /** Whatever context it is: the stream has broken, or the process ends. */
  const giveAll = (): void => {
    for (let taken = take(); taken; taken = take()) taken.begin();
  };
  void started().then(next);
  /** A write that hangs never ends, and what waits behind it has to hear that the stream has broken meanwhile. */
  const isBroken = (): boolean => {
    if (writer.desiredSize !== null) return false;
    giveAll();
    return true;
  };
  return {
    sink: {
      write(text) {
        if (!isBusy || isBroken()) {
          isBusy = true;
          return write(text);
        }
        const leg = currentLeg();
        return new Promise((resolve) => {
          const added: Waiting = { begin: () => resolve(resumeLeg(leg, () => write(text))), next: null };
          if (last) last.next = added;
          else first = added;
          last = added;
        });
      },
      async flush() {
        isBroken();
        await writer.ready;
      },
      flushSync: giveAll,
      close() {
        writer.releaseLock();
      },
    },
    kind: "stream",
    own: false,
    colors: false,
    label: "WritableStream",
  };
}
