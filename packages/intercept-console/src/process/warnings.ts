import type { Source } from "../source.ts";

/** Takes in the warnings of the process. */
export const listenToWarnings: Source = () => () => {};
