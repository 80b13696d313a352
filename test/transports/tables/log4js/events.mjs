// How what log4js writes is read.
import { cut, masked, withoutTimes } from "../../row.mjs";
import { flattedOf } from "../../standins/flatted.mjs";

/** Texts of a layout without their times, one for each record. @param {string} text */
export function layoutTexts(text) {
  return cut(text, /^.*?\[\d{4}-\d\d-\d\dT.*?rec\d{3} /m).map(withoutTimes);
}

/** @param {readonly { file: string, text: string }[]} files */
export function filesAsTexts(files) {
  return files.flatMap(({ file, text }) => layoutTexts(text).map((line) => ({ file, line })));
}

/** Events as `serialise()` makes them, without what differs from run to run. @param {readonly string[]} texts */
export function serialised(texts) {
  return texts
    .flatMap((text) => text.split("__LOG4JS__"))
    .filter(Boolean)
    .map((text) => masked(flattedOf(text), ["startTime", "pid"]));
}

const CALLER = ["fileName", "lineNumber", "columnNumber", "callStack", "className"];
const FUNCTION = ["functionName", "functionAlias", "callerName"];

/** What an event has besides, on its way to another process. @type {readonly import("../../row.mjs").Difference[]} */
export const inEvents = [
  {
    what: "the caller",
    why: "log4js looks for it with enableCallStack alone; ours has it",
    forgive: (native, bridged) => [native, leftOut(bridged, [...CALLER, ...FUNCTION])],
  },
  {
    what: "the error's causes and class",
    why: "log4js sends an error's message, stack and own properties; our stack tells the causes, and the class has a name",
    forgive(native, bridged) {
      const data = bridged.data.map((/** @type {any} */ value, /** @type {number} */ index) =>
        asNative(value, native.data[index]),
      );
      const { error: none, ...event } = native;
      // Without an error, log4js writes a word that means undefined.
      const theirs = none === "__LOG4JS_undefined__" ? event : native;
      const ours = { ...bridged, data };
      return [theirs, "error" in ours ? { ...ours, error: asNative(ours.error, native.error) } : ours];
    },
  },
];

/** The same in the text that the receiver makes of it. @type {import("../../row.mjs").Difference} */
export const causesInText = {
  what: "the error's causes",
  why: "log4js sends no causes; our stack tells them",
  forgive: (native, bridged) => [
    native,
    { ...bridged, line: bridged.line.replace(/\nCaused by: .*(?:\n {4}at .*?)*(?=\n| \{\n)/, "") },
  ],
};

/** Our error, with no more than theirs says. @param {any} ours @param {any} theirs */
function asNative(ours, theirs) {
  if (typeof theirs?.stack !== "string" || !String(ours?.stack).startsWith(theirs.stack)) return ours;
  const { name, ...others } = ours;
  return { ...others, stack: theirs.stack, ...("name" in theirs && { name }) };
}

/** @param {any} event @param {readonly string[]} keys */
function leftOut(event, keys) {
  return Object.fromEntries(Object.entries(event).filter(([key]) => !keys.includes(key)));
}
