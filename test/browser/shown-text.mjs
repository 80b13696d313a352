/**
 * What DevTools shows of arguments as a debugger gets them, directives filled; `null` where objects are among them, which it shows
 * as trees. The engine has made texts and numbers of what `%s`, `%d`, `%i` and `%f` take.
 * @param {readonly any[]} args remote objects
 * @returns {string | null}
 */
export function shownText(args) {
  if (args.some(({ type, subtype }) => (type === "object" && subtype !== "null") || type === "function")) return null;
  const [first, ...rest] = args;
  if (first === undefined) return "";
  if (first.type !== "string" || rest.length === 0) return args.map(bare).join(" ");
  let next = 0;
  const text = first.value.replace(/%([%sdifoOc])/g, (/** @type {string} */ whole, /** @type {string} */ kind) => {
    if (kind === "%") return "%";
    if (next >= rest.length) return whole;
    const value = rest[next++];
    if (kind === "c") return "";
    return kind === "o" || kind === "O" ? quoted(value) : bare(value);
  });
  return [text, ...rest.slice(next).map(bare)].join(" ");
}

/** @param {any} value a remote object @returns {string} */
function bare({ type, value, unserializableValue, description }) {
  if (type === "undefined") return "undefined";
  return unserializableValue ?? (type === "symbol" ? description : String(value));
}

/** @param {any} value */
function quoted(value) {
  return value.type === "string" ? `'${value.value.replaceAll("\n", "\\n")}'` : bare(value);
}
