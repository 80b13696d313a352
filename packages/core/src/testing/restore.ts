import { activeInterceptions } from "../bridge/interception.ts";
import { LogbridgeTypeError, shown } from "../diagnostics.ts";
import { type Hub, refreshHub, setHandlers } from "../hub.ts";
import { logger as shared } from "../logger/create.ts";
import { openDefaultHandler } from "../logger/default-handler.ts";
import { isLogger, type Logger } from "../logger/logger.ts";

/** How a logger was set up at one time. */
export interface LoggingSnapshot {
  /**
   * Sets the logger up as it was: ends what has come since (handlers, interceptions, activation), and puts back levels' colours
   * and icons, handlers' levels, `extra`, the patcher and `redact`. Handlers that were removed stay so, but for handler 0 of the
   * global logger; levels that were added stay. Resolves when the handlers that it removed are closed, and never rejects.
   */
  restore(): Promise<void>;
}

/**
 * Remembers how a logger is set up now. Interceptions are those of the process.
 *
 * @param logger default: the global `logger`
 * @throws LogbridgeTypeError LB1057 for what is no logger
 * @example
 * const before = snapshotLogging();
 * afterEach(() => before.restore());
 */
export function snapshotLogging(logger: Logger<object> = shared): LoggingSnapshot {
  if (!isLogger(logger))
    throw new LogbridgeTypeError("LB1057", `snapshotLogging(): expected a logbridge logger, got ${shown(logger)}`);
  const { hub } = logger._core;
  const interceptions = new Set(activeInterceptions());
  const handlers = hub.handlers.map((handler) => [handler, handler.levelNo] as const);
  const levels = new Map(hub.levels);
  const activation = new Map(hub.activation);
  const { extra, patcher, redact, unnamedActive, configured, held } = hub;
  return {
    restore() {
      for (const one of [...activeInterceptions()].reverse()) if (!interceptions.has(one)) one.restore();
      for (const [name, level] of levels) hub.levels.set(name, level);
      hub.activation.clear();
      for (const [name, active] of activation) hub.activation.set(name, active);
      Object.assign(hub, { extra, patcher, redact, unnamedActive, configured });
      const closed = restoreHandlers(hub, handlers);
      if (hub.held !== held) hub.held?.handlersCame();
      return closed;
    },
  };
}

async function restoreHandlers(
  hub: Hub,
  before: readonly (readonly [Hub["handlers"][number], number])[],
): Promise<void> {
  const known = before.map(([handler]) => handler);
  const gone = hub.handlers.filter((handler) => !known.includes(handler));
  const kept = known.filter((handler) => hub.handlers.includes(handler));
  setHandlers(hub, []);
  if (hub === shared._core.hub && known[0]?.id === 0 && kept[0]?.id !== 0) {
    const next = hub.nextId;
    hub.nextId = 0;
    openDefaultHandler(hub);
    hub.nextId = next;
  }
  setHandlers(hub, [...hub.handlers, ...kept]);
  for (const [handler, level] of before)
    if (kept.includes(handler) && handler.levelNo !== level) handler.update({ level });
  refreshHub(hub);
  await Promise.allSettled(gone.map((handler) => handler.close()));
}

const atLoad = snapshotLogging();

/**
 * Sets the global logger up as it was when this module was loaded: disposes what a test file has left behind.
 *
 * @example
 * afterAll(restoreLogging);
 */
export function restoreLogging(): Promise<void> {
  return atLoad.restore();
}
