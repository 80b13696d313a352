import { platform } from "#platform";
import { readyPattern } from "../ready-pattern.ts";
import { toPlain } from "./plain.ts";

const DIRECTIVE = readyPattern(/%[sdifjoOc%]/g);

/**
 * A message with `%` directives as the console fills it, but that nothing of a value's owner runs: `%j` shows the plain data of a value
 * (no getter, `toJSON` is called), and a proxy is asked by no directive. Surplus values follow, inspected.
 *
 * @example
 * printfText("%s of %j", ["user", { id: 7 }]); // 'user of {"id":7}'
 */
export function printfText(text: string, values: readonly unknown[]): string {
  const given = [...values];
  let next = 0;
  for (const [directive] of text.matchAll(DIRECTIVE)) {
    if (directive === "%%") continue;
    if (next >= given.length) break;
    given[next] = fit(given[next], directive);
    next++;
  }
  return platform.formatPrintf([text, ...given]);
}

function fit(value: unknown, directive: string): unknown {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return value;
  // These two inspect, which asks no proxy.
  if (directive === "%o" || directive === "%O") return value;
  if (platform.isProxy(value)) return "[Proxy]";
  if (directive !== "%j" || typeof value === "function") return value;
  return toPlain(value);
}
