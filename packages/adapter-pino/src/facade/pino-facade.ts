import { EventEmitter } from "node:events";
import {
  type Bridge,
  type FacadePort,
  LogbridgeError,
  LogbridgeTypeError,
  type Logger,
  type Origin,
  openFacade,
} from "@logbridge/core";
import { labelAt } from "../levels.ts";
import { FACADE } from "../map/their-logger.ts";
import { understand } from "./call.ts";
import { readChildOptions } from "./child-options.ts";
import { type FacadeLevel, LevelTable } from "./level-table.ts";
import { type Formatters, Ways } from "./ways.ts";

const BRIDGE: Bridge = { name: "pino", packages: ["nestjs-pino", "@nestjs/common"], mode: "replace" };

/** The version of the interface that a facade has. */
const VERSION = "10.0.0";

type LogFunction = (...args: readonly unknown[]) => void;

/** What a facade keeps. */
export interface FacadeState {
  logger: Logger;
  /** Opened at the first use: many children of a request never log. */
  port: FacadePort | null;
  readonly parent: FacadeState | null;
  face: PinoFacade;
  readonly ways: Ways;
  readonly prefix: string | undefined;
  /** The table, and how many levels our logger had when it was made. */
  levels: LevelTable;
  levelCount: number;
  /** A child's own levels. */
  readonly custom: Readonly<Record<string, unknown>> | null;
  /** The level that was set here; without one, the parent's. */
  limit: string | undefined;
}

/** The state of a facade, or of what is made of one by `Object.create`; `undefined` where it is none. */
export function stateOf(face: object): FacadeState | undefined {
  return (face as { readonly [FACADE]?: FacadeState })[FACADE];
}

/** A logger of ours with the face of a pino logger. */
export interface PinoFacade extends EventEmitter, Record<string, unknown> {
  readonly _state: FacadeState;
  level: string;
  /** Called with each new child. */
  onChild(child: PinoFacade): void;
}

/** What all facades inherit. What a facade itself has not is asked of the end of the chain. */
export const facadePrototype: object = Object.create(EventEmitter.prototype, {
  level: {
    get(this: PinoFacade): string {
      return labelOf(this._state);
    },
    set(this: PinoFacade, level: string | number) {
      setLevel(this._state, level);
    },
  },
  levelVal: {
    get(this: PinoFacade): number | undefined {
      return levelsOf(this._state).values[this.level];
    },
  },
  levels: {
    get(this: PinoFacade): LevelTable {
      return levelsOf(this._state);
    },
  },
  msgPrefix: {
    get(this: PinoFacade): string | undefined {
      return this._state.prefix;
    },
  },
  version: { value: VERSION },
  // pino has forgotten it, its types have not.
  useLevelLabels: { value: false },
  [Symbol.toStringTag]: { value: "Pino" },
});

/** A facade over a state. Written as one literal: an assignment would ask the end of the chain for a setter first. */
function faceOf(state: FacadeState): PinoFacade {
  const made = {
    __proto__: facadePrototype,
    trace: methodOf(state, "trace"),
    debug: methodOf(state, "debug"),
    info: methodOf(state, "info"),
    warn: methodOf(state, "warn"),
    error: methodOf(state, "error"),
    fatal: methodOf(state, "fatal"),
    silent: nothing,
    child: (bindings: object, options?: object) => childOf(state, bindings, options),
    bindings: () => ({ ...boundValues(state.logger) }),
    setBindings: (bindings: object) => bind(state, bindings, undefined),
    flush: (callback?: (error?: unknown) => void) => flush(state, callback),
    isLevelEnabled: (label: string) => isEnabled(state, levelsOf(state).level(label)),
    onChild: state.parent?.face.onChild ?? nothing,
    [FACADE]: state,
    _state: state,
    _events: undefined,
    _eventsCount: 0,
    _maxListeners: undefined,
  };
  return made as unknown as PinoFacade;
}

function nothing(): void {}

function portOf(state: FacadeState): FacadePort {
  state.port ??= openFacade(BRIDGE, state.logger);
  return state.port;
}

/** The facade of a logger. */
export function facadeOf(logger: Logger): PinoFacade {
  return withFace({
    logger,
    port: null,
    parent: null,
    ways: new Ways({ serializers: {}, formatters: {}, redact: null }, new Set()),
    prefix: undefined,
    levels: LevelTable.of(logger),
    levelCount: logger._core.hub.levels.size,
    custom: null,
    limit: undefined,
  });
}

function withFace(parts: Omit<FacadeState, "face">): PinoFacade {
  const state = parts as FacadeState;
  state.face = faceOf(state);
  return state.face;
}

