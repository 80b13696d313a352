import type { EventEmitter } from "node:events";
import { type Bridge, type FacadePort, type Logger, openFacade } from "@logbridge/core";
import { FACADE } from "../map/their-logger.ts";
import type { LevelTable } from "./level-table.ts";
import type { Ways } from "./ways.ts";

/** The way in of every facade. Who wraps a logger of pino is no caller. */
export const BRIDGE: Bridge = { name: "pino", packages: ["nestjs-pino", "@nestjs/common"], mode: "replace" };

/** A logger of ours with the face of a pino logger. */
export interface PinoFacade extends EventEmitter, Record<string, unknown> {
  readonly _state: FacadeState;
  level: string;
  /** Called with each new child. */
  onChild(child: PinoFacade): void;
}

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

/** The way in, opened at its first use. */
export function portOf(state: FacadeState): FacadePort {
  state.port ??= openFacade(BRIDGE, state.logger);
  return state.port;
}
