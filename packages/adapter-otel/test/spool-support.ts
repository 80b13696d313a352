import { readdirSync } from "node:fs";
import { Delivery } from "../src/delivery/delivery.ts";
import type { DeliveryOptions } from "../src/delivery/delivery-options.ts";
import type { Spool } from "../src/delivery/spool.ts";
import { later, ScriptedExporter, textCodec } from "./scripted-exporter.ts";

const open: Delivery<string>[] = [];

/** A delivery of texts with a spool, which tries again soon. `endDeliveries` ends it. */
export function deliverBy(
  exporter: ScriptedExporter<string>,
  spool: Spool,
  options: DeliveryOptions,
): Delivery<string> {
  const delivery = new Delivery(exporter, textCodec, {
    onDropped: () => {},
    retry: { initialMs: 5, maxMs: 20 },
    ...options,
    spool,
  });
  open.push(delivery);
  return delivery;
}

/** Ends the deliveries of a test, before its folder goes. */
export async function endDeliveries(): Promise<void> {
  await Promise.all(open.splice(0).map((delivery) => delivery.close(0)));
}

/** A collector that takes nothing now. */
export function down(): ScriptedExporter<string> {
  return new ScriptedExporter<string>(() => later());
}

export function spoolFilesIn(dir: string): string[] {
  return readdirSync(dir).filter((name) => name.endsWith(".lbspool"));
}
