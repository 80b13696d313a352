import type { Source } from "../source.ts";

/** Takes in what is written to `process.stdout` and `process.stderr`, by line. */
export const listenToStreams: Source = () => () => {};
