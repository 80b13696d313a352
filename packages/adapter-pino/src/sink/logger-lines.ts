import type { LogRecord } from "@logbridge/core";
import { passes } from "../intercept/followed-level.ts";
import { outboundLevel } from "../levels.ts";
import { hosted } from "../map/hosted.ts";
import type { Line } from "../map/line.ts";
import { isUnchanged, remembered } from "../map/remembered.ts";
import { type PinoLogger, rootOf, textStringifierOf } from "../map/their-logger.ts";
import { Shadow } from "../propagate/shadow.ts";

/** The lines of a logger whose stream is a sink: those that it has written itself as they are, others as it would write them. */
export class LoggerLines {
  readonly redacts: boolean;
  readonly #logger: PinoLogger;
  readonly #root: object;
  readonly #shadow: Shadow;

  constructor(logger: PinoLogger) {
    this.#logger = logger;
    this.#root = rootOf(logger);
    this.#shadow = new Shadow(logger);
    this.redacts = textStringifierOf(logger) !== undefined;
  }

  /** From here on what the logger itself says comes to this sink, and to those of no other logger. */
  open(): () => void {
    return hosted.begin(this.#root);
  }

  /** `null`: the logger's stream does not get the record. */
  line(record: LogRecord): Line | null {
    const known = remembered(record);
    const from = known?.from ?? null;
    if (from && from.root !== this.#root && hosted.has(from.root)) return null;
    const isOwn = from?.root === this.#root;
    const written = isOwn && known?.written && isUnchanged(record, known.written.captured) ? known.written.line : null;
    const number = written ? written.number : outboundLevel(record, this.#logger.levels).number;
    if (!passes(isOwn && from ? from.logger : this.#logger, number)) return null;
    return written ?? this.#shadow.line(record, isOwn);
  }
}
