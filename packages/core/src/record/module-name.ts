import { readyPattern } from "../ready-pattern.ts";

/**
 * A name's parents end at `/`, `.` or `:`, so that one rule serves modules (`express/lib/router`),
 * categories (`app.db`) and namespaces (`knex:query`).
 */
const SEPARATOR = readyPattern(/[/.:]/);

/** True when `name` is `parent` or stands below it. */
export function isWithin(name: string, parent: string): boolean {
  if (!name.startsWith(parent)) return false;
  return name.length === parent.length || parent === "" || SEPARATOR.test(name[parent.length] as string);
}

/** The rule of the name itself, else of its nearest parent, else of `""`; `undefined` where there is none. */
export function nearestRule<T>(rules: ReadonlyMap<string | null, T>, name: string): T | undefined {
  for (let at = name.length; at > 0; at--) {
    if (at !== name.length && !SEPARATOR.test(name[at] as string)) continue;
    const rule = rules.get(name.slice(0, at));
    if (rule !== undefined) return rule;
  }
  return rules.get("");
}
