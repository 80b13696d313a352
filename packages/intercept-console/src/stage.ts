import { LogbridgeError } from "@logbridge/core";

/**
 * Refuses the option `stage`, which other interceptions have: what is printed has no stages.
 *
 * @throws LogbridgeError LB1002
 */
export function refuseStage(options: object, caller: string): void {
  if (!("stage" in options) || options.stage === undefined) return;
  throw new LogbridgeError(
    "LB1002",
    `${caller}(): unknown option "stage": what is printed is taken as it is, no formats of a library stand before it; leave it out`,
  );
}
