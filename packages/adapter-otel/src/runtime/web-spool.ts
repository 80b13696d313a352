import { LogbridgeError } from "@logbridge/core";
import type { Spool, SpoolOptions } from "../delivery/spool.ts";
import { checkedSpool } from "../delivery/spool-options.ts";

/** @see Runtime.openSpool */
export function openSpool(options: SpoolOptions): Spool {
  const { dir } = checkedSpool("spool", options);
  throw new LogbridgeError(
    "LB1612",
    `spool: there is no file system in this runtime, so that nothing can be kept in ${JSON.stringify(dir)}; leave the option spool out`,
  );
}
