const tagOf = Object.prototype.toString;

/**
 * Has a function of the application, asked for something that is needed at once, given a promise? Nobody waits for it, and so nobody
 * would take its error, by which Node ends the process: it is taken here.
 *
 * @param failed hears of that error. Default: nobody, since that a promise was given is said already
 * @example
 * if (isPromised(answer)) throw new TypeError("it gave a promise; it must answer at once");
 */
export function isPromised(answer: unknown, failed: (error: unknown) => void = () => {}): boolean {
  if (typeof answer !== "object" || answer === null) return false;
  try {
    if (typeof (answer as { then?: unknown }).then !== "function") return false;
    // Only a promise proper: what merely has a `then` may begin its work when that is called.
    if (tagOf.call(answer) === "[object Promise]") void (answer as Promise<unknown>).then(undefined, failed);
    return true;
  } catch {
    return false;
  }
}
