import { spawnSync } from "node:child_process";

/** One call of `str.format` with one value, by both sides. */
export interface Case {
  readonly template: string;
  readonly value: string | number | bigint;
}

/** What Python answers: the text, or the name of the error. */
export type Answer = { readonly text: string } | { readonly error: string };

const PROGRAM = `
import json, sys
answers = []
for template, kind, value in json.load(sys.stdin):
    value = {"s": str, "i": int, "f": float}[kind](value)
    try:
        answers.append({"text": template.format(value)})
    except Exception as error:
        answers.append({"error": type(error).__name__ + ": " + str(error)})
json.dump(answers, sys.stdout)
`;

/** `null` where there is no Python whose format specs know `z` (3.11). */
export function askPython(cases: readonly Case[]): readonly Answer[] | null {
  const known = spawnSync("python3", ["-c", "import sys; print(sys.version_info >= (3, 11))"], { encoding: "utf8" });
  if (known.status !== 0 || known.stdout.trim() !== "True") return null;
  const input = JSON.stringify(cases.map(({ template, value }) => [template, kindOf(value), exactText(value)]));
  const { stdout, stderr, status } = spawnSync("python3", ["-X", "utf8", "-c", PROGRAM], {
    input,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Answer[];
}

function kindOf(value: Case["value"]): "s" | "i" | "f" {
  if (typeof value === "string") return "s";
  return typeof value === "bigint" || Number.isInteger(value) ? "i" : "f";
}

/** All digits of a large integer, which `String` shortens. */
function exactText(value: Case["value"]): string {
  return typeof value === "number" && Number.isInteger(value)
    ? String(BigInt(value))
    : String(value).replace("Infinity", "inf");
}
