import { platform } from "#platform";

/** Which frame of the stack is the caller. */
export interface CallerSource {
  /** Frames up to and including this function are not the caller. */
  readonly skip: (...args: never[]) => unknown;
  /** How many further frames to leave out: `opt({ depth })`. */
  readonly depth: number;
  /** For foreign loggers: packages whose frames stand between the caller and the hook. */
  readonly packages?: readonly string[] | undefined;
}

/** Where a call was made. */
export interface Caller {
  readonly functionName: string | null;
  readonly path: string;
  readonly fileName: string;
  readonly line: number;
  readonly column: number;
  /** The module as one would import it. */
  readonly name: string | null;
  /** The file's name without its extension. */
  readonly module: string;
}

/** What a V8 call site gives. */
interface Site {
  getFileName(): string | null | undefined;
  getScriptNameOrSourceURL?(): string | null | undefined;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
  getFunctionName(): string | null;
}

/** Deep enough for the longest way through a foreign library (20 frames, measured) and an APM's wrappers. */
const FOREIGN_LIMIT = 40;

/** Wrappers of monitoring products, which stand between the application and any library. */
const WRAPPERS: readonly string[] = ["diagnostic-channel-publishers", "dd-trace", "newrelic", "shimmer", "import-in-the-middle", "require-in-the-middle"];
const WRAPPER_SCOPES: readonly string[] = ["@opentelemetry/instrumentation", "@sentry/"];

/**
 * The caller of a log call, or `null` where no frame qualifies: never a wrong frame.
 *
 * Positions are mapped through source maps when they are read.
 */
export function captureCaller(source: CallerSource): Caller | null {
  const limit = source.packages ? FOREIGN_LIMIT : source.depth + 1;
  const sites = captureSites(source.skip, limit);
  if (!sites) return null;
  const site = source.packages ? foreignSite(sites, source.packages, source.depth) : sites[source.depth];
  const file = site && fileOf(site);
  return file ? new LazyCaller(site.getFunctionName(), file, site.getLineNumber() ?? 0, site.getColumnNumber() ?? 0) : null;
}

const keepSites = (_error: Error, sites: unknown): unknown => sites;

function captureSites(skip: CallerSource["skip"], limit: number): readonly Site[] | null {
  const errors = Error as { stackTraceLimit?: number; prepareStackTrace?: unknown; captureStackTrace?: (holder: object, skip: unknown) => void };
  if (!errors.captureStackTrace) return null;
  const before = Object.getOwnPropertyDescriptor(errors, "prepareStackTrace");
  const limitBefore = errors.stackTraceLimit;
  try {
    errors.stackTraceLimit = limit;
    errors.prepareStackTrace = keepSites;
    const holder: { stack?: unknown } = {};
    errors.captureStackTrace(holder, skip);
    return Array.isArray(holder.stack) ? (holder.stack as Site[]) : null;
  } catch {
    // Frozen intrinsics: the stack cannot be asked.
    return null;
  } finally {
    try {
      if (limitBefore !== undefined) errors.stackTraceLimit = limitBefore;
      if (before) Object.defineProperty(errors, "prepareStackTrace", before);
      else delete errors.prepareStackTrace;
    } catch {
      // Nothing was changed then.
    }
  }
}

function fileOf(site: Site): string | null {
  const name = site.getFileName() ?? site.getScriptNameOrSourceURL?.();
  return name && name !== "<anonymous>" ? name : null;
}

function foreignSite(sites: readonly Site[], packages: readonly string[], depth: number): Site | undefined {
  let left = depth;
  for (const site of sites) {
    const file = fileOf(site);
    if (file === null || file.startsWith("node:") || file.startsWith("internal/")) continue;
    const path = platform.filePath(file);
    if (isOwn(path) || isBetween(path, packages)) continue;
    if (left-- === 0) return site;
  }
  return undefined;
}

function isBetween(path: string, packages: readonly string[]): boolean {
  const name = dependencyOf(path);
  if (name === null) return false;
  return packages.includes(name) || WRAPPERS.includes(name) || WRAPPER_SCOPES.some((scope) => name.startsWith(scope));
}

