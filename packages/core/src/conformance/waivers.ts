import { LogbridgeError, LogbridgeTypeError, shown } from "../diagnostics.ts";
import type { Verb } from "./delivered.ts";

/** What an adapter cannot carry, each with the place in the foreign library that causes it. */
export type Waivers = Readonly<Record<string, string>>;

/** Parts of a record that some library has no place for. */
export const WAIVABLE: readonly string[] = [
  "args",
  "name",
  "context",
  "caller",
  "caller.file",
  "caller.line",
  "error.type",
  "error.code",
  "error.cause",
];

/** Parts without which a bridge is none. */
const NEVER: readonly string[] = [
  "level",
  "levelNo",
  "message",
  "fields",
  "error",
  "error.message",
  "error.stack",
  "time",
  "timeMs",
  "order",
  "flush",
  "restore",
  "ring",
  "rings",
];

const MOST = 3;

/**
 * Checks the waivers of one run.
 *
 * @throws LogbridgeError LB1451 for a part that can never be waived, LB1452 for an unknown one, LB1453 for more than three;
 * LogbridgeTypeError LB1454 for a missing reason
 */
export function checkWaivers(cannot: Waivers): void {
  if (typeof cannot !== "object" || cannot === null)
    throw new LogbridgeTypeError("LB1454", `cannot: expected { part: reason }, got ${shown(cannot)}`);
  const parts = Object.keys(cannot);
  for (const part of parts) {
    if (NEVER.includes(part) || NEVER.includes(part.replace(/\(\)$/, "")))
      throw new LogbridgeError(
        "LB1451",
        `cannot: ${shown(part)} can never be waived; what can be is ${WAIVABLE.join(", ")}`,
      );
    if (!WAIVABLE.includes(part))
      throw new LogbridgeError(
        "LB1452",
        `cannot: there is no part ${shown(part)}; what can be waived is ${WAIVABLE.join(", ")}`,
      );
    const reason: unknown = cannot[part];
    if (typeof reason !== "string" || reason.trim() === "")
      throw new LogbridgeTypeError(
        "LB1454",
        `cannot: ${shown(part)} needs a text that names the place in the foreign library that causes it, got ${shown(reason)}`,
      );
  }
  if (parts.length > MOST)
    throw new LogbridgeError(
      "LB1453",
      `cannot: ${parts.length} parts are waived (${parts.join(", ")}); at most ${MOST} can be`,
    );
}

/** The waiver that covers a part: its own, or that of a whole it belongs to. */
export function waiverFor(cannot: Waivers, part: string): string | null {
  for (let at = part; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf("."))))
    if (Object.hasOwn(cannot, at)) return at;
  return null;
}

/** What a part is called in a table for people. */
const PHRASES: Readonly<Record<string, string>> = {
  args: "the message's arguments",
  name: "the logger's name",
  context: "bound context",
  caller: "the caller",
  "caller.file": "the caller's file",
  "caller.line": "the caller's line",
  "error.type": "an error's class",
  "error.code": "an error's code",
  "error.cause": "an error's causes",
};

/**
 * The table "what does not survive" of an adapter's README, in Markdown.
 *
 * @param cannot the waivers of each verb that the adapter has, as its tests use them
 * @example
 * waiverTable({ sink: { "caller.line": "transports print no stack" }, intercept: {} });
 */
export function waiverTable(cannot: Partial<Readonly<Record<Verb, Waivers>>>): string {
  const rows: string[] = [];
  for (const [verb, waivers] of Object.entries(cannot)) {
    checkWaivers(waivers);
    for (const [part, reason] of Object.entries(waivers)) rows.push(`| ${verb} | ${PHRASES[part]} | ${cell(reason)} |`);
    if (Object.keys(waivers).length === 0) rows.push(`| ${verb} | nothing is lost | |`);
  }
  return ["| direction | what does not survive | why |", "| --- | --- | --- |", ...rows].join("\n");
}

function cell(text: string): string {
  return text
    .trim()
    .replaceAll("|", "\\|")
    .replaceAll(/\s*\n\s*/g, " ");
}
