import { type Ended, program } from "./program.ts";

/** A record, by what tells whose it is. */
export type Told = readonly [origin: string | null, message: string, level: string];

/** What a run printed, and what arrived. */
export interface Seen {
  readonly printed: readonly string[];
  readonly records: readonly Told[];
}

const PREPARED = `
import { writeSync } from "node:fs";
import { Console } from "node:console";
import { createLogger } from "@logbridge/core";
import { interceptConsole, interceptDebug } from "@logbridge/intercept-console";
import { interceptWinston } from "@logbridge/adapter-winston";
import { interceptPino } from "@logbridge/adapter-pino";
import { interceptLog4js } from "@logbridge/adapter-log4js";
import winston from "winston";
import pino from "pino";
import log4js from "log4js";
import createDebug from "debug";

const records = [];
const logger = createLogger();
const keep = (_text, { origin, message, level }) => void records.push([origin?.name ?? null, message, level.name]);
logger.add({ needs: { text: false }, write: keep }, { level: 0 });
createDebug.inspectOpts.hideDate = true;
createDebug.enable("app:*");
const plain = { base: null, timestamp: false };
const early = {
  pino: pino(plain),
  winston: winston.createLogger({ transports: [new winston.transports.Console({ forceConsole: true })] }),
};
const passing = { layout: { type: "messagePassThrough" } };
log4js.configure({
  appenders: {
    console: { type: "console", ...passing },
    stdout: { type: "stdout", ...passing },
    stderr: { type: "stderr", ...passing },
  },
  categories: {
    default: { appenders: ["console"], level: "debug" },
    stdout: { appenders: ["stdout"], level: "debug" },
    stderr: { appenders: ["stderr"], level: "debug" },
    both: { appenders: ["console", "stdout"], level: "debug" },
  },
});
const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
/** A winston logger with a Console that prints in a later turn, one entry after the other. */
function slow(format, options) {
  const transport = new winston.transports.Console(options);
  const log = transport.log.bind(transport);
  transport.log = (info, done) => setTimeout(() => log(info, done), 10);
  return winston.createLogger({ format, transports: [transport] });
}
const { simple, json, colorize, combine } = winston.format;
const consoled = (options) => winston.createLogger({ format: simple(), transports: [new winston.transports.Console(options)] });
`;

/** Every way in which these libraries come to a console or to stdout. */
const SPOKEN = `
log4js.getLogger("a").info("log4js by console");
log4js.getLogger("stdout").warn("log4js by stdout");
log4js.getLogger("stderr").error("log4js by stderr");
log4js.getLogger("both").error("log4js by both");
consoled().info("winston by stdout");
consoled({ forceConsole: true }).info("winston by console.log");
consoled({ stderrLevels: ["error"] }).error("winston by stderr");
consoled({ consoleWarnLevels: ["warn"], forceConsole: true }).warn("winston by console.warn");
early.winston.info("winston made before");
winston.createLogger({ transports: [new winston.transports.Stream({ stream: process.stdout })] }).info("winston by a stream");
early.pino.info("pino made before");
pino(plain).info("pino made after");
pino(plain, process.stdout).warn("pino by stdout");
pino(plain, pino.destination({ dest: 1, sync: false })).error("pino by an asynchronous destination");
pino(plain, pino.multistream([{ stream: process.stdout }, { stream: process.stderr }])).info("pino by both");
createDebug("app:stderr")("debug by stderr");
Object.assign(createDebug("app:console"), { log: console.log.bind(console) })("debug by console");
`;

const LATE = `
for (const options of [{}, { forceConsole: true }]) {
  const way = options.forceConsole ? "console" : "stdout";
  const plainly = slow(simple(), options);
  for (const number of ["one", "two", "three"]) plainly.info("late " + number + " by " + way);
  slow(json(), options).warn('late "quoted" by ' + way);
  slow(combine(colorize({ all: true }), simple()), options).warn("late colours by " + way);
  slow(simple(), options).error("late lines by " + way + "\\nthe second line");
}
`;

const OWN = `
console.log("console by itself");
console.error("console and stderr");
process.stdout.write("stdout by itself\\n");
process.stderr.write("stderr by itself\\n");
new Console(process.stdout).log("another console");
process.emitWarning("a warning");
`;

