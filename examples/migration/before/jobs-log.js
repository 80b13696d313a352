// What the jobs log with: pino, with its own redaction.
import pino from "pino";
import { logFile } from "../config.js";

const destination = pino.destination({ dest: logFile("jobs.log"), sync: false });

export const jobsLog = pino(
  { level: "debug", base: { area: "jobs" }, redact: ["card.token", "customer.password"] },
  destination,
);

export const closeJobsLog = () => new Promise((closed) => destination.once("close", closed) && destination.end());
