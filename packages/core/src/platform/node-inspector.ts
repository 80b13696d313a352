import type { Debugger, InspectorNotification, Runtime, Session } from "node:inspector";
import * as nodeModule from "node:module";
import { join } from "node:path";
import { filePath, originalPosition } from "./node-source-maps.ts";
import { variableText } from "./node-variable-text.ts";
import type { FrameVariables } from "./platform.ts";

type Inspector = typeof import("node:inspector");

/** Frames of the application whose variables are kept, for each error. */
const MOST_FRAMES = 5;
const MOST_VARIABLES = 20;
/** How far down the stack is looked for them. */
const DEEPEST_FRAME = 30;

/** How the function that the engine runs in a paused frame finds back to this file. */
const TAKER = Symbol.for("logbridge.taker");
const HAND_OVER = 'function (...scopes) { globalThis[Symbol.for("logbridge.taker")](this, scopes); }';

/** What the wrapper of a CommonJS module brings along. */
const OF_THE_WRAPPER: ReadonlySet<string> = new Set(["exports", "require", "module", "__filename", "__dirname"]);

interface KeptFrame {
  readonly function: string;
  readonly url: string;
  readonly line: number;
  readonly column: number;
  readonly values: readonly (readonly [string, string])[];
}

interface Chosen {
  readonly frame: Debugger.CallFrame;
  readonly url: string;
  readonly scopes: readonly Debugger.Scope[];
}

const kept = new WeakMap<object, readonly KeptFrame[]>();
const scripts = new Map<string, string>();
let watchers = 0;
let session: Session | null = null;

/**
 * Begins to keep the variables of the frames in which something is thrown. The engine then stops at each throw of the process,
 * which costs it some hundred microseconds.
 *
 * @returns how to end it; a text that says why it is not possible
 */
export function watchVariables(): (() => void) | string {
  if (watchers === 0) {
    const refusal = open();
    if (refusal !== null) return refusal;
  }
  watchers++;
  let ended = false;
  return () => {
    if (ended) return;
    ended = true;
    if (--watchers === 0) close();
  };
}

/** The variables that were kept for an error, innermost frame first; `null`: none. */
export function variablesOf(error: object): readonly FrameVariables[] | null {
  const frames = kept.get(error);
  if (!frames) return null;
  return frames.map(({ function: name, url, line, column, values }) => {
    const path = filePath(url);
    return { function: name, file: originalPosition(path, line, column)?.file ?? path, values };
  });
}

function open(): string | null {
  const inspector = loadInspector();
  if (!inspector) return "this runtime has no inspector";
  try {
    // Two debuggers share what they stop at: the developer's would stop at every throw.
    if (inspector.url() !== undefined) return "a debugger is attached to this process";
    const opened = new inspector.Session();
    opened.connect();
    session = opened;
    opened.on("Debugger.scriptParsed", ({ params }) => void scripts.set(params.scriptId, params.url));
    opened.on("Debugger.paused", (message) => keepVariables(opened, message));
    opened.post("Debugger.enable");
    opened.post("Debugger.setPauseOnExceptions", { state: "all" });
    return null;
  } catch (error) {
    close();
    return `the inspector cannot be used: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function close(): void {
  try {
    session?.disconnect();
  } catch {
    // It was not connected.
  }
  session = null;
  scripts.clear();
}

/** Loaded when it is asked for: some builds of Node, and some other runtimes, have none. */
function loadInspector(): Inspector | null {
  try {
    const { getBuiltinModule } = process as { getBuiltinModule?: (name: string) => unknown };
    const loaded = getBuiltinModule
      ? getBuiltinModule("node:inspector")
      : nodeModule.createRequire(join(process.cwd(), "_"))("node:inspector");
    const inspector = loaded as Partial<Inspector> | undefined;
    return typeof inspector?.Session === "function" && typeof inspector.url === "function"
      ? (inspector as Inspector)
      : null;
  } catch {
    return null;
  }
}

function keepVariables(paused: Session, { params }: InspectorNotification<Debugger.PausedEventDataType>): void {
  const error = params.data as Runtime.RemoteObject | undefined;
  if (error?.objectId === undefined) return;
  const chosen = choose(params.callFrames);
  if (chosen.length === 0) return;
  const holder = globalThis as Record<symbol, unknown>;
  holder[TAKER] = (thrown: object, scopes: readonly object[]) => {
    // Thrown on, an error has fewer frames than at first.
    if (!kept.has(thrown))
      kept.set(
        thrown,
        chosen.map((one) => keep(one, scopes, chosen)),
      );
  };
  try {
    paused.post("Runtime.callFunctionOn", {
      objectId: error.objectId,
      functionDeclaration: HAND_OVER,
      silent: true,
      arguments: chosen.flatMap(({ scopes }) => scopes.map(({ object }) => ({ objectId: object.objectId as string }))),
    });
  } catch {
    // The trace does without values.
  } finally {
    delete holder[TAKER];
  }
}

function choose(frames: readonly Debugger.CallFrame[]): Chosen[] {
  const chosen: Chosen[] = [];
  for (const frame of frames.slice(0, DEEPEST_FRAME)) {
    const url = frame.url || scripts.get(frame.location.scriptId) || "";
    if (!/^(?:file:|\/|[A-Za-z]:[\\/])/.test(url) || /[\\/]node_modules[\\/]/.test(url)) continue;
    chosen.push({ frame, url, scopes: scopesOf(frame, chosen.length === 0) });
    if (chosen.length === MOST_FRAMES) break;
  }
  return chosen;
}

/** From the innermost block to the function; the module's own variables only where it threw itself. */
function scopesOf({ scopeChain }: Debugger.CallFrame, innermost: boolean): Debugger.Scope[] {
  const inner: Debugger.Scope[] = [];
  const types = innermost ? ["block", "catch", "local", "module"] : ["block", "catch", "local"];
  for (const scope of scopeChain) {
    if (scope.object.objectId === undefined || !types.includes(scope.type)) break;
    inner.push(scope);
    if (scope.type === "local" || scope.type === "module") break;
  }
  return inner;
}

function keep(one: Chosen, scopes: readonly object[], all: readonly Chosen[]): KeptFrame {
  let first = 0;
  for (const before of all) {
    if (before === one) break;
    first += before.scopes.length;
  }
  const { frame, url } = one;
  const { lineNumber, columnNumber = 0 } = frame.location;
  const values = valuesOf(scopes.slice(first, first + one.scopes.length), one === all[0]);
  return { function: frame.functionName, url, line: lineNumber + 1, column: columnNumber + 1, values };
}

function valuesOf(scopes: readonly object[], innermost: boolean): (readonly [string, string])[] {
  const values = new Map<string, string>();
  for (const scope of scopes) {
    // What a module keeps for all of its functions says little about a call that it made.
    if (!innermost && Object.hasOwn(scope, "__filename")) continue;
    for (const name of Object.keys(scope)) {
      if (values.size >= MOST_VARIABLES) break;
      if (values.has(name) || OF_THE_WRAPPER.has(name)) continue;
      const text = textIn(scope, name);
      if (text !== null) values.set(name, text);
    }
  }
  return [...values];
}

/** Made at once: the value may change before the error is logged. */
function textIn(scope: object, name: string): string | null {
  try {
    return variableText(Object.getOwnPropertyDescriptor(scope, name)?.value);
  } catch {
    // A variable whose declaration was not reached has no value.
    return null;
  }
}
