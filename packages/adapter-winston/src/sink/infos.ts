import { isError, type LogRecord } from "@logbridge/core";
import type { WinstonLevels } from "../levels.ts";
import { type Info, LEVEL, MESSAGE, type WinstonFormat } from "../map/info.ts";
import { additionsTo, enrichedInfo, freshInfo, type Remembered, rememberedOf } from "../map/remembered.ts";
import { defaultLine, infoOf, RESERVED, winstonLine } from "../map.ts";
import type { Target } from "./target.ts";

/** What the transports of a logger have in common. */
export interface Common {
  readonly levels: WinstonLevels;
  readonly format: WinstonFormat | null;
  readonly defaultMeta: object | null;
}

/** How the logger whose transports these are stands now. */
export type LoggerPart = Omit<Common, "levels">;

/**
 * A record as the info that a transport gets, behind the format of its logger; `null`: that dropped it.
 *
 * What winston itself had made of a call is given back as it was, as long as nobody has changed the record since.
 *
 * @param owner the root logger that the transport belongs to, where all of its transports are hosted
 */
export function infoFor(record: LogRecord, target: Target, part: LoggerPart, owner: object | null): Info | null {
  const said = rememberedOf(record);
  const again = said && saidAgain(record, said, target, part, owner);
  if (again && !again.format) return again.info;
  const { format } = target.transport as { readonly format?: unknown };
  const formatted = Boolean(part.format || format);
  const info = again ? again.info : infoOf(record, target.levelName(record), part.defaultMeta, formatted);
  if (again && !part.format) info[MESSAGE] ??= winstonLine(info);
  return part.format ? target.formatted(part.format, info) : info;
}

/** What winston made, and whether it is to be formatted; `null`: the record is another by now, or another logger's. */
function saidAgain(
  record: LogRecord,
  said: Remembered,
  target: Target,
  { format, defaultMeta }: LoggerPart,
  owner: object | null,
): { readonly info: Info; readonly format: boolean } | null {
  const { logger, line, info } = said;
  if (logger !== null && logger !== owner) return null;
  const additions = additionsTo(record, said);
  const made = line?.info ?? info;
  if (!additions || !made || made[LEVEL] !== target.levelName(record)) return null;
  const added = Object.keys(additions);
  if (line && added.length === 0 && (logger !== null || line.format === format))
    return { info: freshInfo(line.info), format: false };
  // Names that formats read for themselves, and the mark of uncaught errors, are not bound into winston's own infos.
  if (!info || added.some((key) => RESERVED.has(key) || key === "exception")) return null;
  const meta = logger === null && defaultMeta ? { ...defaultMeta, ...additions } : additions;
  return { info: enrichedInfo(freshInfo(info), meta, record), format: true };
}

/** An info for one more transport. */
export function infoAgain(info: Info): Info {
  return isError(info) ? freshInfo(info) : { ...info };
}

/** File, Console and Stream print this text alone. */
export function finished(info: Info | null, { transport }: Target): Info | null {
  const { format } = transport as { readonly format?: unknown };
  if (info && info[MESSAGE] === undefined && !format) info[MESSAGE] = defaultLine(info);
  return info;
}
