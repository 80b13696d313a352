import type { SourceFile } from "./source-tree.ts";

/** What a part of core may not know. A part is a folder of `packages/core/src`, or a file there without its extension. */
const UNKNOWN_TO: Readonly<Record<string, readonly string[]>> = {
  logger: [],
  hub: ["logger", "handler"],
  handler: ["logger"],
  bridge: ["handler"],
  sinks: ["logger", "hub", "handler"],
  record: ["logger", "hub", "handler", "sinks", "bridge"],
  format: ["logger", "hub", "handler", "sinks", "bridge", "record"],
  state: ["logger", "hub", "handler", "sinks", "bridge", "record", "format"],
  diagnostics: ["logger", "hub", "handler", "sinks", "bridge", "record", "format"],
  platform: ["logger", "hub", "handler", "sinks", "bridge", "record", "format", "state"],
  testing: [],
  conformance: [],
};

/** Where packages that run in browsers, too, may use what Node brings. */
const NODE_FOLDERS: Readonly<Record<string, string>> = { core: "platform", "adapter-otel": "runtime" };

/** Entries of their own, which nothing that runs in an application may need. */
const ENTRIES = ["testing", "conformance"];

/** The parts of an adapter: each is a file of that name, and where it has grown, a folder beside it. */
const ADAPTER_PARTS = ["index", "sink", "propagate", "intercept", "facade", "transport", "options", "levels", "map"];

/** What one adapter has beside them: OpenTelemetry's library delivers badly, so that encoding and delivery are ours. */
const FURTHER_PARTS: Readonly<Record<string, readonly string[]>> = {
  "adapter-otel": [
    "otlp",
    "delivery",
    "exporters",
    "providers",
    "processor",
    "trace",
    "diag",
    "origin-mark",
    "runtime",
  ],
};

/**
 * Every arrow of these files that goes against the design, as a sentence with the place where it is written.
 *
 * @param files the sources of all packages, with what they import
 */
export function findWrongArrows(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => [
    ...misnamed(file),
    ...file.imports.flatMap(({ specifier, line, target }) => {
      const reason = target ? wrongInside(file, target) : wrongOutside(file, specifier);
      return reason ? [`${file.path}:${line} imports "${specifier}": ${reason}`] : [];
    }),
  ]);
}

function misnamed(file: SourceFile): readonly string[] {
  if (!file.package.folder.startsWith("adapter-")) return [];
  const parts = [...ADAPTER_PARTS, ...(FURTHER_PARTS[file.package.folder] ?? [])];
  if (parts.includes(file.part)) return [];
  return [`${file.path}: an adapter's parts are ${parts.join(", ")}`];
}

function wrongInside(from: SourceFile, to: SourceFile): string | null {
  if (from.package !== to.package) return "a relative import leaves its package";
  if (to.inPackage.endsWith("/index.ts")) return "nobody imports an index";
  if (from.package.folder !== "core" || from.part === to.part) return null;
  if (ENTRIES.includes(to.part)) return `${to.part}/ is an entry of its own and nothing else needs it`;
  if (from.part === "index") return null;
  const unknown = UNKNOWN_TO[from.part];
  if (!unknown) return `the design has no part "${from.part}" in core`;
  return unknown.includes(to.part) ? `${from.part} knows nothing of ${to.part}` : null;
}

function wrongOutside(from: SourceFile, specifier: string): string | null {
  if (specifier.startsWith(".") || specifier.startsWith("#")) return "no such file";
  if (specifier.startsWith("node:")) {
    const folder = NODE_FOLDERS[from.package.folder];
    const free = !folder || new RegExp(`^src/${folder}/node[^/]*\\.ts$`).test(from.inPackage);
    return free ? null : `in ${from.package.folder} only ${folder}/node*.ts use what Node brings`;
  }
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  if (name.startsWith("@logbridge/")) {
    const wrong = wrongPackage(from.package.folder, name.replace("@logbridge/", ""));
    if (wrong) return wrong;
    if (specifier !== name) return "what runs in an application needs the main entries only";
  }
  return from.package.needs.includes(name) ? null : `package.json names no dependency "${name}"`;
}

/** Between packages the arrows are: examples → register → adapters → core. */
function wrongPackage(from: string, to: string): string | null {
  if (rank(to) < rank(from)) return null;
  return rank(to) === rank(from) ? `${from} knows nothing of ${to}` : `the arrow goes from ${to} to ${from}`;
}

function rank(folder: string): number {
  if (folder === "core") return 0;
  if (folder === "register") return 2;
  return folder.startsWith("example") || folder === "bench" ? 3 : 1;
}
