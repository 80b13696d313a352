import { reportOnce } from "../diagnostics.ts";
import type { Hub } from "../hub.ts";
import { type Level, levelOf } from "../record/level.ts";

/**
 * The level of a call that names one. What is no level is said once, and the record is logged at another one.
 *
 * @param call what reports name: `"log()"`
 * @param fallback the level in its place
 * @throws LogbridgeError LB1003, only when strict
 */
export function calledLevel(hub: Hub, level: string | number, call: string, fallback: string): Level {
  try {
    return levelOf(hub.levels, level, hub.strict, `${call}: level`);
  } catch (error) {
    if (hub.strict) throw error;
    // What was given in a level's place may be anything, a secret too.
    const isName = typeof level === "string" || typeof level === "number";
    const text = isName ? (error as Error).message : `${call}: level: expected a level's name, got ${kindOf(level)}`;
    reportOnce(hub.warned, `level ${isName ? level : ""}`, "LB1015", `${text}; the record was logged as ${fallback}`);
    return hub.levels.get(fallback) as Level;
  }
}

function kindOf(value: unknown): string {
  return value === null ? "null" : `a value of type ${typeof value}`;
}
