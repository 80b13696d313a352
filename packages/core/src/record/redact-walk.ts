import { platform } from "#platform";
import { KEEP, plainBuiltIn } from "../format/built-ins.ts";
import { CENSOR } from "../format/censor.ts";
import { isReadableError } from "../format/error-parts.ts";
import { define, emptyCopy, fillCopy, isFixedKey, type Shape } from "./redact-copy.ts";
import { HiddenLeaves } from "./redact-leaves.ts";
import type { PathState } from "./redact-paths.ts";
import { namesInAddress, sealed } from "./redact-sealed.ts";
import { jsonMethodOf, redactedJSON } from "./redact-to-json.ts";

/** `**` goes no deeper, and no further: what lies beyond is hidden whole, since nobody has looked into it. */
const DEEPEST = 32;
const MOST_OBJECTS = 100_000;

/** One object in one state: its copy while that is under way or where it differs, and the result. */
interface Visit {
  copy: object | null;
  result: unknown;
  done: boolean;
}

/**
 * Hides the values that paths name, in copies: what no path reaches is shared with the original, which is never changed.
 * Runs no getter, asks no proxy, ends on every cycle. One walk serves one record, so that what its parts share is copied once.
 */
export class RedactingWalk {
  /** What was hidden so far. */
  readonly leaves: HiddenLeaves = new HiddenLeaves();
  readonly #visits = new Map<PathState, Map<object, Visit>>();
  #left = MOST_OBJECTS;

  /** The start of the paths at a value of its own: the values of a call, an argument, what was thrown. It is never hidden whole. */
  root(value: unknown, start: PathState): unknown {
    return isHolder(value) ? this.#holder(value, start, 0) : value;
  }

  /** A value as it may be shown where the paths have come to `state`: itself where nothing is hidden in it. */
  value(value: unknown, state: PathState, depth = 1): unknown {
    if (state.ends) return this.#hide(value);
    return isHolder(value) && (!state.dead || holdsErrors(value)) ? this.#holder(value, state, depth) : value;
  }

  #hide(value: unknown): unknown {
    if (value === undefined) return value;
    this.leaves.add(value);
    return CENSOR;
  }

  #holder(value: object, state: PathState, depth: number): unknown {
    // Inspection shows what is behind a proxy, and nothing can be hidden there without asking it.
    if (platform.isProxy(value)) {
      this.leaves.addUnseen(value, false);
      return "[Proxy]";
    }
    try {
      const shut = isLiteral(value) || Array.isArray(value) ? null : sealed(value);
      if (shut) {
        this.leaves.addUnseen(value, shut.container);
        return shut.text;
      }
      const isError = !isLiteral(value) && isReadableError(value);
      return this.#visit(value, isError, isError ? state.forError() : state, depth);
    } catch {
      return "[Unreadable]";
    }
  }

  #visit(value: object, isError: boolean, state: PathState, depth: number): unknown {
    let visits = this.#visits.get(state);
    if (!visits) this.#visits.set(state, (visits = new Map()));
    const known = visits.get(value);
    if (known?.done) return known.result;
    const { shape, items } = isError ? { shape: "error" as const, items: null } : shapeOf(value);
    if (known) return shape ? (known.copy ??= emptyCopy(value, shape)) : value;
    if (depth > DEEPEST || --this.#left < 0) return this.#hide(value);
    const visit: Visit = { copy: null, result: value, done: false };
    visits.set(value, visit);
    const changes = this.#changes(value, shape, state, depth);
    if (!shape) {
      const isNamed = changes.size > 0 || namesInAddress(value).some((name) => state.next(name).ends);
      visit.result = isNamed ? this.#hide(value) : value;
    } else {
      const entries = items && this.#entries(items, state, depth);
      const toJSON = shape === "object" && !changes.has("toJSON") ? jsonMethodOf(value) : null;
      if (visit.copy || changes.size > 0 || entries?.changed || toJSON) {
        const copy = (visit.copy ??= emptyCopy(value, shape));
        fillCopy(copy, value, shape, changes);
        if (entries) putEntries(copy, shape, entries.list);
        if (toJSON) {
          const asked = changes.size > 0 ? copy : value;
          const shown = (key: string): unknown => {
            const given = redactedJSON(toJSON, asked, value, key, this.leaves);
            return new RedactingWalk().root(given, state);
          };
          define(copy, "toJSON", shown, Object.getOwnPropertyDescriptor(value, "toJSON")?.enumerable ?? false);
        }
        visit.result = copy;
      }
    }
    visit.done = true;
    return visit.result;
  }

  /** The own properties that are shown otherwise. Of what cannot be copied (functions, dates, bytes): those that inspection shows. */
  #changes(value: object, shape: Shape | null, state: PathState, depth: number): Map<PropertyKey, unknown> {
    const changes = new Map<PropertyKey, unknown>();
    for (const key of keysToLookAt(value, shape, state, depth)) {
      const found = Object.getOwnPropertyDescriptor(value, key);
      // What stands in the place of a free text and is none, a body of an answer as the message, has parts that paths may name.
      if (shape && isFixedKey(shape, key) && !(shape === "error" && isHolder(found?.value))) continue;
      if (!found || (!shape && !found.enumerable && (FUNCTIONS_OWN.has(key) || !("value" in found)))) continue;
      const next = state.next(nameOf(key));
      if ("value" in found) {
        const shown = this.value(found.value, next, depth + 1);
        if (!Object.is(shown, found.value)) changes.set(key, shown);
      } else if (next.ends || !next.dead) changes.set(key, next.ends ? CENSOR : "[Getter]");
    }
    if (shape && !isLiteral(value)) this.#inherited(value, shape, state, depth, changes);
    return changes;
  }

  /** `%o` shows what an object's prototypes hold, so that is hidden by properties of the copy's own. */
  #inherited(value: object, shape: Shape, state: PathState, depth: number, changes: Map<PropertyKey, unknown>): void {
    let at = Object.getPrototypeOf(value) as object | null;
    for (let above = 0; at && above < MOST_PROTOTYPES && !isEngines(at) && !platform.isProxy(at); above++) {
      for (const key of keysToLookAt(at, shape, state, 1)) {
        if (key === "constructor" || isFixedKey(shape, key) || changes.has(key) || Object.hasOwn(value, key)) continue;
        const item: unknown = Object.getOwnPropertyDescriptor(at, key)?.value;
        if (typeof item === "function") continue;
        const shown = this.value(item, state.next(nameOf(key)), depth + 1);
        if (!Object.is(shown, item)) changes.set(key, shown);
      }
      at = Object.getPrototypeOf(at) as object | null;
    }
  }

  #entries(items: readonly Entry[], state: PathState, depth: number): { changed: boolean; list: readonly Entry[] } {
    let changed = false;
    const list = items.map(([key, item]): Entry => {
      const isName = typeof key === "string" || typeof key === "number";
      const next = isName ? state.next(String(key)) : state.other();
      const shownKey = isName || next.ends ? key : this.value(key, next, depth + 1);
      const shown = this.value(item, next, depth + 1);
      changed ||= !Object.is(shownKey, key) || !Object.is(shown, item);
      return [shownKey, shown];
    });
    return { changed, list };
  }
}

