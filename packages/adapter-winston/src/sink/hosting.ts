import { HostedOwners } from "@logbridge/core";

/** Root loggers whose transports are hosted as a whole, and transports that are hosted alone. */
export const hosting: HostedOwners = new HostedOwners();
