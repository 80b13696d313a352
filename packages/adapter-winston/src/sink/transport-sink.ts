import { LogbridgeError, type LogRecord, report, type Sink, SinkHost } from "@logbridge/core";
import type { Info } from "../map/info.ts";
import { rootOf } from "../propagate/winston-logger.ts";
import { hosting } from "./hosting.ts";
import type { Host, Target } from "./target.ts";

/** Makes the info that a record is for one transport. `null`: a format dropped it. */
export type Make = (record: LogRecord, target: Target) => Info | null;

/** Hosts one transport as winston's logger would, with a queue of its own. */
export class TransportSink implements Sink, Host {
  readonly needs = { text: false } as const;
  readonly #target: Target;
  readonly #make: Make;
  readonly #host: SinkHost<Info>;
  #report: ((error: unknown) => void) | null = null;
  #lost = 0;
  #deathTold = false;

  readonly #owner: object | null;
  #endHosting: (() => void) | null = null;

  /** @param owner the root logger, where all of its transports are hosted */
  constructor(target: Target, make: Make, owner: object | null = null) {
    this.#target = target;
    this.#make = make;
    this.#owner = owner;
    this.#host = new SinkHost<Info>(target, { fail: (error) => this.fail(error) });
    target.open(this);
  }

  attach(fail: (error: unknown) => void): void {
    this.#report = fail;
    this.#endHosting ??= hosting.begin(this.#owner);
    if ((this.#target.transport as { readonly maxsize?: unknown }).maxsize)
      report(
        "LB1511",
        "winston's File transport with maxsize loses records in bursts by itself (1,000 lines before it has opened: none arrive); use a transport that rotates by date or size, such as winston-daily-rotate-file",
      );
  }

  write(_text: string, record: LogRecord): void {
    const info = this.#make(record, this.#target);
    if (!info) return;
    if (this.#target.isDead?.() && !this.#deathTold) {
      this.#deathTold = true;
      this.fail(
        new LogbridgeError(
          "LB1515",
          "the transport was ended or destroyed by somebody else; what is logged from here on is dropped and counted",
        ),
      );
    }
    this.#host.push(info);
  }

  async flush(): Promise<void> {
    await this.#host.flush();
    await this.#target.flush?.();
  }

  /** At exit: everything is handed over, and what the transport's file still waits for is written. */
  flushSync(): void {
    // Each round hands over at least one, or nothing is left: a record that is delivered counts less than one on its way.
    const left = (): number => 2 * this.#host.pending() - this.#target.inFlight();
    for (let before = Number.POSITIVE_INFINITY, now = left(); now < before; before = now, now = left()) {
      this.#host.ready();
      this.#target.flushSync?.();
    }
  }

  close(): Promise<void> {
    this.#endHosting?.();
    this.#endHosting = null;
    return this.#target.close();
  }

  pending(): number {
    return this.#host.pending();
  }

  dropped(): number {
    return this.#host.dropped() + this.#lost;
  }

  leadsTo(bridge: string, target: unknown): boolean {
    if (bridge !== "winston" || typeof target !== "object" || target === null) return false;
    const { transport } = this.#target;
    if (target === transport) return true;
    const { transports = [] } = rootOf(target) as {
      readonly transports?: readonly ({ readonly transport?: unknown } | null)[];
    };
    return transports.some((one) => one === transport || one?.transport === transport);
  }

  ready(): void {
    this.#host.ready();
  }

  settled(): void {
    this.#host.settled();
  }

  fail(error: unknown): void {
    this.#report?.(error);
  }

  /** A record that was handed over has failed. */
  lose(error: unknown): void {
    this.#lost++;
    this.fail(error);
  }
}
