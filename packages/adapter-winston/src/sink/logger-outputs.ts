import type { LogRecord } from "@logbridge/core";
import { ownLevel } from "../intercept/follower.ts";
import type { WinstonLevels } from "../levels.ts";
import { rememberedOf, type UncaughtKind } from "../map/remembered.ts";
import { hosting } from "./hosting.ts";
import type { Target } from "./target.ts";
import { isLegacyTransport, isWinstonTransport } from "./transports.ts";

/** A transport of a winston logger. */
export interface LoggerOutput {
  readonly transport: object;
  /** It gets these uncaught errors and nothing else; `null`: it gets what is logged. */
  readonly uncaught: ReadonlySet<UncaughtKind> | null;
}

/** What is piped to a logger: a transport, or winston's wrapper of one. */
interface Piped {
  readonly transport?: unknown;
  readonly levels?: unknown;
  readonly handleExceptions?: unknown;
  readonly handleRejections?: unknown;
}

/** All transports of a logger, those for uncaught errors too. */
export function outputsOf(piped: readonly unknown[]): LoggerOutput[] {
  const outputs: LoggerOutput[] = [];
  const uncaught = new Map<object, Set<UncaughtKind>>();
  for (const one of piped) {
    if (isWinstonTransport(one)) {
      outputs.push({ transport: one, uncaught: null });
      continue;
    }
    const { transport, levels, handleExceptions, handleRejections } = (one ?? {}) as Piped;
    if (levels && isLegacyTransport(transport)) outputs.push({ transport, uncaught: null });
    else if (!levels && (isWinstonTransport(transport) || isLegacyTransport(transport))) {
      const kinds = uncaught.get(transport) ?? new Set<UncaughtKind>();
      if (handleExceptions) kinds.add("exception");
      if (handleRejections) kinds.add("rejection");
      if (!uncaught.has(transport)) outputs.push({ transport, uncaught: kinds });
      uncaught.set(transport, kinds);
    }
  }
  return outputs;
}

/** A logger as its outputs know it. */
export interface Owner {
  readonly silent?: boolean;
  readonly level: string;
  readonly levels: WinstonLevels;
}

/** Would the logger's transport get this record, as winston decides it? */
export function isMeant(record: LogRecord, owner: Owner, output: LoggerOutput, target: Target): boolean {
  if (owner.silent) return false;
  const said = rememberedOf(record);
  // The logger that spoke has outputs of its own.
  if (said?.logger && said.logger !== owner && hosting.has(said.logger)) return false;
  const kind = said?.uncaught ?? uncaughtOf(record);
  if (output.uncaught) return kind !== null && output.uncaught.has(kind);
  const { level, handleExceptions } = output.transport as {
    readonly level?: string;
    readonly handleExceptions?: unknown;
  };
  if (kind === "exception" && said?.logger === owner && !handleExceptions) return false;
  if (level) return true;
  const threshold = ownLevel(owner);
  const { levels } = owner;
  return !threshold || (levels[threshold] as number) >= (levels[target.levelName(record)] as number);
}

/** A facade marks them as winston does. */
function uncaughtOf({ origin, extra }: LogRecord): UncaughtKind | null {
  if (origin?.name !== "winston") return null;
  if (extra["exception"] === true) return "exception";
  return extra["rejection"] === true ? "rejection" : null;
}
