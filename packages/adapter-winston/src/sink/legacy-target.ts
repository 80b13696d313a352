import type { LogRecord } from "@logbridge/core";
import { HostLevels, levelFor, type WinstonLevels } from "../levels.ts";
import { type Info, LEVEL, type WinstonFormat, weightOf } from "../map/info.ts";
import { formattedWithError } from "../map/placed-error.ts";
import type { Host, Target } from "./target.ts";
import type { LegacyWinstonTransport } from "./transports.ts";
import { type Done, once, whenSettled } from "./watching.ts";

/** A transport of winston 2. winston's own wrapper ignores its callbacks and prints a notice; this one counts and is silent. */
export class LegacyTarget implements Target {
  readonly transport: {
    log(level: string, message: unknown, meta: Info, callback: Done): unknown;
    readonly level?: string;
    on(event: string, listener: (error: unknown) => void): unknown;
    close?(): void;
  };
  readonly #levels: WinstonLevels | undefined;
  readonly #host = new HostLevels();
  #open = 0;
  #sink: Host | null = null;

  constructor(transport: LegacyWinstonTransport, levels: WinstonLevels | undefined) {
    this.transport = transport as never;
    this.#levels = levels;
  }

  levelName(record: LogRecord): string {
    return this.#levels ? levelFor(record, this.#levels) : this.#host.nameOf(record);
  }

  open(sink: Host): void {
    this.#sink = sink;
    this.transport.on("error", (error) => sink.fail(error));
  }

  send(info: Info): boolean {
    const { transport } = this;
    const level = info[LEVEL] as string;
    const levels = this.#levels ?? this.#host.table;
    const threshold = transport.level ? levels[transport.level] : undefined;
    if (threshold !== undefined && threshold < (levels[level] ?? threshold)) return true;
    this.#open++;
    const done = once((error) => {
      this.#open--;
      if (error) this.#sink?.lose(error);
      this.#sink?.settled();
    });
    try {
      whenSettled(transport.log(level, info["message"], info, done), false, done);
    } catch (error) {
      done(error ?? new Error("the transport threw nothing"));
    }
    return true;
  }

  formatted(format: WinstonFormat, info: Info): Info | null {
    return formattedWithError(format, info);
  }

  weightOf(info: Info): number {
    return weightOf(info);
  }

  inFlight(): number {
    return this.#open;
  }

  async close(): Promise<void> {
    this.transport.close?.();
  }
}
