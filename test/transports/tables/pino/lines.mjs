// What the lines of pino have in common, and the difference in each of them that has an error.
import { masked, parsed, withoutTimes } from "../../row.mjs";

/** Lines without what differs from run to run. @param {readonly (string | Buffer)[]} lines */
export function linesAsData(lines) {
  return parsed(lines.filter((line) => String(line) !== "")).map((line) => masked(line, ["time", "pid"]));
}

/** A text of a line or about one, without its time and process. @param {string} text */
export function timeless(text) {
  return withoutTimes(text)
    .replace(/\b1[6-9]\d{11}\b/g, "<time>")
    .replace(/\[\d\d:\d\d:\d\d\.\d{3}\]/g, "[<time>]")
    .replace(/(\bpid"?[=:]|\b[A-Z]+ \((?:[^()\n]*\/)?)\d+/g, "$1<pid>");
}

const WHAT = "the error's cause";
const WHY = "pino puts causes into the error's message; our lines have them as objects, and the message as it is";

/**
 * The causes of an error. pino's serializer writes them into the message ("refused: socket hang up") and nowhere else; our lines have the error's
 * own message, and the causes as objects besides the stack that tells them all.
 * @param {string} [path] where the error stands
 * @returns {import("../../row.mjs").Difference}
 */
export function causes(path = "err") {
  const steps = path.split(".");
  return {
    what: WHAT,
    why: WHY,
    forgive(native, bridged) {
      const { cause, ...ours } = found(bridged, steps) ?? {};
      const theirs = found(native, steps);
      if (cause === undefined || theirs?.message !== `${ours.message}: ${cause.message}`) return [native, bridged];
      return [native, replaced(bridged, steps, { ...ours, message: theirs.message })];
    },
  };
}

/**
 * The same where a transport makes text of the error, or leaves the cause itself out.
 * @param {RegExp | null} cause how the cause looks in our text; `null` where it is left out
 * @param {(value: any) => string} [read] the text
 * @returns {import("../../row.mjs").Difference}
 */
export function causesInText(cause, read = (value) => value) {
  return {
    what: WHAT,
    why: WHY,
    forgive(native, bridged) {
      const theirs = read(native).replace(/(card \d+ was refused): socket hang up/, "$1");
      const ours = cause ? read(bridged).replace(cause, "") : read(bridged);
      const isMeant = theirs !== read(native) && (cause === null || ours !== read(bridged));
      return isMeant ? [theirs, ours] : [native, bridged];
    },
  };
}

/** @param {any} value @param {readonly string[]} steps @returns {any} */
function found(value, steps) {
  return steps.reduce((inner, step) => inner?.[step], value);
}

/** @param {any} value @param {readonly string[]} steps @param {unknown} by @returns {any} */
function replaced(value, [step, ...rest], by) {
  return step === undefined ? by : { ...value, [step]: replaced(value[step], rest, by) };
}
