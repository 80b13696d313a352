import type { Program } from "./process-programs.ts";

/** A program, and what is known of it. */
export interface Listed extends Program {
  /** What a test is called. */
  readonly title: string;
  /** Both streams fill one pipe: their order is the reader's. */
  readonly isOrderedByReader?: true;
  /** What it prints follows from how lines mix or how a write fails, which without a print they do not. */
  readonly dependsOnPrint?: true;
  /** Some of what the logger hears is printed by nobody, or by a listener of the program as well. */
  readonly hasMoreToHear?: true;
}

/** Those that show most, and end soonest. */
export const SHORT_LIST: readonly Listed[] = [
  plain("throw"),
  plain("rejection"),
  plain("warning"),
  plain("exit-in-the-middle"),
  plain("throw-at-exit"),
  plain("killed"),
  plain("uncaught-handled"),
  { ...plain("many-writers"), dependsOnPrint: true },
];

/** All others that end by themselves. */
export const LONG_LIST: readonly Listed[] = [
  plain("throw-undefined"),
  plain("throw-frozen"),
  plain("throw-proxy"),
  withFlag("rejection", "--unhandled-rejections=strict"),
  plain("rejection-of-a-value"),
  plain("rejection-handled-later"),
  withFlag("rejection-warned", "--unhandled-rejections=warn"),
  withFlag("rejection-warned", "--unhandled-rejections=none"),
  withFlag("warning", "--trace-warnings"),
  { ...withFlag("warning", "--no-warnings"), hasMoreToHear: true },
  { ...plain("warning"), title: "warning, NODE_NO_WARNINGS=1", env: { NODE_NO_WARNINGS: "1" }, hasMoreToHear: true },
  plain("deprecation"),
  withFlag("deprecation", "--trace-deprecation"),
  withFlag("deprecation", "--throw-deprecation"),
  withFlag("deprecation", "--no-deprecation"),
  plain("listeners-warned"),
  plain("exit-code-set"),
  plain("before-exit"),
  plain("signal-handled"),
  plain("aborted"),
  plain("worker"),
  plain("worker-throws"),
  plain("async-stack"),
  { ...plain("stdout-ended"), dependsOnPrint: true },
  plain("handler-throws"),
  plain("captured"),
  plain("domain"),
  plain("error-event"),
  { ...plain("big-output"), isOrderedByReader: true },
  plain("console-methods"),
  { ...plain("process-log"), hasMoreToHear: true },
];

function plain(name: string): Listed {
  return { name, title: name };
}

function withFlag(name: string, flag: string): Listed {
  return { name, title: `${name} ${flag}`, flags: [flag] };
}
