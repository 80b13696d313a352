import { readyPattern } from "../ready-pattern.ts";
import { type CallSite, captureSites, fileOf, foreignPreparation, type Skipped } from "./call-sites.ts";
import { callerAmong } from "./foreign-frames.ts";
import { baseName, withoutExtension } from "./module-path.ts";
import { type Position, positionOf } from "./position.ts";

export { moduleNameOf } from "./module-path.ts";

/** Which frame of the stack is the caller. */
export interface CallerSource {
  /** Frames up to and including this function are not the caller. */
  readonly skip: Skipped;
  /** How many further frames to leave out: `opt({ depth })`. */
  readonly depth: number;
  /** For foreign loggers: packages whose frames stand between the caller and the hook. */
  readonly packages?: readonly string[] | undefined;
}

/** Where a call was made. */
export interface Caller {
  /** `"<anonymous>"` for a function without a name and for a module's own code. */
  readonly functionName: string | null;
  readonly path: string;
  readonly fileName: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  /** The module as one would import it. */
  readonly name: string | null;
  /** The file's name without its extension. */
  readonly module: string;
}

/** Each frame costs: the short way is tried first, then one that is deep enough for a tap behind a stream and an APM's wrappers. */
const FOREIGN_LIMITS: readonly number[] = [12, 40];

/**
 * The caller of a log call, or `null` where no frame qualifies: never a wrong frame, never a throw.
 *
 * Positions are mapped through source maps when they are read, once for each call site.
 *
 * @param source which function to look above, and what else stands between
 * @example
 * function info(): void {
 *   captureCaller({ skip: info, depth: 0 })?.line; // the line that called `info`
 * }
 */
export function captureCaller(source: CallerSource): Caller | null {
  const { packages, depth } = source;
  return callerOf(packages ? foreignSite(source.skip, packages, depth) : captureSites(source.skip, depth + 1)?.[depth]);
}

/** The caller at a call site; `null` where there is none, or none that has a file. */
export function callerOf(site: CallSite | undefined): Caller | null {
  if (site === undefined) return null;
  const file = fileOf(site);
  return file === null ? null : callerAt(site, file);
}

const RUNTIME = readyPattern(/^(?:node:|ext:|bun:|native\b|\[unknown\])/);

/** One caller for each place in the code, so that what is made of it is made once. */
const callers = new Map<string, Map<number, LazyCaller>>();
const MOST_FILES = 1_000;
const MOST_PLACES = 2_000;

function callerAt(site: CallSite, file: string): LazyCaller | null {
  const places = callers.get(file) ?? placesFor(file);
  // A method that a timer or an event calls has no caller in the application.
  if (places === null) return null;
  const at = site.getPosition?.();
  // Generated code and modules that are loaded again (`?v=2` is another name, `eval` none of its own) may differ at one position.
  if (at === undefined || foreignPreparation()) return new LazyCaller(site, file);
  const known = places.get(at);
  if (known?.is(site)) return known;
  const caller = new LazyCaller(site, file);
  if (places.size >= MOST_PLACES) places.clear();
  places.set(at, caller);
  return caller;
}

/** `null` for a file of the runtime. */
function placesFor(file: string): Map<number, LazyCaller> | null {
  if (RUNTIME.test(file)) return null;
  if (callers.size >= MOST_FILES) callers.clear();
  const places = new Map<number, LazyCaller>();
  callers.set(file, places);
  return places;
}

function foreignSite(skip: Skipped, packages: readonly string[], depth: number): CallSite | undefined {
  for (const limit of FOREIGN_LIMITS) {
    const sites = captureSites(skip, limit + depth);
    const site = sites ? callerAmong(sites, packages, depth) : undefined;
    if (site || !sites || sites.length < limit) return site;
  }
  return undefined;
}

/** A caller whose source map and module name are looked up when somebody reads them. */
class LazyCaller implements Caller {
  readonly functionName: string;
  readonly #file: string;
  readonly #line: number;
  readonly #column: number;
  /** Kept only where somebody else's `Error.prepareStackTrace` is to be asked: a call site holds on to the objects of its frame. */
  #site: CallSite | null;
  #position: Position | null = null;

  constructor(site: CallSite, file: string) {
    this.functionName = site.getFunctionName() || "<anonymous>";
    this.#file = file;
    this.#line = site.getLineNumber() ?? 0;
    this.#column = site.getColumnNumber() ?? 0;
    this.#site = foreignPreparation() ? site : null;
  }

  /** Is this the same place? Another script of the same name (a test runner's next version of a file) has another line there. */
  is(site: CallSite): boolean {
    return this.#line === site.getLineNumber() && this.functionName === (site.getFunctionName() || "<anonymous>");
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
    this.#position = positionOf(this.#file, this.#line, this.#column, this.#site);
    this.#site = null;
    return this.#position;
  }
}
