import { LogbridgeError } from "@logbridge/core";
import type { LoggingEvent } from "log4js";
import type { Log4jsAppender, Log4jsAppenderSource } from "./appender.ts";
import { drained } from "./draining.ts";
import { endRooms, mustEnd } from "./ending.ts";
import type { HouseOptions } from "./house-options.ts";
import { borrow, isShut } from "./lent-functions.ts";
import { makeAppender } from "./making.ts";
import { drainAtExit, noting } from "./rolling-file.ts";
import { newRoom, type Room, reach } from "./room.ts";
import type { Give, Tenant } from "./tenant.ts";
import { UnderWay } from "./under-way.ts";

const CAPACITY = 100_000;
const MOST_ROUNDS = 5;

/**
 * Appenders that belong together: one that filters, and the one behind it, which others may write to as well. Each is made once.
 *
 * Only `shutdown` tells when an appender has delivered, and it ends it: what log4js itself brings is made again from its configuration
 * for the next event. What comes meanwhile waits. Others may cut off at their end what is under way; they are ended at the end alone.
 */
export class AppenderHouse {
  readonly #options: HouseOptions;
  readonly #named = new Map<string, Room>();
  readonly #rooms = new Set<Room>();
  readonly #tenants = new Map<Tenant, Room>();
  /** Also of those that have left: they may come back. */
  readonly #homes = new WeakMap<Tenant, Room>();
  readonly #underWay = new UnderWay();
  /** Events that were given to an appender which must be ended, so that a tenant sees whether its own was one. */
  #given = 0;
  /** What waits while appenders are being ended. */
  #waiting: (() => void)[] | null = null;
  #tail: Promise<void> = Promise.resolve();

  constructor(options: HouseOptions) {
    this.#options = options;
  }

  /**
   * Makes the appender of a tenant, at once, so that a mistake in a configuration is an error of the call.
   *
   * @param caller where the source was given, for errors
   */
  admit(tenant: Tenant, source: Log4jsAppenderSource, caller: string): void {
    this.#enter(tenant, this.#roomFor(source, caller));
  }

  /** The same for a named appender, which others may have asked for already. */
  admitNamed(tenant: Tenant, name: string): void {
    this.#enter(tenant, this.#roomNamed(name));
  }

