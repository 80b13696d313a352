import { queueBehind, throughBreaker } from "./bridge/breaker.ts";
import {
  type CrossingSource,
  type CrossingTarget,
  countArmed,
  currentLeg,
  isInside,
  leadsBack,
  whileArriving,
} from "./bridge/crossing.ts";
import { reportOnce } from "./diagnostics.ts";
import { systemZone, type Zone } from "./format/time.ts";
import { type Clock, systemClock } from "./record/clock.ts";
import type { Fields } from "./record/context.ts";
import type { Level, Levels } from "./record/level.ts";
import { isWithin, nearestRule } from "./record/module-name.ts";
import type { LogRecord } from "./record/record.ts";
import type { Redact } from "./record/redaction.ts";
import { standardLevels } from "./record/standard-levels.ts";
import { processState } from "./state.ts";

/** A function that changes a record before the handlers get it. Its return value is not used. */
export type Patcher<Extra extends object = Record<string, unknown>> = (record: LogRecord<Extra>) => void;

/** What became of the records given to a handler. */
export interface Counts {
  readonly sent: number;
  readonly dropped: number;
  readonly pending: number;
}

/** A handler as the hub sees it. A handler made by one copy of the package serves the loggers of all copies. */
export interface HandlerEntry extends CrossingTarget {
  readonly key: string | undefined;
  readonly levelNo: number;
  readonly needsCaller: boolean;
  /** Its errors are the application's: `catch: false`. */
  readonly passesErrors: boolean;
  /** Reads calls again, without what it hides. */
  readonly redacts: boolean;
  /** The sink's code is not ours: it may log, print, or keep resources. */
  readonly foreign: boolean;
  readonly failures: number;
  /** How many records its filter has suppressed; absent in older copies. */
  readonly suppressed?: number;
  handle(record: LogRecord<object>): void;
  /** Puts changed options in force; checked by the copy that made the handler. */
  update(options: object): void;
  dropped(): void;
  counts(): Counts;
  flush(): Promise<void>;
  /** Never rejects; gives the sink's error, reported unless the caller is going to throw it. */
  close(rethrow?: boolean): Promise<{ readonly error: unknown } | null>;
}

/** Keeps records while there are no handlers for them yet. */
export interface Hold {
  /** How many records are kept. */
  readonly size: number;
  /** One more who holds; gives how to stop. */
  join(capacity: number): () => void;
  keep(record: LogRecord<object>, source: CrossingSource | null, throughOrigin: boolean): void;
  /** Handlers were put in force: the hold ends as soon as the code that put them there has run. */
  handlersCame(): void;
}

/** The state of a logger and of all that are derived from it: plain data, so that every copy of the package can share it. */
export interface Hub {
  handlers: readonly HandlerEntry[];
  nextId: number;
  /** The lowest level that any handler takes: below it a call is one comparison. */
  threshold: number;
  /** The handlers that take a severity, found at its first record after a change. */
  readonly accepting: Map<number, readonly HandlerEntry[]>;
  /** The lowest level of a handler that needs the caller: below it nobody pays for one. */
  callerThreshold: number;
  readonly levels: Levels;
  extra: Fields;
  patcher: Patcher | null;
  /** Hides values of every record before the handlers get it. */
  redact: Redact | null;
  /** A handler's errors are the application's. */
  passesErrors: boolean;
  /** Somebody hides values, so that records keep their calls. */
  keepsCalls: boolean;
  /** By name: is what this module logs wanted? */
  readonly activation: Map<string, boolean>;
  unnamedActive: boolean;
  strict: boolean;
  clock: Clock;
  startedMicros: number;
  zone: Zone;
  interceptions: number;
  armed: boolean;
  readonly thresholdListeners: Set<() => void>;
  readonly levelListeners: Set<(level: Level) => void>;
  readonly warned: Set<string>;
  /** Keeps what is logged before there are handlers for it. */
  held: Hold | null;
  /** How many of those records were dropped. */
  earlyDropped: number;
  /** The application has put handlers in force. */
  configured: boolean;
}

/** While workerd loads modules, its clock stands still at 0. */
const NOT_STARTED = -1;

/** When the logger began; where the clock could not tell, with its first record. @param now the time of a record that is being made */
export function startOf(hub: { startedMicros: number }, now: number): number {
  if (hub.startedMicros === NOT_STARTED) hub.startedMicros = now;
  return hub.startedMicros;
}

/** A hub without handlers. */
export function createHub(): Hub {
  return {
    handlers: [],
    nextId: 0,
    threshold: Number.POSITIVE_INFINITY,
    accepting: new Map(),
    callerThreshold: Number.POSITIVE_INFINITY,
    levels: standardLevels(),
    extra: {},
    patcher: null,
    redact: null,
    passesErrors: false,
    keepsCalls: false,
    activation: new Map(),
    unnamedActive: true,
    strict: false,
    clock: systemClock,
    startedMicros: systemClock() || NOT_STARTED,
    zone: systemZone(),
    interceptions: 0,
    armed: false,
    thresholdListeners: new Set(),
    levelListeners: new Set(),
    warned: new Set(),
    held: null,
    earlyDropped: 0,
    configured: false,
  };
}

/** The hub of the one logger that every copy of the package shares. */
export function sharedHub(create: () => Hub): Hub {
  return processState("hub", create);
}

const sequence: { next: number } = processState("sequence", () => ({ next: 1 }));

/** The next record's number: monotonic in the process, so that the order survives different sinks. */
export function nextSeq(): number {
  return sequence.next++;
}

/** Puts a changed list of handlers in force. */
export function setHandlers(hub: Hub, handlers: readonly HandlerEntry[]): void {
  hub.handlers = handlers;
  refreshHub(hub);
}

