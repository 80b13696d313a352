/**
 * A transport of the table.
 * @typedef {object} Row
 * @property {"winston" | "pino" | "log4js"} library also the name of the program in `programs`
 * @property {string} transport as that program calls it
 * @property {string} title
 * @property {readonly ("stdout" | RegExp)[]} outputs where its lines go; each has to have them all
 * @property {readonly string[]} keeps ways to end in which a call into the transport can still be made and writes what it holds: nothing may be missing
 */

/** The ways in which JavaScript still runs before the process is gone. */
export const exits = ["exit", "immediate", "50ms", "throw"];
const always = ["natural", "flush"];
const everywhere = [...always, ...exits, "SIGTERM", "abort"];

/** The file of a program, whatever the transport appends to its name. */
const file = [/^out\.log(?!.*audit)/];

/** @type {readonly Row[]} */
export const rows = [
  { library: "winston", transport: "Console", title: "winston Console", outputs: ["stdout"], keeps: always },
  { library: "winston", transport: "File", title: "winston File", outputs: file, keeps: [...always, ...exits] },
  { library: "winston", transport: "Stream", title: "winston Stream", outputs: file, keeps: [...always, ...exits] },
  {
    library: "winston",
    transport: "daily-rotate-file",
    title: "winston-daily-rotate-file",
    outputs: file,
    keeps: [...always, ...exits],
  },
  {
    library: "pino",
    transport: "stdout",
    title: "pino, standard output",
    outputs: ["stdout"],
    keeps: [...always, ...exits],
  },
  // Before its file is open, a destination cannot write, and nobody knows its path.
  {
    library: "pino",
    transport: "async",
    title: "pino.destination, async",
    outputs: file,
    keeps: always,
  },
  {
    library: "pino",
    transport: "minLength",
    title: "the same, minLength 4096",
    outputs: file,
    keeps: always,
  },
  {
    library: "pino",
    transport: "transport",
    title: "pino.transport",
    outputs: file,
    keeps: [...always, ...exits],
  },
  {
    library: "pino",
    transport: "two targets",
    title: "pino.transport, two targets",
    outputs: [/^out\.log$/, /^out\.log\.second$/],
    keeps: [...always, ...exits],
  },
  { library: "log4js", transport: "file", title: "log4js file", outputs: file, keeps: [...always, ...exits] },
  { library: "log4js", transport: "dateFile", title: "log4js dateFile", outputs: file, keeps: [...always, ...exits] },
  { library: "log4js", transport: "fileSync", title: "log4js fileSync", outputs: file, keeps: everywhere },
  { library: "log4js", transport: "stdout", title: "log4js stdout", outputs: ["stdout"], keeps: always },
];

/** The columns: a way to end, and its title. */
export const columns = Object.entries({
  natural: "by itself",
  exit: "`process.exit()` at once",
  immediate: "after one immediate",
  "50ms": "after 50 ms",
  throw: "uncaught error",
  SIGTERM: "SIGTERM",
  abort: "`abort()`",
  flush: "flushed, then exit",
});
