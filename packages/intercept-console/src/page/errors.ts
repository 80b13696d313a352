import type { Source } from "../source.ts";

/** Takes in what nobody caught in a page or worker of a browser. */
export const listenToPageErrors: Source = () => () => {};
