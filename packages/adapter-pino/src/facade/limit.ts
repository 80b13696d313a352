import { LogbridgeError } from "@logbridge/core";
import { labelAt } from "../levels.ts";
import { type FacadeLevel, LevelTable } from "./level-table.ts";
import { type FacadeState, portOf } from "./state.ts";

/** The levels, with those that our logger was given meanwhile. */
export function levelsOf(state: FacadeState): LevelTable {
  const { size } = state.logger._core.hub.levels;
  if (state.levelCount !== size) {
    const base = state.parent ? levelsOf(state.parent) : LevelTable.of(state.logger);
    state.levels = state.custom ? base.with(state.custom, portOf(state)) : base;
    state.levelCount = size;
  }
  return state.levels;
}

export function isEnabled(state: FacadeState, level: FacadeLevel | undefined): boolean {
  if (!level || !portOf(state).wants(level.no)) return false;
  const limit = limitOf(state);
  return limit === undefined || level.number >= (levelsOf(state).values[limit] as number);
}

function limitOf(state: FacadeState): string | undefined {
  for (let at: FacadeState | null = state; at; at = at.parent) if (at.limit !== undefined) return at.limit;
  return undefined;
}

export function labelOf(state: FacadeState): string {
  const limit = limitOf(state);
  if (limit !== undefined) return limit;
  const levels = levelsOf(state);
  return labelAt(portOf(state).threshold, levels, (label) => levels.level(label));
}

export function setLevel(state: FacadeState, level: string | number): void {
  const { values, labels } = levelsOf(state);
  const label = typeof level === "number" ? labels[level] : level;
  const number = label !== undefined && Object.hasOwn(values, label) ? values[label] : undefined;
  if (label === undefined || number === undefined)
    throw new LogbridgeError(
      "LB1571",
      `level: there is no level ${JSON.stringify(level)}; known are ${[...Object.keys(values), "silent"].join(", ")}`,
    );
  const before = labelOf(state);
  state.limit = label;
  // As with pino, who listens at a logger hears of its children too.
  for (let at: FacadeState | null = state; at; at = at.parent)
    at.face.emit("level-change", label, number, before, values[before], state.face);
}
