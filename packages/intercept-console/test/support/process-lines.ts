import type { Kept, Run } from "./process-programs.ts";

/** The lines that a run printed, as a reader sees them. */
export function linesOf({ stdout, stderr }: Run): string[] {
  return textLines(Buffer.from(`${stdout}\n${stderr}`, "latin1").toString("utf8"));
}

/**
 * The lines that a program prints alone and that neither came to the logger nor were printed in replace mode, and those that there
 * are too many of.
 */
export function differing(alone: Run, replace: Run): { readonly missing: string[]; readonly surplus: string[] } {
  const found = [...linesOf(replace), ...replace.records.flatMap(linesIn)];
  const left = new Map<string, number>();
  for (const line of found) left.set(line, (left.get(line) ?? 0) + 1);
  const missing = linesOf(alone).filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
  return { missing, surplus: [...left].filter(([, count]) => count > 0).map(([line]) => line) };
}

/** What a record says, in the lines in which it would be printed. */
function linesIn({ origin, message, extra, exception }: Kept): string[] {
  if (origin.name === "uncaught") return [];
  if (origin.name !== "warning") return textLines(exception ? `${exception.type}: ${message}` : message);
  const code = extra["code"] === undefined ? "" : `[${String(extra["code"])}] `;
  return textLines(`(node:PID) ${code}${origin.level?.name}: ${message}\n${String(extra["detail"] ?? "")}`);
}

/** Without stacks, of which records keep the frames apart, and without Node's advice on its own options. */
function textLines(text: string): string[] {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "" && !/^at |^\(Use `node --/.test(line));
}
