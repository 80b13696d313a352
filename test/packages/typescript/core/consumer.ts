import {
  createLogger,
  type Interception,
  type InterceptOptions,
  LogbridgeError,
  type LogRecord,
  logger,
  type Sink,
} from "@logbridge/core";
import { type AdapterCase, adapterCases } from "@logbridge/core/conformance";
import { type CapturedLogs, captureLogs } from "@logbridge/core/testing";

const sink: Sink = {
  needs: { caller: true },
  write(text: string, record: LogRecord): void {
    const line: number | null = record.line;
    text.padEnd(line ?? 0);
  },
};

export const id: number = logger.add(sink, { level: "DEBUG", filter: (record) => record.level.no > 20 });
export const own = createLogger({ extra: { app: "shop" } });
own.add((text) => void text, { format: (record) => record.extra.app.toUpperCase() });
own
  .bind({ requestId: "7" })
  .patch((record) => void record.extra.requestId.toUpperCase())
  .info("typed");
own.withLevels({ notice: { no: 27 } }).notice("a level of its own");
own.info`tagged ${id}`;
logger.error("save failed", new LogbridgeError("LB1001", "as an example"));

export const result: Promise<number> = logger.contextualize({ task: 1 }, async () => 1);
export const removed: Promise<void> = logger.remove(id);
export const options: InterceptOptions = { mode: "tee", level: "follow" };
export function restore(interception: Interception): void {
  interception.restore();
}
export const cases: readonly AdapterCase[] = adapterCases("sink");
export const logs: CapturedLogs = captureLogs({ logger: own, only: true });

// Where the types are not found, everything is any, and these are no errors any more.
// @ts-expect-error a level is a name or a number
logger.add(sink, { level: {} });
// @ts-expect-error values are an object
logger.bind(42);
// @ts-expect-error nobody bound this, so that it may be anything
own.patch((record) => void record.extra["nobody"].length);
// @ts-expect-error there is no such verb
adapterCases("nothing");
// @ts-expect-error an option that does not exist
createLogger({ strickt: true });
