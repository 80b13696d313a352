// What both the process that logs and the one that checks know of a run.
import * as consoleSource from "./sources/console.mjs";
import * as core from "./sources/core.mjs";
import * as opentelemetry from "./sources/opentelemetry.mjs";
import * as pino from "./sources/pino.mjs";
import * as winston from "./sources/winston.mjs";

/** All log at once. */
export const SOURCES = [core, winston, pino, consoleSource, opentelemetry];

/** Records in a span. */
export const PER_SPAN = 25;

export const RESOURCE = {
  "service.name": "collector-test",
  "service.version": "1.2.3",
  "deployment.environment.name": "loopback",
};

/** @param {string} source @param {number} index */
export const keyOf = (source, index) => `${source}-${index}`;

/** The span that a record is logged in. @param {string} source @param {number} index */
export const spanOf = (source, index) => `${source} ${Math.floor(index / PER_SPAN)}`;

/** The files that a run leaves in its folder. */
export const FILES = { arrived: "arrived.jsonl", notes: "notes.jsonl", spans: "spans.jsonl", result: "result.json" };
