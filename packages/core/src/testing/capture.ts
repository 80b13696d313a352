import { LogbridgeError, LogbridgeTypeError, shown } from "../diagnostics.ts";
import type { HandlerEntry } from "../hub.ts";
import { logger as shared } from "../logger/create.ts";
import { isLogger, type Logger } from "../logger/logger.ts";
import { isPlainObject } from "../record/plain-object.ts";
import type { LogRecord } from "../record/record.ts";
import { type TestContext, whenTestEnds } from "./runner.ts";

/** Options of `captureLogs()`. */
export interface CaptureOptions {
  /** Whose records are captured. Default: the global `logger`. */
  readonly logger?: Logger<object>;
  /** The lowest level, by name or number. Default: everything. */
  readonly level?: string | number;
  /** How a record becomes a part of `text`. Default `"{message}"`, and the exception after it. */
  readonly format?: string | ((record: LogRecord) => string);
  /** Keeps the other handlers of the logger silent meanwhile. Default `false`. */
  readonly only?: boolean;
  /** The context of the test, for runners without global hooks: `t` of node:test, or vitest's. */
  readonly context?: TestContext;
}

/** What was logged since `captureLogs()`. */
export interface CapturedLogs {
  readonly records: readonly LogRecord[];
  /** All texts, each with its line end. */
  readonly text: string;
  /** The lines of `text`. */
  readonly lines: readonly string[];
  readonly messages: readonly string[];
  /** The names of the levels. */
  readonly levels: readonly string[];
  /** Forgets what was captured so far. */
  clear(): void;
  /** Ends the capture; what was captured stays. A second call does nothing. */
  stop(): void;
  [Symbol.dispose](): void;
}

const NAMES = ["logger", "level", "format", "only", "context"];

/** Above every level that a record can have. */
const SILENT = Number.MAX_SAFE_INTEGER;

/**
 * Captures what is logged, for tests that assert on it. It ends with the test where the runner has global hooks (jest; vitest
 * with `globals: true`; mocha) or the context of the test is given, else at `stop()` or the end of a `using` block.
 *
 * @throws LogbridgeTypeError LB1057 for a wrong option, LogbridgeError LB1002 for an unknown one, and those of `add()` for level and format
 * @example
 * test("warns", () => {
 *   const logs = captureLogs();
 *   warnOfEverything();
 *   expect(logs.text).toContain("Oh no!");
 * });
 */
export function captureLogs(options: CaptureOptions = {}): CapturedLogs {
  check(options);
  const capture = new Capture(options);
  try {
    whenTestEnds(() => capture.stop(), options.context);
  } catch (error) {
    capture.stop();
    throw error;
  }
  return capture;
}

class Capture implements CapturedLogs {
  readonly #logger: Logger;
  readonly #id: number;
  readonly #silenced: readonly (readonly [HandlerEntry, number])[];
  #records: LogRecord[] = [];
  #texts: string[] = [];
  #stopped = false;
  declare readonly [Symbol.dispose]: () => void;

  constructor({ logger, level = 0, format = "{message}", only = false }: CaptureOptions) {
    this.#logger = (logger as Logger | undefined) ?? shared;
    const { hub } = this.#logger._core;
    const others = only ? hub.handlers : [];
    const keep = (text: string, record: LogRecord): void => {
      this.#texts.push(text);
      this.#records.push(record);
    };
    // What the environment says is for the program, not for what a test compares.
    this.#id = this.#logger.add(keep, {
      level,
      format,
      filter: () => true,
      serialize: false,
      colorize: false,
      needs: { caller: true },
    });
    this.#silenced = others.map((handler) => [handler, handler.levelNo]);
    for (const handler of others) this.#setLevel(handler, SILENT);
    // Older runtimes lack the symbol; the type promises it only to those who can write `using`.
    if (typeof Symbol.dispose === "symbol") Object.defineProperty(this, Symbol.dispose, { value: () => this.stop() });
  }

  get records(): readonly LogRecord[] {
    return this.#records;
  }
  get text(): string {
    return this.#texts.join("");
  }
  get lines(): readonly string[] {
    const { text } = this;
    return text === "" ? [] : text.replace(/\n$/, "").split("\n");
  }
  get messages(): readonly string[] {
    return this.#records.map((record) => record.message);
  }
  get levels(): readonly string[] {
    return this.#records.map((record) => record.level.name);
  }

  clear(): void {
    this.#records = [];
    this.#texts = [];
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    const { handlers } = this.#logger._core.hub;
    if (handlers.some(({ id }) => id === this.#id)) void this.#logger.remove(this.#id);
    // Who got another level meanwhile keeps it.
    for (const [handler, level] of this.#silenced) if (handler.levelNo === SILENT) this.#setLevel(handler, level);
  }

  #setLevel(handler: HandlerEntry, level: number): void {
    if (this.#logger._core.hub.handlers.includes(handler)) this.#logger.handler(handler.id).level = level;
  }
}

function check(options: unknown): void {
  if (!isPlainObject(options))
    throw new LogbridgeTypeError("LB1057", `captureLogs(): expected an object of options, got ${shown(options)}`);
  for (const name of Object.keys(options))
    if (!NAMES.includes(name))
      throw new LogbridgeError(
        "LB1002",
        `captureLogs(): unknown option ${shown(name)}; allowed are ${NAMES.join(", ")}`,
      );
  const { logger, only } = options;
  if (logger !== undefined && !isLogger(logger))
    throw new LogbridgeTypeError(
      "LB1057",
      `captureLogs(): option logger must be a logbridge logger, got ${shown(logger)}`,
    );
  if (only !== undefined && typeof only !== "boolean")
    throw new LogbridgeTypeError("LB1057", `captureLogs(): option only must be true or false, got ${shown(only)}`);
}