export const INTERCEPTIONS: readonly string[] = [
  "interceptConsole({ logger, mode, streams: true, warnings: true });",
  "interceptWinston(winston, { logger, mode });",
  "interceptPino(pino, { logger, mode });",
  "interceptLog4js(log4js, { logger, mode });",
  "interceptDebug(createDebug, { logger, mode });",
];

/** Runs a program in which libraries and the application speak, with the interceptions that are given. */
export async function run(interceptions: readonly string[], mode: string, spoken: string): Promise<Seen> {
  const ended = await program(`${PREPARED}
const mode = "${mode}";
${interceptions.join("\n")}
${spoken}
await later(150);
writeSync(2, "TOLD " + JSON.stringify(records) + "\\n");`);
  if (ended.code !== 0) throw new Error(`the program ended with ${String(ended.code)}: ${ended.stderr}`);
  return { printed: printedIn(ended), records: recordsIn(ended) };
}

/** Sorted: pino writes to the descriptor by itself. */
function printedIn({ stdout, stderr }: Ended): string[] {
  const lines = `${stdout}${stderr}`.split("\n").filter((line) => line !== "" && !line.startsWith("TOLD "));
  return lines.map((line) => line.replace(/^\(node:\d+\)/, "(node:PID)")).sort();
}

function recordsIn({ stderr }: Ended): Told[] {
  const line = stderr.split("\n").find((one) => one.startsWith("TOLD ")) ?? "TOLD []";
  return JSON.parse(line.slice("TOLD ".length)) as Told[];
}

const AT_ONCE: readonly Told[] = [
  ["log4js", "log4js by console", "INFO"],
  ["log4js", "log4js by stdout", "WARNING"],
  ["log4js", "log4js by stderr", "ERROR"],
  ["log4js", "log4js by both", "ERROR"],
  ["winston", "winston by stdout", "INFO"],
  ["winston", "winston by console.log", "INFO"],
  ["winston", "winston by stderr", "ERROR"],
  ["winston", "winston by console.warn", "WARNING"],
  ["winston", "winston made before", "INFO"],
  ["winston", "winston by a stream", "INFO"],
  ["pino", "pino made before", "INFO"],
  ["pino", "pino made after", "INFO"],
  ["pino", "pino by stdout", "WARNING"],
  ["pino", "pino by an asynchronous destination", "ERROR"],
  ["pino", "pino by both", "INFO"],
  ["debug", "debug by stderr", "DEBUG"],
  ["debug", "debug by console", "DEBUG"],
];

const PUT_OFF: readonly Told[] = ["stdout", "console"].flatMap((way) => [
  ...["one", "two", "three"].map((number): Told => ["winston", `late ${number} by ${way}`, "INFO"]),
  ["winston", `late "quoted" by ${way}`, "WARNING"] as Told,
  ["winston", `late colours by ${way}`, "WARNING"] as Told,
  ["winston", `late lines by ${way}\nthe second line`, "ERROR"] as Told,
]);

const ITSELF: readonly Told[] = [
  ["console", "console by itself", "INFO"],
  ["console", "console and stderr", "ERROR"],
  ["stdout", "stdout by itself", "INFO"],
  ["stderr", "stderr by itself", "WARNING"],
  ["stdout", "another console", "INFO"],
  ["warning", "a warning", "WARNING"],
];

/** All that the libraries and the application say here. */
export const SAID: string = `${SPOKEN}${LATE}${OWN}`;

/** From version 22 Node tells of the calls of every console, where they are not silenced. */
const hearsEveryConsole =
  !("Bun" in globalThis || "Deno" in globalThis) && Number.parseInt(process.versions.node, 10) >= 22;

/** What of it is to arrive: each line once, as a record of the library that said it. */
export function expectedIn(mode: "tee" | "replace"): readonly Told[] {
  const another = hearsEveryConsole && mode === "tee" ? "console" : "stdout";
  const itself = ITSELF.map(
    ([origin, message, level]): Told => [message === "another console" ? another : origin, message, level],
  );
  return [...AT_ONCE, ...PUT_OFF, ...itself];
}

/** A format that colours its text gives it to us coloured. */
export const withoutColors = ([origin, message, level]: Told): Told => [
  origin,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  message.replace(/\u001b\[\d+m/g, ""),
  level,
];
