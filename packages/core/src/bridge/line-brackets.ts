import { LineHead } from "./line-head.ts";
import type { LevelWords } from "./line-level.ts";
import type { ParsedLine } from "./line-parsed.ts";
import { linePattern } from "./line-patterns.ts";
import { stickyMatch } from "./line-time.ts";

/** A head that is no row of words, groups and times. */
interface Shape {
  readonly pattern: RegExp;
  read(found: RegExpExecArray, text: string): ParsedLine | null;
}

const LETTERS: Readonly<Record<string, string>> = {
  D: "DEBUG",
  I: "INFO",
  W: "WARNING",
  E: "ERROR",
  F: "CRITICAL",
  A: "INFO",
};

/** Syslog's severities, by number. */
const SEVERITIES: readonly string[] = ["EMERG", "ALERT", "CRITICAL", "ERROR", "WARNING", "NOTICE", "INFO", "DEBUG"];

const SHAPES: readonly Shape[] = [
  {
    // Syslog and systemd: `<34>Oct 11 22:14:15 host su: …`, `<3>…`.
    pattern: linePattern(/<(\d{1,2}|1[0-8]\d|19[01])>/y),
    read: ([whole, priority], text) => ({
      level: SEVERITIES[Number(priority) % 8],
      message: text.slice(whole.length),
    }),
  },
  {
    // An error as JavaScript prints it: its class is a part of what it says.
    pattern: linePattern(/Error: /y),
    read: () => ({ level: "ERROR" }),
  },
  {
    // klog and glog: `E0102 15:04:05.678901    1 controller.go:116] …`.
    pattern: linePattern(/([IWEF])\d{4} \d\d:\d\d:\d\d\.\d{6}\s{1,9}\d{1,9} ([\w./-]{1,120}:\d{1,6})\] /y),
    read: ([whole, letter, place], text) => ({
      level: LETTERS[letter as string],
      name: place,
      message: text.slice(whole.length),
    }),
  },
  {
    // Ruby's Logger: `E, [2024-01-02T03:04:05.678901 #123] ERROR -- progname: …`.
    pattern: linePattern(/([DIWEFA]), \[[^\]\n]{10,60}\]\s{1,3}[A-Z]{3,5} -- ([^:\n]{0,80}): /y),
    read: ([whole, letter, program], text) => ({
      level: LETTERS[letter as string],
      name: program || undefined,
      message: text.slice(whole.length),
    }),
  },
  {
    // Node's own warnings: `(node:123) [DEP0005] DeprecationWarning: …`.
    pattern: linePattern(/\(node:(\d{1,10})\) (?:\[([A-Z_\d]{1,60})\] )?(?=[A-Za-z]{0,40}Warning: )/y),
    read: ([whole, pid, code], text) => ({
      level: "WARNING",
      name: "node",
      message: text.slice(whole.length),
      fields: { pid: Number(pid), ...(code !== undefined && { code }) },
    }),
  },
  {
    // Compilers: `src/a.ts(1,2): error TS2322: …`, `src/a.ts:1:2 - error TS2322: …`, `foo.c:1:2: warning: …`. The place is a part of what they say.
    pattern: linePattern(
      /[^\s:(]{1,300}(?::\d{1,7}(?::\d{1,7})?|\(\d{1,7},\d{1,7}\))(?::| -) (?:fatal )?(error|warning|note)(?: [A-Z]{1,4}\d{1,6})?: /y,
    ),
    read: ([, word]) => ({ level: word === "note" ? "INFO" : word }),
  },
];

/**
 * A line with a head in the usual forms of loggers: a level in brackets or before a colon or dash, a time and a name around it.
 *
 * Without a level there is no head. What stands in a head besides these (a process, a thread) is left out of the message.
 */
export function readBrackets(text: string, words: LevelWords): ParsedLine | null {
  for (const { pattern, read } of SHAPES) {
    const found = stickyMatch(pattern, text, 0);
    const line = found && read(found, text);
    if (line) return line;
  }
  return new LineHead(text, words).read();
}
