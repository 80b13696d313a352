import type { Bridge, InboundPort, Origin } from "@logbridge/core";
import { inboundLevel } from "../levels.ts";
import { hosted } from "../map/hosted.ts";
import type { Line } from "../map/line.ts";
import { captured, remember } from "../map/remembered.ts";
import { objectOf } from "../map/taken-error.ts";
import { rootOf } from "../map/their-logger.ts";
import type { Understood, Written } from "../map/written.ts";
import { readFormatted, readRaw } from "../map.ts";
import { timeOf } from "./line-time.ts";

export const BRIDGE: Bridge = {
  name: "pino",
  packages: ["pino", "pino-std-serializers", "sonic-boom", "thread-stream", "pino-http"],
  mode: "tee",
  caller: "interceptPino()",
};

/** Where a record came from. The line is there for who reads it, and in no JSON: it would double each record's size. */
class PinoOrigin implements Origin {
  readonly name: string = BRIDGE.name;
  readonly level: { readonly name: string; readonly no: number };
  readonly #line: string;

  constructor(level: { readonly name: string; readonly no: number }, line: string) {
    this.level = level;
    this.#line = line;
  }

  get line(): string {
    return this.#line;
  }
}

/** What became of a line: taken; below what anybody wants; the output of a sink that is running. */
export type Taken = "taken" | "unwanted" | "echo";

/** Takes one record in. */
export function take(port: InboundPort, written: Written, skip: (...args: never[]) => unknown): Taken {
  const { logger, number, line } = written;
  const label = logger.levels.labels[number];
  const known = label === undefined ? null : port.levelNamed(label);
  const level = known ?? inboundLevel(number, logger.levels);
  if (!port.wants(level.no)) return "unwanted";
  const said = port.stage === "raw" ? readRaw(written) : readFormatted(written);
  const { message, fields, error, name } = said;
  const origin = new PinoOrigin({ name: label ?? String(number), no: number }, line.trimEnd());
  note(origin, level, written, said);
  const isTaken = port.deliver(
    {
      target: logger,
      level,
      message,
      fields,
      ...(error && { error: error.value }),
      timeMs: timeOf(written.time),
      name,
      origin,
    },
    skip,
  );
  return isTaken ? "taken" : "echo";
}

/** Sinks of the very logger write the line as it is; others need to know whose it is. */
function note(
  origin: Origin,
  level: { readonly name: string; readonly no: number },
  { logger, object, text, number, time, line }: Written,
  { message, fields, error, isTextless }: Understood,
): void {
  const root = rootOf(logger);
  const label = logger.levels.labels[number] ?? String(number);
  const made = (): Line => ({
    label,
    number,
    line,
    object: objectOf(object) as Line["object"],
    message: text as string,
    time: time.slice(time.indexOf(":") + 1),
    logger,
  });
  remember(origin, {
    from: { logger, root },
    invented: isTextless ? message : null,
    written: hosted.has(root) ? { line: made(), captured: captured(message, level, fields, error) } : null,
  });
}
