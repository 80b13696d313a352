import type { Source } from "../source.ts";

/** Takes in what npm's packages say by `process.emit("log", …)`. */
export const listenToProcessLog: Source = () => () => {};
