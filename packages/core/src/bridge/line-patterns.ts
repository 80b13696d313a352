import { readyPattern } from "../ready-pattern.ts";

const awaited: RegExp[] = [];

/** A pattern of the option `parse`: compiled as soon as somebody uses the option, since it would cost all others time at the start. */
export function linePattern(pattern: RegExp): RegExp {
  awaited.push(pattern);
  return pattern;
}

/** Compiles what texts are going to be searched with, before the first of them comes from who knows where. */
export function readyLinePatterns(): void {
  for (const pattern of awaited.splice(0)) readyPattern(pattern);
}
