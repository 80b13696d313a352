// What every module logs with.
import { logger } from "@logbridge/core";

/** Never shown, whoever logs it and wherever it goes. */
export const SECRETS = ["**.password", "**.token"];

/** The records of one area of the service. */
export const only = (area) => (record) => record.extra.area === area;

export const httpLog = logger.bind({ area: "http" });
export const jobsLog = logger.bind({ area: "jobs" });
export const dbLog = logger.bind({ area: "db" });