/** The application has put handlers in force: what was held for them follows. */
export function handlersCame(hub: Hub): void {
  hub.configured = true;
  hub.held?.handlersCame();
}

/** Computes anew what the hub derives from its handlers. */
export function refreshHub(hub: Hub): void {
  // Nobody knows yet what the handlers to come will ask for.
  let threshold = hub.held ? 0 : Number.POSITIVE_INFINITY;
  let callerThreshold = threshold;
  let keepsCalls = hub.held !== null || Boolean(hub.redact);
  let passesErrors = false;
  let foreign = false;
  for (const handler of hub.handlers) {
    if (handler.levelNo < threshold) threshold = handler.levelNo;
    if (handler.needsCaller && handler.levelNo < callerThreshold) callerThreshold = handler.levelNo;
    keepsCalls ||= handler.redacts;
    passesErrors ||= handler.passesErrors;
    foreign ||= handler.foreign;
  }
  const moved = threshold !== hub.threshold;
  hub.threshold = threshold;
  hub.accepting.clear();
  hub.callerThreshold = callerThreshold;
  hub.keepsCalls = keepsCalls;
  hub.passesErrors = passesErrors;
  const armed = foreign && hub.interceptions > 0;
  if (armed !== hub.armed) {
    hub.armed = armed;
    countArmed(armed ? 1 : -1);
  }
  if (moved) for (const listener of hub.thresholdListeners) listener();
}

/** Switches everything logged under a name on or off; rules below the name end. `null`: what has no name. */
export function setActivation(hub: Hub, name: string | null, active: boolean): void {
  if (name === null) {
    hub.unnamedActive = active;
    return;
  }
  for (const rule of [...hub.activation.keys()]) if (isWithin(rule, name)) hub.activation.delete(rule);
  if ((nearestRule(hub.activation, name) ?? true) !== active) hub.activation.set(name, active);
}

/** Does activation ask for a name at all? Without rules no call pays for one. */
export function asksForNames(hub: Hub): boolean {
  return hub.activation.size > 0 || !hub.unnamedActive;
}

/** Is what this module logs wanted? */
export function isActive(hub: Hub, name: string | null): boolean {
  return name === null ? hub.unnamedActive : (nearestRule(hub.activation, name) ?? true);
}

/**
 * Gives a record to each handler that wants it.
 *
 * @param source where an intercepted record came from and must not return to; `null` for our own records
 * @param throughOrigin true in tee mode: the origin has printed the record itself, so a sink that leads there is passed over
 */
export function dispatch(
  hub: Hub,
  record: LogRecord<object>,
  source: CrossingSource | null,
  throughOrigin: boolean,
): void {
  if (hub.held) {
    hub.held.keep(record, source, throughOrigin);
    return;
  }
  try {
    const shown = hub.redact ? hub.redact(record) : record;
    const handlers = hub.accepting.get(record._level.no) ?? handlersFor(hub, record._level.no);
    if (throughOrigin && source) handPrinted(hub, handlers, shown, source);
    else hand(hub, handlers, shown, source, throughOrigin);
  } finally {
    record._endOfCall();
  }
}

/** Gives a record to one handler, if it wants it; to no other one. */
export function dispatchTo(hub: Hub, handler: HandlerEntry, record: LogRecord<object>): void {
  try {
    if (record._level.no < handler.levelNo) return;
    hand(hub, [handler], hub.redact ? hub.redact(record) : record, null, false);
  } finally {
    record._endOfCall();
  }
}

// A function of its own, as all that make functions are here: what these see would be kept in an object that is made at each record.
function handPrinted(
  hub: Hub,
  handlers: readonly HandlerEntry[],
  record: LogRecord<object>,
  source: CrossingSource,
): void {
  whileArriving(source, record.message, () => hand(hub, handlers, record, source, true));
}

function hand(
  hub: Hub,
  handlers: readonly HandlerEntry[],
  record: LogRecord<object>,
  source: CrossingSource | null,
  throughOrigin: boolean,
): void {
  // By index: an iterator per record is not free, and the list is replaced, never changed.
  for (let index = 0; index < handlers.length; index++) {
    const handler = handlers[index] as HandlerEntry;
    if (throughOrigin && source && handler.leadsTo(source.bridge, source.target)) continue;
    if (currentLeg()) {
      if (isInside(handler)) {
        // What a sink's own library says through an intercepted logger is nobody's mistake.
        if (!source) warnOfReentrance(hub, handler);
        handler.dropped();
        continue;
      }
      if (source && leadsBack(handler, record.message)) continue;
    }
    if (hub.armed) handArmed(handler, record, source);
    else handler.handle(record);
  }
}

/** Where records may come back, the breaker has a say. */
function handArmed(handler: HandlerEntry, record: LogRecord<object>, source: CrossingSource | null): void {
  if (source && handler.foreign) {
    const passed = throughBreaker(handler, source, record.message, handler.failures, () => handler.handle(record));
    if (!passed) handler.dropped();
  } else if (!queueBehind(handler, record.message, () => handler.handle(record))) handler.handle(record);
}

/** Severities are few; where a program makes them up as it goes, the oldest are forgotten. */
const MOST_SEVERITIES = 100;

function handlersFor(hub: Hub, no: number): readonly HandlerEntry[] {
  const handlers = hub.handlers.filter((handler) => no >= handler.levelNo);
  if (hub.accepting.size >= MOST_SEVERITIES) hub.accepting.clear();
  hub.accepting.set(no, handlers);
  return handlers;
}

function warnOfReentrance(hub: Hub, handler: HandlerEntry): void {
  reportOnce(
    hub.warned,
    `inside ${handler.id}`,
    "LB1403",
    `something was logged from inside the sink of handler ${handler.id}; other handlers get it, this one does not, since it would call itself for ever`,
  );
}
