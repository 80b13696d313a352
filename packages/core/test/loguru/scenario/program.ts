import {
  type AddOptions,
  type ConfigureOptions,
  createLogger,
  type HandlerConfig,
  type HandlerId,
  type Logger,
  type LogMethod,
  type LogRecord,
} from "@logbridge/core";
import { callArguments } from "../call.ts";
import { described, makeError } from "../errors.ts";
import { fields, type Mark, revived } from "../values.ts";
import { catching } from "./catching.ts";
import { attempt, type Maybe, sequence, turns } from "./flow.ts";
import { apply } from "./operations.ts";
import { type Journal, makeSink } from "./sinks.ts";
import type { Step } from "./step.ts";

/** What a program did. */
export interface History {
  readonly events: readonly unknown[];
  readonly uncaught: unknown;
  readonly handler_errors: readonly number[];
  readonly handler_error_types: readonly string[];
}

/** JavaScript knows no current exception: a logger that asks for it is made when its call is. */
type LoggerMaker = (current: unknown) => Logger;

/** Runs the steps of a scenario with the public interface alone. */
export class Program implements Journal {
  readonly #root: Logger = createLogger({ strict: true });
  readonly #loggers = new Map<string, LoggerMaker>([["root", () => this.#root]]);
  readonly #ids = new Map<string, HandlerId>();
  readonly #shared = new Map<string, unknown[]>();
  readonly #counters = new Map<string, number>();
  readonly #tasks = new Map<string, Promise<void>>();
  readonly #events: unknown[] = [];
  readonly #failures: { readonly id: number; readonly type: string }[] = [];
  #nextId = 0;
  #current: unknown;

  /** Runs the program; `null` where nothing ended it early. */
  async run(steps: readonly Step[]): Promise<History> {
    let uncaught: unknown = null;
    try {
      await this.#body(steps);
    } catch (error) {
      uncaught = described(error);
    }
    const history = {
      events: [...this.#events],
      uncaught,
      handler_errors: this.#failures.map(({ id }) => id),
      handler_error_types: this.#failures.map(({ type }) => type),
    };
    await this.#root.remove();
    return history;
  }

  event(event: unknown): void {
    this.#events.push(event);
  }

  note(text: string): void {
    this.#events.push({ note: text });
  }

  readonly #mark: Mark = (name, value) => {
    switch (name) {
      case "$lazy":
        return {
          value: () => {
            this.note(`lazy ${String(value)}`);
            return revived(value);
          },
        };
      case "$lazy_log":
        return { value: () => void this.#root.warning(value) };
      case "$counter":
        return {
          value: () => {
            const count = (this.#counters.get(String(value)) ?? 0) + 1;
            this.#counters.set(String(value), count);
            return count;
          },
        };
      case "$shared":
        return { value: this.#sharedArray(String(value)) };
      default:
        return undefined;
    }
  };

  #sharedArray(name: string): unknown[] {
    const known = this.#shared.get(name) ?? [];
    this.#shared.set(name, known);
    return known;
  }

  #maker(name = "root"): LoggerMaker {
    const maker = this.#loggers.get(name);
    if (!maker) throw new Error(`the program has no logger ${name}`);
    return maker;
  }

  #logger(name?: string): Logger {
    return this.#maker(name)(this.#current);
  }

