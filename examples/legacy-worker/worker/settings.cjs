"use strict";

const { mkdirSync } = require("node:fs");
const { join, resolve } = require("node:path");

const logDir = resolve(process.env.LOG_DIR || "logs");
mkdirSync(logDir, { recursive: true });

/** A file of the log folder. */
exports.logFile = (name) => join(logDir, name);
