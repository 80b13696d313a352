import { inspect, LogbridgeTypeError } from "@logbridge/core";
import { runtime } from "#runtime";
import { errorText } from "./error-text.ts";

/**
 * Looks whether a spool can work in its folder as that is now. Found out by the first write, it would cost the records of an outage.
 *
 * @param where how the message calls whoever takes the option, such as `otelSink()`
 * @throws LogbridgeTypeError LB1610 for a folder that is none, or that this process may not write
 */
export function checkSpoolFolder(where: string, dir: string): void {
  const cause = runtime.spoolFault(dir);
  if (cause === null) return;
  const allowed = "a folder that this process can read and write, or make";
  const text = `${where}: option spool.dir must be ${allowed}, got ${inspect(dir)}: ${errorText(cause)}`;
  throw new LogbridgeTypeError("LB1610", text, { cause });
}
