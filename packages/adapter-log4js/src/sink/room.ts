import { StreamsBehind } from "@logbridge/core";
import { configOf, type Log4jsAppender, type Log4jsAppenderSource } from "./appender.ts";

/** One appender of a house. */
export interface Room {
  readonly source: Log4jsAppenderSource;
  /** Where the source was given, for errors. */
  readonly caller: string;
  /** The type of its configuration. */
  readonly type: unknown;
  /** Made from a configuration, so that it can be ended and made again; else it is somebody else's function. */
  readonly remade: boolean;
  /** Its `shutdown` resolves when it has delivered, so that it may be ended to prove that. */
  readonly proves: boolean;
  /** Listens to other processes, which its end would cut off. What it writes has left the moment that it is written. */
  readonly stays: boolean;
  /** The appenders that it has asked for by name. */
  readonly behind: Set<Room>;
  /** The way in, which stays right when the appender is ended and made again. */
  readonly enter: Log4jsAppender;
  appender: Log4jsAppender | null;
  state: "new" | "being made" | "open" | "ending" | "ended";
  /** Events that it was given and that nothing has proved to be delivered. */
  unproven: number;
  /** It has no end, and was given something since its streams were last seen empty. */
  isPrinting: boolean;
  /** When it was last given an event, on the clock of `performance`. */
  lastMs: number;
  /** Where it writes to. */
  readonly streams: StreamsBehind;
}

/** The types that log4js brings and whose `shutdown` calls back when all is delivered. */
const TRUTHFUL: ReadonlySet<unknown> = new Set(["file", "dateFile", "multiFile", "tcp", "multiprocess"]);

/**
 * A room whose appender is not made yet.
 *
 * @param remake may it be ended to prove that it has delivered? Absent: where log4js brings its type
 */
export function newRoom(
  source: Log4jsAppenderSource,
  caller: string,
  remake: boolean | undefined,
  enter: Log4jsAppender,
): Room {
  const config = configOf(source, caller);
  return {
    source,
    caller,
    type: config?.type,
    remade: config !== null,
    proves: config !== null && (remake ?? TRUTHFUL.has(config.type)),
    stays: config?.type === "multiprocess" && config["mode"] === "master",
    behind: new Set(),
    enter,
    appender: null,
    state: "new",
    unproven: 0,
    isPrinting: false,
    lastMs: 0,
    streams: new StreamsBehind(),
  };
}

/** A room and all that are behind it. */
export function reach(room: Room, seen: Set<Room> = new Set()): readonly Room[] {
  if (!seen.has(room)) {
    seen.add(room);
    for (const inner of room.behind) reach(inner, seen);
  }
  return [...seen];
}
