import { type NamedSeverity, nameOfSeverity, severityOfName } from "@logbridge/core";

/** A level of NestJS. */
export type NestLevel = "verbose" | "debug" | "log" | "warn" | "error" | "fatal";

/** From the least to the most severe, in the order of NestJS. */
export const NEST_LEVELS: readonly NestLevel[] = ["verbose", "debug", "log", "warn", "error", "fatal"];

/** A level of NestJS in our words; `named`: our own level of a name. */
export function levelOf(level: NestLevel, named: (name: string) => NamedSeverity | null): NamedSeverity {
  const no = severityOfName(level) ?? 20;
  const ours = level === "verbose" ? named(level) : null;
  if (ours) return { name: ours.name, no: ours.no };
  return { name: level === "log" ? "INFO" : nameOfSeverity(no, level), no };
}

/** Is a level written, where these are the ones to be written? As NestJS has it: those named, and all above the most severe of them. */
export function isNamed(level: NestLevel, levels: readonly NestLevel[]): boolean {
  if (levels.length === 0) return false;
  const most = Math.max(...levels.map((one) => NEST_LEVELS.indexOf(one)));
  return levels.includes(level) || NEST_LEVELS.indexOf(level) >= most;
}
