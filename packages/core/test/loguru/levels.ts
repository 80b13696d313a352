import {
  type AddOptions,
  type ConfigureOptions,
  createLogger,
  type HandlerId,
  type Logger,
  type LogMethod,
} from "@logbridge/core";
import { callArguments } from "./call.ts";
import { described, ourType } from "./errors.ts";
import type { Row, RowError, Runner } from "./table.ts";
import { fields } from "./values.ts";

interface LevelsRow extends Row {
  readonly steps: readonly Readonly<Record<string, unknown>>[];
  readonly expected: readonly { readonly error?: RowError }[];
}

type Texts = Record<string, string[]>;

/** One row's logger, and what its handlers wrote in the step that is running. */
class LevelsProgram {
  readonly #logger: Logger = createLogger({ strict: true });
  readonly #ids = new Map<unknown, HandlerId>();
  #output: Texts = {};

  step(written: Readonly<Record<string, unknown>>): unknown {
    this.#output = {};
    let result: object;
    try {
      result = { ok: true, ...this.#do(fields(written)) };
    } catch (error) {
      result = { ok: false, error: described(error).type };
    }
    return { ...result, ...(Object.keys(this.#output).length > 0 && { output: this.#output }) };
  }

  #do(step: Readonly<Record<string, unknown>>): object {
    const { op, id, name, level, message, args = [], kwargs = {} } = step;
    const logger = this.#logger;
    switch (op) {
      case "level":
        return { level: this.#level(step) };
      case "add":
        this.#add(step);
        return {};
      case "remove":
        void logger.remove(this.#ids.get(id) as HandlerId);
        return {};
      case "log":
        logger.log(level as string, ...callArguments(message, args as unknown[], kwargs as Record<string, unknown>));
        return {};
      case "method": {
        const method = (logger as unknown as Record<string, LogMethod>)[String(name)] as LogMethod;
        method(...callArguments(message, args as unknown[], kwargs as Record<string, unknown>));
        return {};
      }
      case "configure_levels":
        logger.configure({ levels: step["levels"] } as ConfigureOptions);
        return {};
      default:
        throw new Error(`the runner does not know the operation ${String(op)}`);
    }
  }

  #level({ op: _op, name, ...options }: Readonly<Record<string, unknown>>): object {
    const asked = Object.keys(options).length > 0 ? options : undefined;
    const { name: given, no, color, icon } = this.#logger.level(name as string, asked);
    return { name: given, no, color, icon };
  }

  #add({
    id,
    level = "DEBUG",
    format = "{level.name}|{level.no}|{message}",
    ...rest
  }: Readonly<Record<string, unknown>>): void {
    const { colorize = false, catch: caught = false } = rest;
    const sink = (text: string): void => void (this.#output[String(id)] ??= []).push(text);
    this.#ids.set(id, this.#logger.add(sink, { level, format, colorize, catch: caught } as AddOptions));
  }
}

export const levels: Runner<LevelsRow> = {
  table: "levels",
  run(row) {
    const program = new LevelsProgram();
    return {
      expected: row.expected.map((step) => (step.error ? { ...step, error: ourType(step.error.type) } : step)),
      got: row.steps.map((step) => program.step(step)),
    };
  },
};
