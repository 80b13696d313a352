import { LogbridgeError, LogbridgeTypeError, shown } from "../diagnostics.ts";
import type { Handler } from "../handler/handler.ts";
import type { AddOptions } from "../handler/options.ts";
import { type Hub, handlersCame, type Patcher, refreshHub, setActivation, setHandlers } from "../hub.ts";
import { type Fields, mergeFields } from "../record/context.ts";
import type { LevelOptions } from "../record/level.ts";
import { isPlainObject } from "../record/plain-object.ts";
import { compileRedaction } from "../record/redaction.ts";
import type { SinkLike } from "../sinks/accept.ts";
import { type HandlerId, makeHandler } from "./handlers.ts";

/** A handler of `configure()`: its sink and the options of `add()`. */
export type HandlerConfig<Extra extends object = Record<string, unknown>> = AddOptions<Extra> & {
  readonly sink: SinkLike;
};

/** What `configure()` takes. What is left out stays as it is. */
export interface ConfigureOptions<Extra extends object = Record<string, unknown>> {
  /** Replaces all handlers. */
  readonly handlers?: readonly HandlerConfig<Extra>[];
  /** Levels to create or change. */
  readonly levels?: readonly (LevelOptions & { readonly name: string })[];
  /** Replaces the values that every record carries. */
  readonly extra?: object;
  /** Replaces the patcher that runs before all others. */
  readonly patcher?: Patcher<Extra> | null;
  /** Replaces the paths of values that no handler shows, as the option `redact` of `add()`; empty or `null`: none. */
  readonly redact?: readonly string[] | null;
  /** Names to enable or disable, in this order. */
  readonly activation?: readonly (readonly [name: string | null, active: boolean])[];
}

const NAMES = ["handlers", "levels", "extra", "patcher", "redact", "activation"];

/** Checks everything, then puts it in force. @throws LogbridgeError LB1002, LogbridgeTypeError LB1023, and those of `add()` and `level()` */
export function configureHub(
  hub: Hub,
  options: ConfigureOptions,
  level: (name: string, options: LevelOptions) => void,
): HandlerId[] {
  check(options);
  const redact = compileRedaction(options.redact ?? [], "configure()");
  const levelsBefore = new Map(hub.levels);
  const made: Handler[] = [];
  try {
    for (const { name, ...rest } of options.levels ?? []) level(name, hub.strict ? rest : unlessKnown(hub, name, rest));
    for (const { sink, ...rest } of options.handlers ?? [])
      made.push(makeHandler(hub, sink, rest, hub.nextId + made.length));
  } catch (error) {
    for (const handler of made) void handler.close();
    hub.levels.clear();
    for (const [name, known] of levelsBefore) hub.levels.set(name, known);
    throw error;
  }
  if (options.patcher !== undefined) hub.patcher = options.patcher;
  if (options.redact !== undefined) {
    hub.redact = redact;
    refreshHub(hub);
  }
  if (options.extra !== undefined) hub.extra = mergeFields(options.extra as Fields);
  for (const [name, active] of options.activation ?? []) setActivation(hub, name, active);
  if (!options.handlers) return [];
  const replaced = hub.handlers;
  hub.nextId += made.length;
  setHandlers(hub, made);
  for (const handler of replaced) void handler.close();
  handlersCame(hub);
  return made.map((handler) => handler.id);
}

function check(options: ConfigureOptions): void {
  if (!isPlainObject(options as unknown))
    throw new LogbridgeTypeError("LB1023", `configure(): expected an object, got ${shown(options)}`);
  for (const name of Object.keys(options))
    if (!NAMES.includes(name))
      throw new LogbridgeError("LB1002", `configure(): unknown option ${shown(name)}; allowed are ${NAMES.join(", ")}`);
  const { handlers, levels, extra, patcher, activation } = options;
  for (const [name, value] of Object.entries({ handlers, levels, activation }))
    if (value !== undefined && !Array.isArray(value))
      throw new LogbridgeTypeError("LB1023", `configure(): option ${name} must be an array, got ${shown(value)}`);
  if (extra !== undefined && !isPlainObject(extra))
    throw new LogbridgeTypeError(
      "LB1023",
      `configure(): option extra must be an object of values, got ${shown(extra)}`,
    );
  if (patcher !== undefined && patcher !== null && typeof patcher !== "function")
    throw new LogbridgeTypeError("LB1023", `configure(): option patcher must be a function, got ${shown(patcher)}`);
  for (const rule of activation ?? [])
    if (!Array.isArray(rule) || (rule[0] !== null && typeof rule[0] !== "string") || typeof rule[1] !== "boolean")
      throw new LogbridgeTypeError(
        "LB1023",
        `configure(): an activation must be [name or null, true or false], got ${shown(rule)}`,
      );
  for (const handler of handlers ?? [])
    if (typeof handler !== "object" || handler === null || !("sink" in handler))
      throw new LogbridgeTypeError(
        "LB1023",
        `configure(): a handler must be { sink, …options of add() }, got ${shown(handler)}`,
      );
}

/** A configuration that is put in force a second time gives its levels the numbers that they have: no reason to refuse it. */
function unlessKnown(hub: Hub, name: string, { no, ...rest }: LevelOptions): LevelOptions {
  return no === undefined || hub.levels.get(name)?.no === no ? rest : { no, ...rest };
}
