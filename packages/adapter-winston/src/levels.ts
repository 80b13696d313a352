import { type NamedSeverity, nearestLevel, severityOfName } from "@logbridge/core";

/** winston's levels: a lower number is more severe. */
export type WinstonLevels = Readonly<Record<string, number>>;

/** What winston uses when nothing is said. */
export const NPM_LEVELS: WinstonLevels = { error: 0, warn: 1, info: 2, http: 3, verbose: 4, debug: 5, silly: 6 };

const known = new WeakMap<WinstonLevels, readonly NamedSeverity[]>();

/**
 * The severities of a logger's own levels in Loguru's numbers: by name where the name is known, else in proportion between
 * the neighbours whose names are.
 */
export function severitiesOf(levels: WinstonLevels): readonly NamedSeverity[] {
  const found = known.get(levels);
  if (found) return found;
  const ranked = Object.entries(levels).sort(([, a], [, b]) => a - b);
  const named = ranked.map(([name, rank]) => ({ name, rank, no: severityOfName(name) }));
  const result = named.map(({ name, rank, no }, index) => {
    if (no !== null) return { name, no };
    const above = named.slice(0, index).findLast((one) => one.no !== null);
    const below = named.slice(index + 1).find((one) => one.no !== null);
    if (above && below) {
      const share = (rank - above.rank) / (below.rank - above.rank || 1);
      return { name, no: Math.round((above.no as number) + share * ((below.no as number) - (above.no as number))) };
    }
    if (above) return { name, no: Math.max(1, (above.no as number) - 5) };
    return { name, no: below ? (below.no as number) + 5 : 20 };
  });
  known.set(levels, result);
  return result;
}

/** The severity of one of a logger's levels; INFO for a name that it does not have. */
export function severityOf(levels: WinstonLevels, name: string): number {
  return severitiesOf(levels).find((one) => one.name === name)?.no ?? severityOfName(name) ?? 20;
}

/** The name of the logger's level for one of ours. */
export function levelFor(
  level: { readonly name: string; readonly no: number },
  levels: WinstonLevels,
  original: string | undefined,
): string {
  if (original !== undefined && Object.hasOwn(levels, original)) return original;
  return nearestLevel(level, severitiesOf(levels))?.name ?? "info";
}

/** The least severe level of the logger that is not below a threshold: what `logger.level` is set to in order to follow it. */
export function levelAt(threshold: number, levels: WinstonLevels): string {
  const ranked = severitiesOf(levels);
  const wanted = ranked.filter((one) => one.no >= threshold);
  return (wanted[wanted.length - 1] ?? (ranked[0] as NamedSeverity)).name;
}
