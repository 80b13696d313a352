import { report } from "@logbridge/core";
import { runtime } from "#runtime";

let isTold = false;

/**
 * Is this record logged by an export? Exported, it would bring forth the next one, without end: it is to be passed over. Said once.
 *
 * @param where how the message calls whoever passes it over
 */
export function isOwnEcho(where: string): boolean {
  if (!runtime.isInExport()) return false;
  if (!isTold) {
    isTold = true;
    report("LB1644", `${where}: an exporter logs while it exports; what it logs is not sent to OpenTelemetry`);
  }
  return true;
}
