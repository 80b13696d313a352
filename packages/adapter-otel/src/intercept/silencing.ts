import { type Method, type PatchSite, patchMethod } from "@logbridge/core";
import * as api from "@opentelemetry/api";
import type { ReadableLogRecord } from "../otlp/readable.ts";
import { type Emission, emissionOf, noteArrival } from "./emission.ts";
import { type ExportDone, isOwnProcessor, type Outlet, type SdkExporter, TAKES } from "./outlets.ts";

/** What an exporter says of records that it has sent. */
const SENT = { code: 0 };
const FAILED = 1;

/** One who looks on what comes to a processor that exports. */
interface Onlooker {
  /** Is the exporter to be kept from what we take over? */
  readonly silences: boolean;
  /** How many records that we took have come to the processor, and how many of them its exporter was kept from. */
  came: number;
  kept: number;
  /** Has left, and stays until the processor holds nothing of ours any more. */
  leaves: (() => void) | null;
}

/**
 * Looks on what comes to the processors that export, after all others have had it.
 *
 * @param silences keep what we take over from being exported; all else is exported as before
 * @returns how to stop
 */
export function watchOutlets(outlets: readonly Outlet[], silences: boolean): () => void {
  const leave = outlets.map((outlet) => watchOutlet(outlet, silences));
  return () => {
    for (const one of leave) one();
  };
}

function watchOutlet({ processor, exporter }: Outlet, silences: boolean): () => void {
  const onlooker: Onlooker = { silences, came: 0, kept: 0, leaves: null };
  const leave = patchMethod(processor, "onEmit", onlooker, arriving);
  if (!silences || exporter === null) return leave;
  const unsilence = patchMethod(exporter, "export", onlooker, exporting);
  return () => {
    leave();
    // What the processor still holds of ours is not to be exported once we have left. To flush it would disturb flushes of the application.
    if (onlooker.came === onlooker.kept) unsilence();
    else onlooker.leaves = unsilence;
  };
}

function arriving(site: PatchSite<Onlooker>): Method {
  return function onEmit(this: unknown, ...args: never[]): unknown {
    const [record] = args as unknown as [ReadableLogRecord];
    noteArrival(record);
    const emission = emissionOf(record);
    const silencing = site.subscribers.filter(({ silences }) => silences);
    if (!emission || silencing.length === 0) return site.original.apply(this, args);
    if (isOwnProcessor(this)) {
      // It takes the record as it is at its place in the list.
      sendLater(emission, this[TAKES](record));
      return undefined;
    }
    emission.whenOver(() => {
      if (emission.isTaken) for (const onlooker of silencing) onlooker.came++;
    });
    return site.original.apply(this, args);
  };
}

function sendLater(emission: Emission, send: () => void): void {
  emission.whenOver(() => {
    if (!emission.isTaken) send();
  });
}

function exporting(site: PatchSite<Onlooker>): Method {
  return function exportOthers(this: unknown, ...args: never[]): unknown {
    const [records, done] = args as unknown as Parameters<SdkExporter["export"]>;
    if (!Array.isArray(records)) return site.original.apply(this, args);
    const exportThem = (): void => {
      const others = records.filter((record) => emissionOf(record)?.isTaken !== true);
      for (const onlooker of site.subscribers) count(onlooker, records.length - others.length);
      if (others.length === records.length) site.original.apply(this, args);
      else if (others.length > 0) site.original.call(this, others as never, done as never);
      else done(SENT);
    };
    whenAllOver(records, exportThem, done);
    return undefined;
  };
}

/** What a processor drops by itself is never seen here: the patch then stays, and passes everything on. */
function count(onlooker: Onlooker, kept: number): void {
  onlooker.kept += kept;
  if (onlooker.kept >= onlooker.came) onlooker.leaves?.();
}

/** An export that begins while one of its records is still on its way waits until it is known who gets that. */
function whenAllOver(records: readonly ReadableLogRecord[], work: () => void, done: ExportDone): void {
  const open = new Set<Emission>();
  for (const record of records) {
    const emission = emissionOf(record);
    if (emission && !emission.isOver) open.add(emission);
  }
  let left = open.size;
  if (left === 0) {
    work();
    return;
  }
  const later = api.context.bind(api.context.active(), () => tryTo(work, done));
  for (const emission of open)
    emission.whenOver(() => {
      left--;
      if (left === 0) later();
    });
}

/** The processor that has called is no longer there to take an error. */
function tryTo(work: () => void, done: ExportDone): void {
  try {
    work();
  } catch (error) {
    done({ code: FAILED, error: error as Error });
  }
}
