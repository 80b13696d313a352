// One byte a character, and two: the engine compiles for each.
const SUBJECTS = ["a", "a", "\u0101", "\u0101"];

/**
 * A pattern that is compiled now, and never while a record is on its way.
 *
 * V8 interprets a pattern at its first use and compiles it at the second. Where the stack is nearly full just then (a stack overflow
 * that was caught, and is logged), it does not throw a RangeError, as all other code does: it ends the process.
 *
 * @example
 * const SPACES = readyPattern(/\s+/g);
 */
export function readyPattern(pattern: RegExp): RegExp {
  for (const subject of SUBJECTS) {
    pattern.lastIndex = 0;
    pattern.test(subject);
  }
  pattern.lastIndex = 0;
  return pattern;
}
