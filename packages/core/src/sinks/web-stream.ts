import { currentLeg, resumeLeg } from "../bridge/crossing.ts";
import type { ResolvedSink } from "./sink.ts";

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
  let open = 1;
  const settled = (): void => void open--;
  let last: Promise<void> = started().then(settled);
  return {
    sink: {
      write(text) {
        const leg = currentLeg();
        const isFree = open++ === 0;
        const written = isFree ? writer.write(text) : last.then(() => resumeLeg(leg, () => writer.write(text)));
        last = written.then(settled, settled);
        return written;
      },
      async flush() {
        await writer.ready;
      },
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
