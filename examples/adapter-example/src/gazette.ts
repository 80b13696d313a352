/** A house logger, as many companies have one. Nothing in this file knows of logbridge. */
export interface Entry {
  readonly at: Date;
  readonly level: "debug" | "info" | "warn" | "fail";
  readonly area: string;
  readonly text: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly error?: Error | undefined;
}

/** Takes one entry: a file, a mail, a server. Slow ones return a promise. */
export type Outlet = (entry: Entry) => void | Promise<void>;

export class Gazette {
  readonly outlets: Outlet[];
  readonly area: string;
  readonly bound: Readonly<Record<string, unknown>>;

  constructor(outlets: Outlet[], area = "", bound: Readonly<Record<string, unknown>> = {}) {
    this.outlets = outlets;
    this.area = area;
    this.bound = bound;
  }

  /** A logger for a part of the application, or with values on every entry. */
  child(area: string, bound: Readonly<Record<string, unknown>> = {}): Gazette {
    return new Gazette(this.outlets, area, { ...this.bound, ...bound });
  }

  print(level: Entry["level"], text: string, details: Readonly<Record<string, unknown>> = {}, error?: Error): void {
    void this.publish({ at: new Date(), level, area: this.area, text, details: { ...this.bound, ...details }, error });
  }

  async publish(entry: Entry): Promise<void> {
    await Promise.all(this.outlets.map((outlet) => outlet(entry)));
  }
}
