import { EventEmitter } from "node:events";
import { LogbridgeTypeError, type Logger, type Origin } from "@logbridge/core";
import { remember } from "../map/remembered.ts";
import { FACADE } from "../map/their-logger.ts";
import { understand } from "./call.ts";
import { readChildOptions } from "./child-options.ts";
import { LevelTable } from "./level-table.ts";
import { isEnabled, labelOf, levelsOf, setLevel } from "./limit.ts";
import { BRIDGE, type FacadeState, type PinoFacade, portOf } from "./state.ts";
import { type Formatters, Ways } from "./ways.ts";

/** The version of the interface that a facade has. */
const VERSION = "10.0.0";

type LogFunction = (...args: readonly unknown[]) => void;

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
  // Not enumerable: who shows a logger as JSON is not shown all of ours.
  _state: {
    get(this: { readonly [FACADE]: FacadeState }): FacadeState {
      return this[FACADE];
    },
  },
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
    _events: undefined,
    _eventsCount: 0,
    _maxListeners: undefined,
  };
  return made as unknown as PinoFacade;
}

function nothing(): void {}

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
      isTextless,
      isField,
    } = understand(state.ways, state.prefix ?? "", args, label, level.number);
    const origin: Origin = { name: BRIDGE.name, level: { name: label, no: level.number } };
    if (isTextless || isField)
      remember(origin, { from: null, invented: isTextless ? message : null, isField, written: null });
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
