import { Console } from "node:console";
import { Writable } from "node:stream";

/** A Node console that prints into a list. */
export function nodeConsole(): { readonly target: Console; readonly lines: string[] } {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { target: new Console({ stdout: stream, stderr: stream }), lines };
}

type BrowserMethod = (...args: unknown[]) => void;

/** A console as browsers have it: no method calls another, and what it computes it shows nobody. */
export function browserConsole(): {
  readonly target: Record<string, BrowserMethod> & { log: BrowserMethod };
  readonly lines: string[];
} {
  const lines: string[] = [];
  const methods = [
    "log",
    "info",
    "warn",
    "error",
    "debug",
    "trace",
    "dir",
    "dirxml",
    "table",
    "group",
    "groupCollapsed",
    "groupEnd",
  ];
  const more = ["count", "countReset", "assert", "time", "timeLog", "timeEnd", "clear"];
  const target = Object.fromEntries(
    [...methods, ...more].map((name) => [
      name,
      (...args: unknown[]) => void lines.push(`${name} ${args.map(String).join(" ")}`),
    ]),
  );
  return { target: target as Record<string, BrowserMethod> & { log: BrowserMethod }, lines };
}
