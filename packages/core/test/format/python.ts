import { spawnSync } from "node:child_process";

/** A value that both languages have. */
export type Value = string | number | bigint;

/** One call of `str.format`, by both sides. */
export interface Case {
  readonly template: string;
  readonly args: readonly Value[];
  readonly named: Readonly<Record<string, Value>>;
}

/** What Python answers: the text, or the name of the error. */
export type Answer = { readonly text: string } | { readonly error: string };

// Lone surrogates are no text for a pipe in Python: JSON carries them as escapes, both ways.
const PROGRAM = `
import json, sys
kinds = {"s": str, "i": int, "f": float}
read = lambda pair: kinds[pair[0]](pair[1])
answers = []
for template, args, named in json.load(sys.stdin):
    try:
        answers.append({"text": template.format(*map(read, args), **{key: read(pair) for key, pair in named.items()})})
    except Exception as error:
        answers.append({"error": type(error).__name__ + ": " + str(error)})
json.dump(answers, sys.stdout)
`;

/** Asks one Python for all answers; `null` where there is none whose format specs know `z` (3.11). */
export function askPython(cases: readonly Case[]): readonly Answer[] | null {
  const known = spawnSync("python3", ["-c", "import sys; print(sys.version_info >= (3, 11))"], { encoding: "utf8" });
  if (known.status !== 0 || known.stdout.trim() !== "True") return null;
  const input = JSON.stringify(
    cases.map(({ template, args, named }) => [
      template,
      args.map(written),
      Object.fromEntries(Object.entries(named).map(([key, value]) => [key, written(value)])),
    ]),
  );
  const { stdout, stderr, status } = spawnSync("python3", ["-X", "utf8", "-c", PROGRAM], {
    input,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Answer[];
}

function written(value: Value): readonly [kind: "s" | "i" | "f", text: string] {
  if (typeof value === "string") return ["s", value];
  if (typeof value === "bigint") return ["i", String(value)];
  // All digits of a large integer, which `String` shortens.
  if (Number.isInteger(value)) return ["i", String(BigInt(value))];
  return ["f", String(value).replace("Infinity", "inf")];
}