  /** A derived logger; made at once, unless its parent asks for the current exception. */
  #derive({ on, as = "" }: Step, change: (logger: Logger, current: unknown) => Logger, live: boolean): void {
    const parent = this.#maker(on);
    if (live || parent.length > 0) {
      this.#loggers.set(as, (current) => change(parent(current), current));
      return;
    }
    const made = change(parent(undefined), undefined);
    this.#loggers.set(as, () => made);
  }

  #body(steps: readonly Step[] = []): Maybe<void> {
    return sequence(steps, (step) => this.#step(step));
  }

  #step(step: Step): Maybe<unknown> {
    switch (step.op) {
      case "add":
      case "add_bad":
        return this.#add(step);
      case "remove":
        return this.#remove(step);
      case "configure":
        return this.#configure(step);
      case "level":
        return void this.#level(step);
      case "enable":
        return this.#root.enable(revived(step.name) as string);
      case "disable":
        return this.#root.disable(revived(step.name) as string);
      case "bind":
        return this.#derive(step, (logger) => logger.bind(fields(step.kwargs, this.#mark)), false);
      case "opt":
        return this.#opt(step);
      case "patch":
        return this.#derive(step, (logger) => logger.patch(this.#patcher(step)), false);
      case "log":
        return this.#log(step);
      case "contextualize":
        return this.#contextualize(step);
      case "push_shared":
        return void this.#sharedArray(String(step.name)).push(revived(step.value));
      case "note":
        return this.note(String(step.text));
      case "raise":
        throw makeError({ type: step.type ?? "Error", message: String(step.message ?? "") });
      case "try":
        return attempt(
          () => this.#body(step.body),
          () => this.event({ caught: null }),
          (error) => this.event({ caught: described(error) }),
        );
      case "except":
        return this.#except(step);
      case "catch":
        return catching(step, this.#logger(step.on), () => this.#body(step.body), this, this.#root);
      case "tick":
        return turns(step.n ?? 1);
      case "tasks":
        return Promise.all((step.tasks ?? []).map((body) => this.#task(body)));
      case "spawn":
        return void this.#tasks.set(String(step.as), this.#task(step.body));
      case "join":
        return this.#tasks.get(String(step.task));
      case "complete":
        return this.#root.complete();
      default:
        throw new Error(`the runner does not know the step ${step.op}`);
    }
  }

  /** A task begins at the next turn, as a task of Python's asyncio does. */
  #task(body: readonly Step[] | undefined): Promise<void> {
    const task = turns(1).then(() => this.#body(body));
    // Whoever joins the task gets its error; nobody else may be troubled by it.
    task.catch(() => {});
    return task;
  }

  #handlerOptions(step: Step, id: number): AddOptions {
    const { format = "{message}", format_ops, filter_ops, filter_extra, level, colorize, serialize, enqueue } = step;
    const note = (text: string): void => this.note(text);
    const filter =
      filter_extra !== undefined
        ? ({ extra }: LogRecord) => extra[filter_extra]
        : filter_ops &&
          ((record: LogRecord) => {
            apply(filter_ops, record, note);
            return step.filter_result ?? true;
          });
    return {
      format: format_ops
        ? (record) => {
            apply(format_ops, record, note);
            return format;
          }
        : format,
      catch: step.catch ?? false,
      onError: (_kind, _records, error) => {
        // What is not caught has no report in the seed either.
        if (step.catch) this.#failures.push({ id, type: described(error).type });
      },
      ...(level !== undefined && { level: revived(level) as string }),
      ...(colorize !== undefined && { colorize }),
      ...(serialize !== undefined && { serialize }),
      ...(enqueue !== undefined && { enqueue }),
      ...(filter && { filter }),
    } as AddOptions;
  }

  #add(step: Step): void {
    const sink = makeSink(step, this, this.#root) as (text: string, record: LogRecord) => void;
    const level = step.op === "add_bad" ? "no such level" : step.level;
    const id = this.#root.add(
      sink,
      this.#handlerOptions({ ...step, ...(level !== undefined && { level }) }, this.#nextId),
    );
    this.#nextId = id + 1;
    this.#ids.set(step.id ?? "", id);
    if (step.show_id) this.event({ id });
  }

  /** What is being closed may wait: so does the program, as Python does. */
  #remove(step: Step): Maybe<void> {
    if (step.all) return this.#root.remove();
    const id = step.id === undefined ? revived(step.number) : this.#ids.get(step.id);
    return this.#root.remove(id as HandlerId);
  }

  #level({ name, no, color, icon }: Step): void {
    const options = {
      ...(no !== undefined && { no }),
      ...(color !== undefined && { color }),
      ...(icon !== undefined && { icon }),
    };
    this.#root.level(name as string, Object.keys(options).length > 0 ? options : undefined);
  }

  #patcher(step: Step): (record: LogRecord) => void {
    return (record) => apply(step.patch ?? [], record, (text) => this.note(text));
  }

  #configure(step: Step): void {
    const { extra, patch, levels, activation, handlers } = step;
    const first = this.#nextId;
    const ids = this.#root.configure({
      ...(extra && { extra: fields(extra, this.#mark) }),
      ...(patch && { patcher: this.#patcher(step) }),
      ...(levels && { levels: revived(levels) }),
      ...(activation && { activation }),
      ...(handlers && {
        handlers: handlers.map(
          (one, index) =>
            ({ sink: makeSink(one, this, this.#root), ...this.#handlerOptions(one, first + index) }) as HandlerConfig,
        ),
      }),
    } as ConfigureOptions);
    if (!handlers) return;
    this.#nextId = first + ids.length;
    for (const [index, one] of handlers.entries()) this.#ids.set(one.id ?? "", ids[index] as HandlerId);
    this.event({ ids });
  }

  #opt(step: Step): void {
    const { exception, ...rest } = step.options ?? {};
    const given = typeof exception === "object" && exception !== null;
    const change = (logger: Logger, current: unknown): Logger =>
      logger.opt({
        ...fields(rest, this.#mark),
        ...(exception !== undefined && {
          exception: given ? makeError(exception as never) : exception === true ? current : exception,
        }),
      });
    this.#derive(step, change, exception === true);
  }

  #log(step: Step): void {
    const args = callArguments(
      revived(step.message, this.#mark),
      (step.args ?? []).map((value) => revived(value, this.#mark)),
      fields(step.kwargs, this.#mark),
    );
    const logger = this.#logger(step.on);
    const { method, level = "INFO" } = step;
    if (method === "exception" && this.#current !== undefined) logger.exception(this.#current, ...args);
    else if (method !== undefined) ((logger as unknown as Record<string, LogMethod>)[method] as LogMethod)(...args);
    else logger.log(revived(level) as string, ...args);
  }

  #contextualize(step: Step): Maybe<void> {
    const logger = this.#logger(step.on);
    const values = fields(step.kwargs, this.#mark);
    const body = (): Maybe<void> => this.#body(step.body);
    if (step.form !== "function") return logger.contextualize(values, body);
    const wrapped = logger.contextualize.wrap(values, body);
    return sequence(Array.from({ length: step.calls ?? 1 }), () => wrapped());
  }

  #except(step: Step): Maybe<void> {
    return attempt(
      () => this.#body(step.body),
      () => undefined,
      (error) => {
        const outer = this.#current;
        this.#current = error;
        const leave = (): void => {
          this.#current = outer;
        };
        return attempt(
          () => this.#body(step.handler),
          leave,
          (second) => {
            leave();
            throw second;
          },
        );
      },
    );
  }
}
