import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { scanImports } from "./import-scanner.ts";

/** A package whose sources are read. */
export interface SourcePackage {
  /** The folder's name below `packages/`. */
  readonly folder: string;
  /** What its package.json says that it needs at run time. */
  readonly needs: readonly string[];
}

/** A source file with what it imports. */
export interface SourceFile {
  /** From the root of the tree, with `/`. */
  readonly path: string;
  readonly package: SourcePackage;
  /** From the package's folder. */
  readonly inPackage: string;
  /** The folder of `src` that it is in, or its own name without extension where it is in `src` itself. */
  readonly part: string;
  readonly bytes: number;
  readonly text: string;
  readonly imports: readonly ResolvedImport[];
}

/** An import; `target` is the file of the tree that it means, `null` for what is outside of it or missing. */
export interface ResolvedImport {
  readonly specifier: string;
  readonly line: number;
  readonly target: SourceFile | null;
}

/**
 * Reads the sources of every package below a root.
 *
 * An import through package.json "imports" (`#platform`) counts once for each file that some condition gives.
 */
export function readSourceTree(root: string): readonly SourceFile[] {
  const folders = readdirSync(join(root, "packages"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const drafts = folders.flatMap(({ name }) => readPackage(root, name));
  const byPath = new Map(drafts.map((draft) => [draft.file.path, draft.file]));
  for (const { file, imports, aliases } of drafts) {
    for (const { specifier, line } of scanImports(file.text)) {
      const targets = targetsOf(file, specifier, aliases).map((path) => byPath.get(path) ?? null);
      for (const target of targets.length === 0 ? [null] : targets) imports.push({ specifier, line, target });
    }
  }
  return drafts.map(({ file }) => file);
}

interface Draft {
  readonly file: SourceFile;
  readonly imports: ResolvedImport[];
  readonly aliases: ReadonlyMap<string, readonly string[]>;
}

function readPackage(root: string, folder: string): readonly Draft[] {
  const base = join(root, "packages", folder);
  const manifest = JSON.parse(readFileSync(join(base, "package.json"), "utf8")) as Manifest;
  const owner = {
    folder,
    needs: Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.optionalDependencies }),
  };
  const aliases = new Map(Object.entries(manifest.imports ?? {}).map(([key, value]) => [key, sourcesOf(value)]));
  return readdirSync(join(base, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => {
      const text = readFileSync(join(base, "src", name), "utf8");
      const inPackage = `src/${name.replaceAll("\\", "/")}`;
      const part = (inPackage.split("/")[1] ?? "").replace(/\.ts$/, "");
      const imports: ResolvedImport[] = [];
      const path = `packages/${folder}/${inPackage}`;
      return {
        file: { path, package: owner, inPackage, part, bytes: Buffer.byteLength(text), text, imports },
        imports,
        aliases,
      };
    });
}

interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
  readonly imports?: Record<string, unknown>;
}

/** All files under any condition, as paths of sources. */
function sourcesOf(target: unknown): readonly string[] {
  if (typeof target === "string")
    return [
      target
        .replace(/^\.\/dist\/(?:esm|cjs)\//, "src/")
        .replace(/^\.\//, "")
        .replace(/\.js$/, ".ts"),
    ];
  return [...new Set(Object.values(target as Record<string, unknown>).flatMap(sourcesOf))];
}

function targetsOf(file: SourceFile, specifier: string, aliases: Draft["aliases"]): readonly string[] {
  const base = `packages/${file.package.folder}`;
  if (specifier.startsWith("#")) return (aliases.get(specifier) ?? []).map((path) => `${base}/${path}`);
  if (!specifier.startsWith(".")) return [];
  return [relative("/", resolve("/", dirname(file.path), specifier)).replaceAll("\\", "/")];
}
