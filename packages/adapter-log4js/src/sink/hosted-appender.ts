import { LogbridgeError, type LogRecord, type Sink, type SinkNeeds } from "@logbridge/core";
import { addSuccess, type Copy, copyOf, type Log4jsLevel, levelFor, standardLevel } from "../levels.ts";
import { eventOf } from "../map.ts";
import { isLog4jsLogger } from "../propagate.ts";
import type { Log4jsAppenderSource } from "./appender.ts";
import type { AppenderHouse } from "./house.ts";
import type { Resident, Route } from "./resident.ts";
import type { Tenant } from "./tenant.ts";

/** What a hosted appender is made with. */
export interface HostedAppenderOptions {
  readonly copy: Copy;
  readonly house: AppenderHouse;
  /** The appender, or its name in the house. */
  readonly appender: { readonly source: Log4jsAppenderSource; readonly caller: string } | { readonly name: string };
  /** Which categories' events say where they were logged; absent: all. */
  readonly located?: (category: string) => boolean;
  /** Does any category's? Default `true`. */
  readonly needsCaller?: boolean;
  /** The category of a record's event. Default: the record's name. */
  readonly category?: (record: LogRecord) => string;
  /** The appender belongs to a running log4js, whose categories decide what it gets. */
  readonly resident?: Resident;
}

/** Hosts one appender as log4js would, apart from every category. */
export class HostedAppender implements Sink, Tenant {
  readonly needs: SinkNeeds;
  readonly #options: HostedAppenderOptions;
  unproven = 0;
  waiting = 0;
  promised = 0;
  #dropped = 0;
  /** How many handlers write here: one sink may be added to several loggers, and again after its removal. */
  #users = 0;
  #wasClosed = false;
  #overflowing = false;
  #fail: ((error: unknown) => void) | null = null;
  readonly #early: unknown[] = [];

  constructor(options: HostedAppenderOptions) {
    const { copy, house, appender, needsCaller = true } = options;
    this.#options = options;
    this.needs = { text: false, caller: needsCaller };
    addSuccess(copy.levels);
    if ("name" in appender) house.admitNamed(this, appender.name);
    else house.admit(this, appender.source, appender.caller);
  }

  attach(fail: (error: unknown) => void): void {
    const { house, resident } = this.#options;
    if (this.#users === 0 && this.#wasClosed) {
      house.readmit(this);
      this.#dropped = 0;
    }
    this.#users++;
    this.#fail = fail;
    resident?.enter();
    for (const error of this.#early.splice(0)) fail(error);
  }

  write(_text: string, record: LogRecord): void {
    const level = levelFor(record, this.#options.copy.levels);
    const { category, times } = this.#routeOf(record, level);
    for (let left = times; left > 0; left--) this.#hand(record, level, category);
  }

  #routeOf(record: LogRecord, level: Log4jsLevel): Route {
    const { category, resident } = this.#options;
    if (resident) return resident.routeOf(record, level);
    return { category: category?.(record) ?? (record.name || "default"), times: 1 };
  }

  #hand(record: LogRecord, level: Log4jsLevel, category: string): void {
    const { copy, house, located } = this.#options;
    const isTaken = house.hand(this, (append) => {
      const give = (as: Log4jsLevel): unknown =>
        append(eventOf(record, copy, category, as, located?.(category) ?? true) as never);
      try {
        give(level);
      } catch (error) {
        // Some appenders know the six levels only, and throw at SUCCESS or at one of the application's own.
        const known = standardLevel(level, copy.levels);
        if (!known) throw error;
        give(known);
      }
    });
    if (!isTaken) this.#overflow();
    else if (this.waiting === 0) this.#overflowing = false;
  }

  flush(): Promise<void> {
    return this.#options.house.prove();
  }

  flushSync(): void {
    this.#options.house.drainSync();
  }

  close(): Promise<void> {
    const { house, resident } = this.#options;
    if (--this.#users > 0) return house.prove();
    this.#wasClosed = true;
    resident?.leave();
    return house.leave(this, () => this.#users <= 0);
  }

  pending(): number {
    return this.unproven + this.waiting + this.promised;
  }

  dropped(): number {
    return this.#dropped;
  }

  leadsTo(bridge: string, target: unknown): boolean {
    const { appender } = this.#options;
    const source = "source" in appender ? appender.source : null;
    if (bridge !== "log4js" || typeof source !== "function" || !isLog4jsLogger(target)) return false;
    return copyOf(target)?.categories.appendersForCategory(target.category)?.includes(source) ?? false;
  }

  failed(error: unknown): void {
    this.#dropped++;
    this.#report(error);
  }

  lost(error: unknown): void {
    this.#dropped += this.unproven;
    this.unproven = 0;
    this.#report(error);
  }

  #overflow(): void {
    this.#dropped++;
    if (this.#overflowing) return;
    this.#overflowing = true;
    this.#report(
      new LogbridgeError(
        "LB1534",
        "100,000 records wait for an appender that is being ended; further ones are dropped and counted",
      ),
    );
  }

  #report(error: unknown): void {
    if (this.#fail) this.#fail(error);
    else this.#early.push(error);
  }
}
