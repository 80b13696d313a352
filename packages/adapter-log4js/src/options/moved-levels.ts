import type { LevelOptions, NotTaken } from "@logbridge/core";
import { type Copy, SCALE } from "../levels.ts";
import type { CheckedConfiguration } from "./configuration.ts";

/** A level as `configure()` takes it. */
export type MovedLevel = LevelOptions & { readonly name: string };

/** The levels that both sides have, in our names. */
const OURS: ReadonlyMap<string, readonly [name: string, no: number]> = new Map([
  ["TRACE", ["TRACE", 5]],
  ["DEBUG", ["DEBUG", 10]],
  ["INFO", ["INFO", 20]],
  ["SUCCESS", ["SUCCESS", 25]],
  ["WARN", ["WARNING", 30]],
  ["ERROR", ["ERROR", 40]],
  ["FATAL", ["CRITICAL", 50]],
]);
const NO_LEVELS: ReadonlySet<string> = new Set(["ALL", "MARK", "OFF"]);

/** The levels of a configuration, given to the copy's registry as `log4js.configure` does, and in our form. */
export function moveLevels({ levels }: CheckedConfiguration, copy: Copy, notTaken: NotTaken[]): readonly MovedLevel[] {
  if (!levels) return [];
  copy.levels.addLevels(levels);
  return Object.entries(levels).flatMap(([key, { value, colour }]) => {
    const name = key.toUpperCase();
    if (NO_LEVELS.has(name)) {
      notTaken.push({
        option: `levels.${key}`,
        why: `${name} is no severity here, it only says "always" or "never".`,
        instead: "Leave it out.",
      });
      return [];
    }
    const color = `<${colour === "grey" ? "light-black" : colour}>`;
    const known = OURS.get(name);
    if (!known) return [{ name, no: Math.max(0, Math.floor(value / SCALE)), color }];
    const [ours, no] = known;
    if (value !== no * SCALE)
      notTaken.push({
        option: `levels.${key}.value`,
        why: `The number of ${ours} is ${no} (${no * SCALE} in log4js) and cannot be changed.`,
        instead: `Use a level with another name, such as ${name}_${value}.`,
      });
    return [{ name: ours, color }];
  });
}
