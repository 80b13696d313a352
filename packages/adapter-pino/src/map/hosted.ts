import { HostedOwners } from "@logbridge/core";

/** Root loggers whose streams sinks of `pinoSinks()` write to. */
export const hosted: HostedOwners = new HostedOwners();
