import { readyPattern } from "../ready-pattern.ts";
import { formatPrintf } from "./node-inspection.ts";

const DIRECTIVE = readyPattern(/%([sdifjoOc%])/g);

type Format = (args: readonly unknown[]) => string;

/**
 * What this runtime's console prints for these arguments, without the indentation of groups. Bun and Deno write values in ways of their
 * own, which their modules of Node do not have.
 */
export const consoleText: Format = denoFormat() ?? bunFormat() ?? formatPrintf;

interface Deno {
  readonly internal: symbol;
  readonly [key: symbol]: { inspectArgs?(args: readonly unknown[], options: object): string } | undefined;
}

function denoFormat(): Format | null {
  const deno = (globalThis as { Deno?: Deno }).Deno;
  const inspectArgs = deno?.[deno.internal]?.inspectArgs;
  return typeof inspectArgs === "function" ? orAsNode((args) => inspectArgs(args, { colors: false })) : null;
}

/** How many levels of objects Bun's console shows. */
const BUN_DEPTH = 2;

type Inspect = (value: unknown, options: { readonly depth: number; readonly colors: boolean }) => string;

function bunFormat(): Format | null {
  const inspect = (globalThis as { Bun?: { inspect?: Inspect } }).Bun?.inspect;
  if (typeof inspect !== "function") return null;
  const shown = (value: unknown): string =>
    typeof value === "string" ? value : inspect(value, { depth: BUN_DEPTH, colors: false });
  return orAsNode((args) => {
    const texts: string[] = [];
    for (let at = 0; at < args.length; at++) {
      const value = args[at];
      if (typeof value !== "string") texts.push(shown(value));
      else {
        const filled = bunFilled(value, args.slice(at + 1), shown);
        texts.push(filled.text);
        at += filled.taken;
      }
    }
    return texts.join(" ");
  });
}

/** Any text may have directives for the values behind it. */
function bunFilled(
  template: string,
  values: readonly unknown[],
  shown: (value: unknown) => string,
): { text: string; taken: number } {
  let taken = 0;
  const text = template.replace(DIRECTIVE, (directive, kind: string) => {
    if (taken >= values.length) return directive;
    return kind === "%" ? "%" : bunDirective(kind, values[taken++], shown);
  });
  return { text, taken };
}

function bunDirective(kind: string, value: unknown, shown: (value: unknown) => string): string {
  switch (kind) {
    case "s":
      return `${value as string}`;
    case "d":
    case "i":
      return typeof value === "symbol" ? "NaN" : String(Math.trunc(+(value as number)) + 0);
    case "f":
      return typeof value === "symbol" ? "NaN" : String(+(value as number));
    case "j":
      return JSON.stringify(value) ?? "";
    case "c":
      return "";
    default:
      return shown(value);
  }
}

/** Code of a value's owner may run here, as it does in the console, and may throw. */
function orAsNode(format: Format): Format {
  return (args) => {
    try {
      return format(args);
    } catch {
      return formatPrintf(args);
    }
  };
}