/** The method of a level. The function itself is what stands between the caller and us, so that it works detached. */
export function methodOf(state: FacadeState, label: string): LogFunction {
  const method: LogFunction = (...args) => {
    const level = levelsOf(state).level(label);
    if (!level || !isEnabled(state, level)) return;
    const {
      message,
      template,
      args: values,
      fields,
      error,
    } = understand(state.ways, state.prefix ?? "", args, label, level.number);
    const origin: Origin = { name: BRIDGE.name, level: { name: label, no: level.number } };
    portOf(state).deliver(
      {
        target: state.face,
        level,
        message,
        template,
        args: values,
        fields,
        ...(error && { error: error.value }),
        origin,
      },
      method,
    );
  };
  return method;
}

/** The levels, with those that our logger was given meanwhile. */
export function levelsOf(state: FacadeState): LevelTable {
  const { size } = state.logger._core.hub.levels;
  if (state.levelCount !== size) {
    const base = state.parent ? levelsOf(state.parent) : LevelTable.of(state.logger);
    state.levels = state.custom ? base.with(state.custom, portOf(state)) : base;
    state.levelCount = size;
  }
  return state.levels;
}

function isEnabled(state: FacadeState, level: FacadeLevel | undefined): boolean {
  if (!level || !portOf(state).wants(level.no)) return false;
  const limit = limitOf(state);
  return limit === undefined || level.number >= (levelsOf(state).values[limit] as number);
}

function limitOf(state: FacadeState): string | undefined {
  for (let at: FacadeState | null = state; at; at = at.parent) if (at.limit !== undefined) return at.limit;
  return undefined;
}

function labelOf(state: FacadeState): string {
  const limit = limitOf(state);
  if (limit !== undefined) return limit;
  const levels = levelsOf(state);
  return labelAt(portOf(state).threshold, levels, (label) => levels.level(label));
}

function setLevel(state: FacadeState, level: string | number): void {
  const { values, labels } = levelsOf(state);
  const label = typeof level === "number" ? labels[level] : level;
  const number = label === undefined ? undefined : values[label];
  if (label === undefined || number === undefined)
    throw new LogbridgeError(
      "LB1571",
      `level: there is no level ${JSON.stringify(level)}; known are ${[...Object.keys(values), "silent"].join(", ")}`,
    );
  const before = labelOf(state);
  state.limit = label;
  // As with pino, who listens at a logger hears of its children too.
  for (let at: FacadeState | null = state; at; at = at.parent)
    at.face.emit("level-change", label, number, before, values[before], state.face);
}

function childOf(parent: FacadeState, bindings: object, given: object | undefined): PinoFacade {
  if (typeof bindings !== "object" || bindings === null)
    throw new LogbridgeTypeError("LB1572", "child(): the bindings are missing; pass an object, {} for none");
  const options = readChildOptions(given ?? {});
  const { serializers, redact, formatters, customLevels, msgPrefix, level } = options;
  const { level: formatLevel, log, bindings: formatBindings } = formatters ?? {};
  const child = withFace({
    logger: parent.logger,
    port: parent.port,
    parent,
    ways:
      serializers || redact || formatLevel || log
        ? parent.ways.with({
            ...(serializers && { serializers: { ...parent.ways.serializers, ...serializers } }),
            ...(redact && { redact }),
            formatters: { ...parent.ways.formatters, ...(formatLevel && { level: formatLevel }), ...(log && { log }) },
          })
        : parent.ways,
    prefix: msgPrefix === undefined ? parent.prefix : (parent.prefix ?? "") + msgPrefix,
    levels: customLevels ? levelsOf(parent).with(customLevels, portOf(parent)) : levelsOf(parent),
    levelCount: parent.levelCount,
    custom: customLevels ?? null,
    limit: undefined,
  });
  bind(child._state, bindings, formatBindings);
  if (level !== undefined && level !== labelOf(parent)) setLevel(child._state, level);
  parent.face.onChild(child);
  return child;
}

/** Adds values to each record. A `name` is the record's name, as in a record that is intercepted. */
function bind(state: FacadeState, bindings: object, format: Formatters["bindings"]): void {
  const { name, ...values } = state.ways.bindings(bindings, format);
  if (name !== undefined && typeof name !== "string") values["name"] = name;
  if (typeof name !== "string" && Object.keys(values).length === 0) return;
  const logger = typeof name === "string" ? state.logger.forModule(name) : state.logger;
  state.logger = logger.bind(values) as Logger;
  state.port = null;
}

/** What a logger of ours adds to each record. */
export function boundValues(logger: Logger): Record<string, unknown> {
  const { bound, name } = logger._core;
  return { ...bound, ...(typeof name === "string" && { name }) };
}

function flush(state: FacadeState, callback: ((error?: unknown) => void) | undefined): void {
  if (callback !== undefined && callback !== null && typeof callback !== "function")
    throw new LogbridgeTypeError("LB1572", "flush(): the callback must be a function");
  void state.logger.complete().then(
    () => callback?.(),
    (error: unknown) => callback?.(error),
  );
}
