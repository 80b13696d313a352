import type { Source } from "../source.ts";

/** Takes in what nobody caught in the process. */
export const listenToUncaught: Source = () => () => {};