/** The package of a path below the last `node_modules`, scope included. */
function dependencyOf(path: string): string | null {
  const inside = insideNodeModules(path);
  if (inside === null) return null;
  const [first = "", second = ""] = inside.split("/");
  return first.startsWith("@") ? `${first}/${second}` : first;
}

function insideNodeModules(path: string): string | null {
  const forward = path.replaceAll("\\", "/");
  const at = forward.lastIndexOf("/node_modules/");
  return at < 0 ? null : forward.slice(at + "/node_modules/".length);
}

let ownFolders: RegExp | null | undefined;

/** Is this file part of this library? Its packages stand beside each other, installed or in the workspace. */
function isOwn(path: string): boolean {
  if (ownFolders === undefined) ownFolders = findOwnFolders();
  return ownFolders?.test(path.replaceAll("\\", "/")) ?? false;
}

function findOwnFolders(): RegExp | null {
  // The first frame above `captureSites` is this function, so it names this file without asking for the module's address.
  const site = captureSites(captureSites, 1)?.[0];
  const file = site && fileOf(site);
  return file ? ownFoldersOf(platform.filePath(file).replaceAll("\\", "/")) : null;
}

function ownFoldersOf(path: string): RegExp | null {
  const match = /^(.*\/)core\/(?:src|dist\/(?:esm|cjs))\/record\/caller\.[jt]s$/.exec(path);
  if (!match) return null;
  const root = (match[1] as string).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${root}(?:core|adapter-[\\w-]+|intercept-[\\w-]+|register|journal)/(?:src|dist)/`);
}

interface Position {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly name: string | null;
}

const positions = new Map<string, Position>();
const MOST_POSITIONS = 10_000;

/** A caller whose source map and module name are looked up when somebody reads them, once for each call site. */
class LazyCaller implements Caller {
  readonly functionName: string;
  readonly #file: string;
  readonly #line: number;
  readonly #column: number;
  #position: Position | null = null;

  constructor(functionName: string | null, file: string, line: number, column: number) {
    this.functionName = functionName ?? "<anonymous>";
    this.#file = file;
    this.#line = line;
    this.#column = column;
  }

  get path(): string {
    return this.#where().path;
  }
  get fileName(): string {
    return baseName(this.#where().path);
  }
  get line(): number {
    return this.#where().line;
  }
  get column(): number {
    return this.#where().column;
  }
  get name(): string | null {
    return this.#where().name;
  }
  get module(): string {
    return withoutExtension(this.fileName);
  }

  #where(): Position {
    if (this.#position) return this.#position;
    const key = `${this.#file}:${this.#line}:${this.#column}`;
    let position = positions.get(key);
    if (!position) {
      position = resolve(this.#file, this.#line, this.#column);
      if (positions.size >= MOST_POSITIONS) positions.clear();
      positions.set(key, position);
    }
    this.#position = position;
    return position;
  }
}

function resolve(file: string, line: number, column: number): Position {
  const path = platform.filePath(file);
  const original = platform.originalPosition(path, line, column) ?? (file === path ? null : platform.originalPosition(file, line, column));
  const found = original ?? { file: path, line, column };
  return { path: found.file, line: found.line, column: found.column, name: moduleNameOf(found.file) };
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

function withoutExtension(name: string): string {
  return name.replace(/\.[^./\\]+$/, "");
}

/**
 * A file's module name as one would import it: inside a dependency `package/lib/file`, inside the application the path from its
 * nearest `package.json`; without extension, with `/`.
 *
 * @example
 * moduleNameOf("/srv/app/node_modules/express/lib/router.js"); // "express/lib/router"
 */
export function moduleNameOf(path: string): string {
  const inside = insideNodeModules(path);
  if (inside !== null) return withoutExtension(inside);
  const found = platform.packageOf(path);
  const relative = found && path.startsWith(found.root) ? path.slice(found.root.length) : baseName(path);
  return withoutExtension(relative.replaceAll("\\", "/").replace(/^\/+/, ""));
}
