/** pino's numbers and the words of all libraries, in the words of one. */
const LEVELS = { 20: "DEBUG", 30: "INFO", 40: "WARNING", 50: "ERROR", WARN: "WARNING" };
/** What each library adds to a line of its own accord. */
const OWN = new Set(
  "time timestamp pid hostname name origin stack level message msg extra err function file line".split(" "),
);

const levelOf = (level) => LEVELS[level] ?? LEVELS[String(level).toUpperCase()] ?? String(level).toUpperCase();

/** An error in one line, causes included: pino joins the messages itself. */
function errorOf(err) {
  if (!err) return undefined;
  const messages = [];
  for (let at = err; at; at = at.cause) messages.push(at.message);
  return `${err.type ?? err.name}: ${messages.join(": ")}`;
}

const sorted = (value) =>
  value?.constructor === Object
    ? Object.fromEntries(
        Object.keys(value)
          .sort()
          .map((key) => [key, sorted(value[key])]),
      )
    : typeof value === "string"
      ? value.replace(/^\[redacted\]$/i, "[REDACTED]")
      : value;

/**
 * The records of a file, whichever library has written it, as texts that can be compared: level, message, fields and error.
 *
 * @param {string} text lines of JSON
 * @returns {string[]} sorted
 */
export function recordsOf(text) {
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const written = JSON.parse(line);
      const { err: extraErr, ...extra } = written.extra ?? {};
      const fields = { ...Object.fromEntries(Object.entries(written).filter(([key]) => !OWN.has(key))), ...extra };
      return JSON.stringify({
        level: levelOf(written.level),
        message: written.message ?? written.msg,
        fields: sorted(fields),
        error: errorOf(written.err ?? extraErr),
      });
    })
    .sort();
}
