import type { HostedStream, LogRecord } from "@logbridge/core";
import type { Info, WinstonFormat } from "../map/info.ts";

/** Who hosts a target, as the target knows it. */
export interface Host {
  /** The target takes infos again. */
  ready(): void;
  /** Something that was handed over is delivered. */
  settled(): void;
  fail(error: unknown): void;
  /** A record that was handed over has failed. */
  lose(error: unknown): void;
}

/** Where a sink hands its infos over. */
export interface Target extends HostedStream<Info> {
  readonly transport: object;
  /** The level's name on that side. */
  levelName(record: LogRecord): string;
  /** What a format makes of an info. `null`: it was dropped, or lost and reported. */
  formatted(format: WinstonFormat, info: Info): Info | null;
  /** Takes part in what happens there; gives how to leave. */
  open(sink: Host): void;
  /** What the transport itself does to send what it holds. */
  flush?(): Promise<void>;
  /** Writes out at exit what can be written without waiting. */
  flushSync?(): void;
  close(): Promise<void>;
}
