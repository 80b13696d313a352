import { type FacadePort, LogbridgeError, type NamedSeverity, report, severityOfName } from "@logbridge/core";
import { inboundLevel, type WinstonLevels } from "../levels.ts";
import type { Info, WinstonFormat } from "../map/info.ts";
import { currentMeta } from "../map/metadata.ts";
import { freshInfo, remember } from "../map/remembered.ts";
import { formattedOf, rawOf, snapshotOf, type Understood } from "../map/understanding.ts";
import { hosting } from "../sink/hosting.ts";
import { type Call, infoOfCall } from "./call.ts";
import { nameAt } from "./level-table.ts";
import { winstonInfo } from "./winston-info.ts";

/** What the root of a facade and all its children share. */
export interface Shared {
  readonly port: FacadePort;
  levels: WinstonLevels;
  /** Runs on each record as it comes in. */
  format: WinstonFormat | null;
  /** Gives what was understood to those who read the facade as a stream. */
  hand(info: Info): void;
}

/** What a winston logger has that is told no level. */
const INFO = 20;

type Method = (...args: never[]) => unknown;

/** A call that was understood, and what the facade's format made of it. */
interface Taken {
  readonly said: Understood;
  readonly result: Info;
}

/** One logger of a facade: the root or a child, with what was set on it. */
export class Scope {
  readonly shared: Shared;
  readonly #above: Scope | null;
  readonly #bound: object | null;
  #level: NamedSeverity | null = null;
  #silent: boolean | null = null;
  defaultMeta: unknown = null;

  constructor(shared: Shared, above: Scope | null, bound: object | null) {
    this.shared = shared;
    this.#above = above;
    this.#bound = bound;
  }

  get silent(): boolean {
    return this.#silent ?? this.#above?.silent ?? false;
  }

  set silent(value: boolean) {
    this.#silent = value;
  }

  /** The name of the level that was set here or above, else of the lowest that anybody takes, else winston's default. */
  get level(): string {
    const { port, levels } = this.shared;
    return (
      this.#level?.name ?? this.#above?.level ?? nameAt(Number.isFinite(port.threshold) ? port.threshold : INFO, levels)
    );
  }

  /** @throws LogbridgeError LB1518 for a name that neither winston nor the logger has */
  set level(name: unknown) {
    if (name === undefined || name === null || name === "") {
      this.#level = null;
      return;
    }
    const no = typeof name === "string" ? this.#severityOf(name) : null;
    if (no === null)
      throw new LogbridgeError(
        "LB1518",
        `asWinston(): there is no level ${JSON.stringify(name)}; allowed are ${Object.keys(this.shared.levels).join(", ")}, or undefined for the level of the logger`,
      );
    this.#level = { name: name as string, no };
  }

  #severityOf(name: string): number | null {
    const { port, levels } = this.shared;
    const ours = port.levelNamed(name);
    if (ours) return ours.no;
    return Object.hasOwn(levels, name) ? inboundLevel(name, levels, null).no : severityOfName(name);
  }

  /** Would a record of this level be taken? */
  hears(no: number): boolean {
    return !this.silent && no >= this.#limit() && this.shared.port.wants(no);
  }

  isEnabled(name: unknown): boolean {
    const no = typeof name === "string" ? this.#severityOf(name) : null;
    return no !== null && this.hears(no);
  }

  #limit(): number {
    if (this.#level) return this.#level.no;
    return this.#above ? this.#above.#limit() : Number.NEGATIVE_INFINITY;
  }

  /** The fields of the outermost scope first. */
  #context(): object[] {
    const context = this.#above ? this.#above.#context() : [];
    if (this.#bound) context.push(currentMeta(this.#bound));
    if (typeof this.defaultMeta === "object" && this.defaultMeta !== null) context.push(currentMeta(this.defaultMeta));
    return context;
  }

  /**
   * Takes a call in. Never throws but what a handler with `catch: false` throws.
   *
   * @param read takes the call apart
   * @param face the logger as the application has it
   * @param skip the method that was called: the caller is above it
   */
  say(read: () => Call, face: object, skip: Method): void {
    const { port, levels } = this.shared;
    const call = attempt(read);
    if (!call) return;
    const level = inboundLevel(call.level, levels, port.levelNamed(call.level));
    if (!this.hears(level.no)) return;
    const context = this.#context();
    const taken = attempt(() => this.#understood(call, context));
    if (!taken) return;
    const { error, ...rest } = taken.said;
    const rank = Object.hasOwn(levels, call.level) ? levels[call.level] : undefined;
    const origin = { name: "winston", level: { name: call.level, ...(rank !== undefined && { no: rank }) } };
    if (hosting.isOpen) attempt(() => this.#remember(origin, call, context, level, taken));
    port.deliver({ target: face, level, ...rest, ...(error && { error: error.value }), origin }, skip);
  }

  /** What winston would have made of the call, for those of our sinks that are winston's transports. */
  #remember(
    origin: object & { name: string },
    call: Call,
    context: readonly object[],
    level: NamedSeverity,
    { said, result }: Taken,
  ): void {
    const { format } = this.shared;
    const { message, args = [], fields, error } = said;
    const uncaught = fields["exception"] === true || fields["rejection"] === true;
    remember(origin, {
      logger: null,
      line: format && !uncaught ? { info: freshInfo(result), format } : null,
      info: format ? null : winstonInfo(call, context, said),
      uncaught: null,
      level,
      message,
      args,
      fields: { ...fields },
      error,
    });
  }

  #understood(call: Call, context: readonly object[]): Taken | null {
    const { format } = this.shared;
    const info = infoOfCall(call, context);
    const before = snapshotOf(info, format === null);
    const result = format ? format.transform(info as never, format.options as never) : info;
    if (typeof result !== "object" || result === null) return null;
    this.shared.hand(result as Info);
    return { said: format ? formattedOf(result as Info, before, format) : rawOf(before), result: result as Info };
  }
}

/** What the format was to hide must not get out, so the record goes with it. */
function attempt<T>(run: () => T): T | null {
  try {
    return run();
  } catch (error) {
    report("LB1560", `a record of asWinston() is lost, since it could not be read or formatted: ${String(error)}`);
    return null;
  }
}
