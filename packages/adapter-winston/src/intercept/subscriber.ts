import type { Bridge, InboundPort, Logger } from "@logbridge/core";
import type { WinstonLevels } from "../levels.ts";
import type { WinstonFormat } from "../map/info.ts";

export const BRIDGE: Bridge = {
  name: "winston",
  packages: ["winston", "winston-transport", "logform", "triple-beam", "readable-stream"],
  mode: "tee",
  caller: "interceptWinston()",
};

/** A transport as it decides whether it prints. */
export interface Output {
  readonly level?: string;
  readonly levels?: WinstonLevels;
  readonly parent?: { readonly level?: string } | null;
  readonly silent?: boolean;
  readonly transport?: unknown;
}

/** A logger as the hooks meet it. */
export interface Self {
  silent?: boolean;
  readonly levels: WinstonLevels;
  level: string;
  format: WinstonFormat;
  readonly transports: readonly Output[];
  _writableState: { sync: boolean; readonly ending?: boolean };
}

/** Who listens. */
export interface Subscriber {
  /** Where its records go. */
  readonly logger: Logger;
  readonly port: InboundPort;
  /** Their level is ours: set at the first meeting, back at the end. `null`: their own level decides. */
  readonly follower: Follower | null;
  concerns(self: object): boolean;
}

/** Sets the level of loggers to our lowest threshold for as long as it is asked for. */
export interface Follower {
  meet(logger: Self): void;
  end(): void;
}
