import { LogbridgeError, LogbridgeTypeError, shown } from "../diagnostics.ts";

/** One step of a path: a key, `*` (any one) or `**` (any number of steps, none too). */
type Step = { readonly key: string } | "*" | "**";

const MOST_STEPS = 64;

/**
 * Where a walk stands in all paths at once. Made when they are first reached and kept: the same keys are asked for with every record.
 */
export interface PathState {
  /** A path ends here: the value is to be hidden. */
  readonly ends: boolean;
  /** No path goes on from here. */
  readonly dead: boolean;
  /** The keys that paths name next. Where any other key leads is `other()`. */
  readonly keys: readonly string[];
  next(key: string): PathState;
  /** Where a key leads that no path names: only `*` and `**` go there. */
  other(): PathState;
  /** For an error: its own properties, and those of its causes and inner errors, are read like the values of a call. */
  forError(): PathState;
}

/**
 * Compiles paths. They start at the values of a call: `password`, `user.card.number`, `users[0].name`, `headers["x.token"]`,
 * `*.token` (one step), `**.token` (at any depth).
 *
 * @param where what the error messages name: `"add()"`
 * @throws LogbridgeTypeError LB1040 for what is no list of texts; LogbridgeError LB1041 for a malformed path, quoting it
 * @example
 * compilePaths(["**.password"], "add()").next("user").next("password").ends; // true
 */
export function compilePaths(paths: unknown, where: string): PathState {
  if (!Array.isArray(paths))
    throw new LogbridgeTypeError("LB1040", `${where}: option redact must be a list of paths, got ${shown(paths)}`);
  const parsed = (paths as unknown[]).map((path, index) => {
    if (typeof path !== "string")
      throw new LogbridgeTypeError("LB1040", `${where}: redact[${index}] must be a path as text, got ${shown(path)}`);
    return parsePath(path, where);
  });
  return new Paths(parsed).start;
}

function parsePath(path: string, where: string): readonly Step[] {
  const refuse = (problem: string, at: number): never => {
    throw new LogbridgeError(
      "LB1041",
      `${where}: the redact path ${JSON.stringify(path)} is malformed at position ${at}: ${problem}; write keys with dots or in brackets, as a.b, a[0], a["b.c"], *.b, **.b`,
    );
  };
  const steps: Step[] = [];
  let at = 0;
  while (at < path.length || steps.length === 0) {
    if (path[at] === "[") {
      const match = /^\[(?:(\d+|\*\*?)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\]/s.exec(path.slice(at));
      if (!match) return refuse('brackets hold an index, *, ** or a key in quotes, and end with "]"', at);
      const [whole, plain, double, single] = match;
      if (plain === "*" || plain === "**") steps.push(plain);
      else steps.push({ key: plain ?? (double ?? single ?? "").replace(/\\(.)/gs, "$1") });
      at += whole.length;
    } else {
      if (steps.length > 0 && path[at] !== ".") return refuse("a dot or a bracket must stand here", at);
      if (steps.length > 0) at++;
      const [name] = /^[^.[\]]*/.exec(path.slice(at)) as RegExpExecArray;
      if (name === "") return refuse("a step has no name", at);
      if (name === "*" || name === "**") steps.push(name);
      else if (name.includes("*"))
        return refuse('a * stands for a whole step; put a key that contains one in quotes, as ["a*"]', at);
      else if (name !== name.trim()) return refuse("a name begins or ends with a space", at);
      else steps.push({ key: name });
      at += name.length;
    }
    if (steps.length > MOST_STEPS) return refuse(`it has more than ${MOST_STEPS} steps`, at);
  }
  return steps;
}

/** How far one path has been walked. */
interface Position {
  readonly path: number;
  readonly step: number;
}

/** What lies beside an error's own properties. */
const BESIDE: readonly (readonly Step[])[] = [[{ key: "cause" }], [{ key: "errors" }, "*"]];

/** All paths, and the states that were met so far: at most as many as there are ways to be in several paths at once. */
class Paths {
  readonly start: PathState;
  readonly errorStart: readonly Position[];
  readonly #paths: readonly (readonly Step[])[];
  readonly #states = new Map<string, State>();

  constructor(paths: readonly (readonly Step[])[]) {
    this.#paths = [...paths, ...BESIDE.flatMap((before) => paths.map((path) => [...before, ...path]))];
    this.errorStart = this.#paths.map((_, path) => ({ path, step: 0 }));
    this.start = this.stateOf(this.errorStart.slice(0, paths.length));
  }

  /** The state for these positions, where `**` has also been left already: it stands for no step, too. */
  stateOf(positions: readonly Position[]): State {
    const all = new Map<string, Position>();
    for (const { path, step } of positions) {
      let at = step;
      all.set(`${path}:${at}`, { path, step: at });
      while (this.#paths[path]?.[at] === "**") {
        at++;
        all.set(`${path}:${at}`, { path, step: at });
      }
    }
    const name = [...all.keys()].sort().join(" ");
    let state = this.#states.get(name);
    if (!state) this.#states.set(name, (state = new State(this, [...all.values()])));
    return state;
  }

  stepAt({ path, step }: Position): Step | undefined {
    return this.#paths[path]?.[step];
  }
}

class State implements PathState {
  readonly ends: boolean;
  readonly dead: boolean;
  readonly keys: readonly string[];
  readonly #paths: Paths;
  readonly #positions: readonly Position[];
  readonly #next = new Map<string, State>();
  #other: State | undefined;
  #forError: State | undefined;

  constructor(paths: Paths, positions: readonly Position[]) {
    const steps = positions.map((position) => paths.stepAt(position));
    this.#paths = paths;
    this.#positions = positions;
    this.ends = steps.includes(undefined);
    this.dead = steps.every((step) => step === undefined);
    this.keys = [...new Set(steps.flatMap((step) => (typeof step === "object" ? [step.key] : [])))];
  }

  next(key: string): PathState {
    let state = this.#next.get(key);
    if (state) return state;
    if (!this.keys.includes(key)) return this.other();
    this.#next.set(key, (state = this.#after(key)));
    return state;
  }

  other(): PathState {
    return (this.#other ??= this.#after(null));
  }

  forError(): PathState {
    return (this.#forError ??= this.#paths.stateOf([...this.#positions, ...this.#paths.errorStart]));
  }

  #after(key: string | null): State {
    const reached: Position[] = [];
    for (const { path, step } of this.#positions) {
      const at = this.#paths.stepAt({ path, step });
      if (at === "**") reached.push({ path, step });
      else if (at === "*" || (typeof at === "object" && at.key === key)) reached.push({ path, step: step + 1 });
    }
    return this.#paths.stateOf(reached);
  }
}
