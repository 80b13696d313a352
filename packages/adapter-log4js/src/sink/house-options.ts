import type { Copy } from "../levels.ts";
import type { Log4jsAppenderSource } from "./appender.ts";

/** What a house is made with. */
export interface HouseOptions {
  readonly copy: Copy;
  /** The named appenders. */
  readonly named: Readonly<Record<string, Log4jsAppenderSource>>;
  /** Where they were given, for errors. */
  readonly place: string;
  /** How an error says where to give one that is missing. */
  readonly givePlace: (name: string) => string;
  /** May appenders be ended to prove that they have delivered? Absent: only those that log4js brings. */
  readonly remake?: boolean | undefined;
  /** The appenders belong to a running log4js, which ends them. */
  readonly shared?: boolean;
}
