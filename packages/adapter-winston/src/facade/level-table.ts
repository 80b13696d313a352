import { type NamedSeverity, rescale, severityOfName } from "@logbridge/core";
import { inboundLevel, NPM_RANKS, type WinstonLevels } from "../levels.ts";

/** npm's levels first, then those of syslog and of the command line, then what only loggers of other families have. */
const NAMES = [
  ..."error warn info http verbose debug silly".split(" "),
  ..."emerg alert crit warning notice".split(" "),
  ..."help data prompt input".split(" "),
  ..."critical fatal success trace".split(" "),
];

/**
 * The levels of a facade: winston's three sets with npm's numbers, and those of our logger by their names in lower case.
 *
 * @param ours the levels of the logger
 */
export function levelTable(ours: Iterable<NamedSeverity>): Record<string, number> {
  const table: Record<string, number> = {};
  for (const name of NAMES) table[name] = rescale(severityOfName(name) as number, NPM_RANKS);
  for (const { name, no } of ours) {
    const lower = name.toLowerCase();
    if (!Object.hasOwn(table, lower)) table[lower] = rescale(Math.min(no, 1000), NPM_RANKS);
  }
  return table;
}

/** The name of the least severe level that is not below a threshold; the earlier one of two that are equal. */
export function nameAt(threshold: number, levels: WinstonLevels): string {
  let best: NamedSeverity | null = null;
  let most: NamedSeverity = { name: "error", no: Number.NEGATIVE_INFINITY };
  for (const name of Object.keys(levels)) {
    const { no } = inboundLevel(name, levels, null);
    if (no >= threshold && (best === null || no < best.no)) best = { name, no };
    if (no > most.no) most = { name, no };
  }
  return (best ?? most).name;
}
