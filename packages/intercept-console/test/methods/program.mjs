// `program.mjs plain|tee|replace|foreign FILE`: makes all calls on the global console, and writes what was recorded into FILE.
// What a call prints stands on stdout and stderr between lines that begin with MARK. `foreign`: a console whose methods use none of each other.
import { writeFileSync } from "node:fs";
import { inspect as inspectOfNode } from "node:util";
import { createLogger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";
import { calls } from "./calls.mjs";

/** As this runtime's console shows a value: Bun and Deno do it in ways of their own. */
const inspect = globalThis.Deno?.inspect ?? globalThis.Bun?.inspect ?? inspectOfNode;
const MARK = "\u00a7 CALL";
const [mode = "plain", file = ""] = process.argv.slice(2);
const { log, error } = globalThis.console;

/** The same methods, each of which keeps what it computes to itself. */
function foreignConsole() {
  const own = globalThis.console;
  const names = Object.keys(own).filter((name) => typeof own[name] === "function" && !/^[A-Z]/.test(name));
  return Object.fromEntries(names.map((name) => [name, (...args) => void own[name](...args)]));
}

const target = mode === "foreign" ? foreignConsole() : globalThis.console;

/** Is this value somewhere in the record, as itself or as what it is known by? */
function isKept(value, record) {
  if (
    record.args.includes(value) ||
    (typeof value === "string" && record.template.includes(value)) ||
    record.message.includes(String(shown(value)))
  )
    return true;
  if (record.exception?.value === value) return true;
  return typeof value === "object" && value !== null && Object.keys(value).every((key) => key in record.extra);
}

const shown = (value) => (typeof value === "string" ? value : inspect(value));

const records = [];
const logger = createLogger();
logger.add({ needs: { text: false }, write: (_text, record) => records.push(record) }, { level: 0 });
if (mode !== "plain") interceptConsole({ logger, console: target, mode: mode === "tee" ? "tee" : "replace" });

const outcomes = [];
for (const [index, { title, run, values }] of calls.entries()) {
  log(`${MARK} ${index}`);
  error(`${MARK} ${index}`);
  records.length = 0;
  let threw = null;
  try {
    await run(target);
  } catch (thrown) {
    threw = String(thrown);
  }
  // Equal texts in a row may be held for a moment, as what could be an echo.
  await logger.complete();
  const said = records.filter(({ message }) => !message.startsWith(MARK));
  outcomes.push({
    title,
    threw,
    records: said.map((record) => ({
      message: record.message,
      method: record.origin?.level?.name,
      depth: record.origin?.depth ?? 0,
      level: record.level.name,
      exception: record.exception ? inspect(record.exception.value) : null,
    })),
    lost:
      said.length === 0
        ? []
        : (values ?? []).filter((value) => !said.some((one) => isKept(value, one))).map((value) => inspect(value)),
  });
}
log(`${MARK} end`);
error(`${MARK} end`);
writeFileSync(file, JSON.stringify(outcomes));