/** An entry of a Map, or of a Set by its position. */
type Entry = readonly [key: unknown, item: unknown];

/** What every function has, and inspection shows as parts of its class. */
const FUNCTIONS_OWN: ReadonlySet<PropertyKey> = new Set(["length", "name", "prototype", "arguments", "caller"]);
const MOST_PROTOTYPES = 20;
const ENGINES: ReadonlySet<object> = new Set([
  Object.prototype,
  Array.prototype,
  Error.prototype,
  Map.prototype,
  Set.prototype,
]);

/** The commonest object of all is known at a glance. */
function isLiteral(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype;
}

/** Paths name symbols by their descriptions. */
function nameOf(key: PropertyKey): string {
  return typeof key === "symbol" ? (key.description ?? "") : String(key);
}

/** Where the search for what is inherited ends. */
function isEngines(prototype: object): boolean {
  return ENGINES.has(prototype);
}

function isHolder(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** Errors have paths of their own, where they stand among values as in a list of them. */
function holdsErrors(value: object): boolean {
  if (platform.isError(value)) return true;
  return (
    Array.isArray(value) && !platform.isProxy(value) && (value as unknown[]).some((item) => platform.isError(item))
  );
}

function keysToLookAt(value: object, shape: Shape | null, state: PathState, depth: number): readonly PropertyKey[] {
  const other = state.other();
  if (other.ends || !other.dead || shape === "error") return Reflect.ownKeys(value);
  const symbols = Object.getOwnPropertySymbols(value);
  // No path goes everywhere here: the others are looked at for the sake of errors.
  const keys = depth === 0 || shape === "array" ? [...Object.keys(value), ...state.keys] : state.keys;
  return symbols.length === 0 ? keys : [...keys, ...symbols];
}

const LITERAL = { shape: "object", items: null } as const;

/** How an object is copied, with the entries that are not its properties. `shape` null: not at all. */
function shapeOf(value: object): {
  readonly shape: Shape | null;
  readonly items: readonly Entry[] | null;
} {
  if (typeof value === "function") return { shape: null, items: null };
  if (isLiteral(value)) return LITERAL;
  if (Array.isArray(value)) return { shape: "array", items: null };
  const builtIn = plainBuiltIn(value);
  if (builtIn === KEEP) return { shape: "object", items: null };
  if (builtIn instanceof Map) return { shape: "map", items: [...builtIn] };
  if (builtIn instanceof Set) return { shape: "set", items: [...builtIn].map((item, index) => [index, item]) };
  return { shape: null, items: null };
}

function putEntries(copy: object, shape: Shape, entries: readonly Entry[]): void {
  for (const [key, item] of entries)
    if (shape === "map") Map.prototype.set.call(copy, key, item);
    else Set.prototype.add.call(copy, item);
}
