/// <reference lib="esnext.disposable" preserve="true" />

export { type CapturedLogs, type CaptureOptions, captureLogs } from "./capture.ts";
export { type LoggingSnapshot, restoreLogging, snapshotLogging } from "./restore.ts";
export type { TestContext } from "./runner.ts";
