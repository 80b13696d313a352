import { inspect, LogbridgeTypeError } from "@logbridge/core";
import { inboundLevel, type Log4jsLevel } from "../levels.ts";
import { originIn } from "../map/category.ts";
import { noteCall, understand } from "../map/understood.ts";
import { type ParseCallStack, parsedCaller } from "./call-site.ts";
import type { Scope } from "./scope.ts";

/** A method of a face: the caller is above it. */
export type Method = (...args: never[]) => unknown;

const IDENTIFIER = /^[A-Za-z][A-Za-z0-9_]*$/;

/** What a logger of a category has and does, behind its face. */
export class Voice {
  readonly category: string;
  readonly scope: Scope;
  context: Record<string, unknown> = {};
  /** How many wrappers of the application stand between its call and ours. */
  wrappers = 0;
  #parse: ParseCallStack | null = null;

  constructor(scope: Scope, category: string | undefined) {
    this.scope = scope;
    this.category = category || scope.logger._core.name || "default";
  }

  /** The option `callStackLinesToSkip`. @throws LogbridgeTypeError LB1581 for anything but a number from 0 up */
  skip(count: unknown): void {
    if (typeof count !== "number" || !(count >= 0))
      throw new LogbridgeTypeError(
        "LB1581",
        `asLog4js(): callStackLinesToSkip must be a number from 0 up, got ${inspect(count)}`,
      );
    this.wrappers = count;
  }

  /** The option `setParseCallStackFunction`. @throws LogbridgeTypeError LB1581 for anything but a function or `undefined` */
  parseBy(parse: unknown): void {
    if (parse !== undefined && typeof parse !== "function")
      throw new LogbridgeTypeError(
        "LB1581",
        `asLog4js(): setParseCallStackFunction() takes a function, or undefined for the usual one, got ${inspect(parse)}`,
      );
    this.#parse = (parse as ParseCallStack | undefined) ?? null;
  }

  isEnabled(level: unknown): boolean {
    const found = this.scope.levelOf(level);
    return found !== null && this.scope.isEnabled(this.category, found);
  }

  /** `log(level, …)`: a level that is none is told so, as log4js does, and nothing is lost. */
  log(level: unknown, data: readonly unknown[], skip: Method): void {
    const found = this.scope.levelOf(level);
    const info = this.scope.levelOf("INFO") as Log4jsLevel;
    const isMistake = typeof level === "string" && IDENTIFIER.test(level) && data.length > 0;
    if (found) this.say(found, data, skip);
    else if (!isMistake) this.say(info, [level, ...data], skip);
    else {
      const warning = "log4js:logger.log: valid log-level not found as first parameter given:";
      this.say(this.scope.levelOf("WARN") as Log4jsLevel, [warning, level], skip);
      this.say(info, [`[${level}]`, ...data], skip);
    }
  }

  say(level: Log4jsLevel, data: readonly unknown[], skip: Method): void {
    if (this.scope.isEnabled(this.category, level)) this.deliver(level, data, skip);
  }

  /** Behind the level of the category. */
  deliver(level: Log4jsLevel, data: readonly unknown[], skip: Method): void {
    const { port } = this.scope;
    try {
      const { error, ...said } = understand(data, this.context);
      const origin = originIn(this.category, null, level);
      noteCall(origin, said.args);
      const inbound = {
        ...said,
        ...(error && { error: error.value }),
        target: this,
        level: inboundLevel(level, port.levelNamed),
        origin,
        caller: this.#caller(skip),
        name: this.category,
      };
      port.deliver(inbound, skip);
    } catch (error) {
      this.scope.sayOnce("LB1582", `asLog4js(): a call could not be taken in: ${inspect(error)}`);
    }
  }

  /** `undefined`: the usual one, found only where somebody wants it. */
  #caller(skip: Method): ReturnType<Scope["port"]["caller"]> | undefined {
    const { port } = this.scope;
    if (!this.scope.locates(this.category)) return null;
    if ((!this.#parse && this.wrappers === 0) || !port.needsCaller) return undefined;
    const parsed = this.#parse ? parsedCaller(this.#parse, skip, this.wrappers) : undefined;
    return parsed ?? port.caller(skip, this.wrappers);
  }
}