  #enter(tenant: Tenant, room: Room): void {
    this.#open(room);
    this.#tenants.set(tenant, room);
    this.#homes.set(tenant, room);
  }

  /**
   * A tenant that has left comes back, to an appender that is made again for the next event.
   *
   * @throws LogbridgeError LB1531 for a function that was shut down, which nothing makes again
   */
  readmit(tenant: Tenant): void {
    const room = this.#homes.get(tenant) as Room;
    if (isShut(room.source) && mustEnd(room.source as Log4jsAppender))
      throw new LogbridgeError(
        "LB1531",
        `${room.caller}: the appender function was shut down when its sink was removed, and cannot be made again; add a sink of a configuration or of a module { configure }`,
      );
    this.#tenants.set(tenant, room);
  }

  /** Hands an event over, now or when the appenders are there again. `false`: too many wait already, and it is lost. */
  hand(tenant: Tenant, give: Give): boolean {
    if (!this.#waiting) {
      this.#give(tenant, give);
      return true;
    }
    if (this.#waiting.length >= CAPACITY) return false;
    tenant.waiting++;
    this.#waiting.push(() => {
      tenant.waiting--;
      try {
        this.#give(tenant, give);
      } catch (error) {
        tenant.failed(error);
      }
    });
    return true;
  }

  /** Resolves when everything is delivered that can be proved to be, and each tenant knows. */
  prove(): Promise<void> {
    return this.#then(async () => {
      if (!this.#options.shared && this.#unproven().length > 0) {
        this.#waiting = [];
        const failures = new Map<Room, unknown>();
        // One that hands on at its end makes another unproven.
        for (let left = MOST_ROUNDS; left > 0 && this.#unproven().length > 0; left--)
          for (const [room, error] of await endRooms(this.#unproven())) failures.set(room, error);
        this.#settle(failures);
        this.#resume();
      }
      await this.#drain();
    });
  }

  /**
   * The tenant hands nothing over any more. What nobody else writes to is ended.
   *
   * @param isGone `false`: it has come back before its turn
   */
  leave(tenant: Tenant, isGone: () => boolean): Promise<void> {
    return this.#then(async () => {
      if (!isGone()) return this.#drain();
      const room = this.#tenants.get(tenant);
      this.#tenants.delete(tenant);
      await this.#drain();
      if (!room || this.#options.shared) return;
      const kept = new Set([...this.#tenants.values()].flatMap((one) => reach(one)));
      const left = reach(room).filter((one) => one.state === "open" && (!kept.has(one) || one.unproven > 0));
      this.#waiting = [];
      const failures = await endRooms(left.filter((one) => one.proves || !kept.has(one)));
      this.#settle(failures);
      tenant.unproven = 0;
      this.#resume();
      for (const error of failures.values()) throw error;
    });
  }

  /** At the end of the process: writes out what files hold, and what waits for them. */
  drainSync(): void {
    for (const room of this.#rooms) {
      drainAtExit(room);
      // Nobody will call back any more: what waits goes to an appender that is made anew.
      if (room.state !== "ending") continue;
      room.state = "ended";
      room.appender = null;
    }
    if (this.#waiting?.length) {
      this.#resume();
      for (const room of this.#rooms) drainAtExit(room);
    }
  }

  /** Ends what was made, where another one could not be made. */
  abandon(): Promise<unknown> {
    return endRooms([...this.#rooms].filter((room) => room.remade && room.state === "open"));
  }

  /** After everything that is under way, whatever became of that. */
  #then(work: () => Promise<void>): Promise<void> {
    const done = this.#tail.then(work);
    this.#tail = done.catch(() => {});
    return done;
  }

  #give(tenant: Tenant, give: Give): void {
    const room = this.#tenants.get(tenant);
    if (!room) return;
    const before = this.#given;
    try {
      this.#underWay.for(tenant, () => give(room.enter));
    } finally {
      if (this.#given > before) tenant.unproven++;
    }
  }

  #roomNamed(name: string): Room {
    let room = this.#named.get(name);
    if (!room) {
      const { named, place } = this.#options;
      room = this.#roomFor(named[name] as Log4jsAppenderSource, `${place}.${name}`);
      this.#named.set(name, room);
    }
    return room;
  }

  #roomFor(source: Log4jsAppenderSource, caller: string): Room {
    const room = newRoom(source, caller, this.#options.remake, (event) => {
      if (room.state === "ending" && this.#waiting)
        this.#waiting.push(this.#underWay.bound(() => this.#append(room, event)));
      else this.#append(room, event);
    });
    this.#rooms.add(room);
    return room;
  }

  #append(room: Room, event: LoggingEvent): void {
    const appender = this.#open(room);
    // Each of its events may go to a file of its own.
    if (room.type === "multiFile") room.streams.changed();
    const result = room.streams.during(() => noting(room, this.#options.copy, () => appender(event)));
    if (room.stays) return;
    room.lastMs = performance.now();
    const isPromised = this.#underWay.watch(result);
    if (!mustEnd(appender)) room.isPrinting = true;
    // A promise tells of this very event when it is delivered, and whether.
    else if (!isPromised) {
      room.unproven++;
      this.#given++;
    }
  }

  #open(room: Room): Log4jsAppender {
    if (room.appender && room.state === "open") return room.appender;
    if (room.state === "being made")
      throw new LogbridgeError("LB1532", `${room.caller}: the appender refers to itself`);
    const { copy, named, givePlace } = this.#options;
    // False, not an error, for a name that is unknown: some appenders call this with the text of an error.
    const find = (name: string): Log4jsAppender | false => {
      if (!Object.hasOwn(named, name)) return false;
      const inner = this.#roomNamed(name);
      room.behind.add(inner);
      this.#open(inner);
      return inner.enter;
    };
    const again = room.state === "ended";
    room.state = "being made";
    try {
      room.appender = makeAppender(room.source, { copy, named, givePlace, find, again, caller: room.caller });
      room.state = "open";
      if (!room.remade) borrow(room.source);
      return room.appender;
    } finally {
      if (room.state === "being made") room.state = again ? "ended" : "new";
    }
  }

  #unproven(): readonly Room[] {
    return [...this.#rooms].filter((room) => room.proves && room.unproven > 0 && room.state === "open");
  }

  async #drain(): Promise<void> {
    const printing = [...this.#rooms].filter((room) => room.isPrinting);
    for (const room of printing) room.isPrinting = false;
    await this.#underWay.settled();
    await drained(printing.map(({ streams }) => streams));
  }

  #settle(failures: ReadonlyMap<Room, unknown>): void {
    for (const [tenant, room] of this.#tenants) {
      const rooms = reach(room);
      const failed = rooms.find((one) => failures.has(one));
      if (failed) tenant.lost(failures.get(failed));
      if (rooms.every(({ unproven }) => unproven === 0)) tenant.unproven = 0;
    }
  }

  #resume(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const run of waiting) run();
  }
}
