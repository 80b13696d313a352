// Where a call was made, for contenders whose records do not say it by themselves: as cheap as their users can have it.
import { fileURLToPath } from "node:url";

/** @typedef {Readonly<Record<"code.file.path" | "code.function.name", string> & Record<"code.line.number" | "code.column.number", number>>} Place */

const FRAME = /^ {4}at (?:(?<name>.+) \()?(?<file>.+?):(?<line>\d+):(?<column>\d+)\)?$/;

/** The place that has called the caller, by the text of a stack, as it is mostly done; no more of the stack than that is made. @returns {Place} */
export function placeByText() {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 3;
  const { stack = "" } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  const found = FRAME.exec(stack.slice(stack.lastIndexOf("\n") + 1))?.groups ?? {};
  const { name = "<anonymous>", file = "", line, column } = found;
  return {
    "code.function.name": name,
    "code.file.path": file.startsWith("file:") ? fileURLToPath(file) : file,
    "code.line.number": Number(line),
    "code.column.number": Number(column),
  };
}

/** By file and position. @type {Map<string, Map<number, Place>>} */
const files = new Map();

/** @param {Error} _error @param {NodeJS.CallSite[]} sites */
const keepSites = (_error, sites) => sites;

/** The place that has called `logs`. The stack is looked at for each call, one frame deep; what it says is read once for each place. @param {Function} logs @returns {Place} */
export function placeAbove(logs) {
  const { prepareStackTrace, stackTraceLimit } = Error;
  /** @type {{ stack: NodeJS.CallSite[] }} */
  const holder = /** @type {any} */ ({});
  Error.prepareStackTrace = keepSites;
  Error.stackTraceLimit = 1;
  Error.captureStackTrace(holder, logs);
  const site = /** @type {NodeJS.CallSite & { getPosition(): number }} */ (holder.stack[0]);
  Error.prepareStackTrace = prepareStackTrace;
  Error.stackTraceLimit = stackTraceLimit;
  const file = site.getFileName() ?? "";
  const position = site.getPosition();
  return files.get(file)?.get(position) ?? learnt(file, position, site);
}

/** @param {string} file @param {number} position @param {NodeJS.CallSite} site @returns {Place} */
function learnt(file, position, site) {
  const place = {
    "code.function.name": site.getFunctionName() ?? "<anonymous>",
    "code.file.path": file.startsWith("file:") ? fileURLToPath(file) : file,
    "code.line.number": site.getLineNumber() ?? 0,
    "code.column.number": site.getColumnNumber() ?? 0,
  };
  const places = files.get(file) ?? new Map();
  files.set(file, places.set(position, place));
  return place;
}
