import { interceptOtel } from "@logbridge/adapter-otel";
import { propagateToWinston } from "@logbridge/adapter-winston";
import { createLogger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";
import { OpenTelemetryTransportV3 } from "@opentelemetry/winston-transport";
import { afterEach, describe, expect, test } from "vitest";
import winston from "winston";
import Transport from "winston-transport";

const undo: (() => void)[] = [];
afterEach(() => {
  for (const one of undo.splice(0)) one();
});

const nextTurns = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

/** A transport that says each entry by another way, and what it was given. */
class Saying extends Transport {
  readonly got: string[] = [];
  readonly #say: (message: string) => void;

  constructor(say: (message: string) => void) {
    super();
    this.#say = say;
  }

  override log({ message }: { readonly message: string }, done: () => void): void {
    this.got.push(message);
    this.#say(message);
    done();
  }
}

function ring(...transports: Transport[]) {
  const logger = createLogger();
  const messages: string[] = [];
  logger.add((_text, { message }) => messages.push(message), { level: 0 });
  const foreign = winston.createLogger({ transports });
  logger.add(propagateToWinston(foreign), { level: 0 });
  return { logger, messages, foreign };
}

describe("a winston logger that gets our records, and whose transport says what it writes to a source that we listen to", () => {
  test("has each entry once, and so have we: OpenTelemetry", async () => {
    const kept = new Saying(() => {});
    const { logger, messages, foreign } = ring(new OpenTelemetryTransportV3(), kept);
    const interception = interceptOtel({ logger });
    undo.push(() => interception.restore());
    for (const text of ["one", "two", "three"]) foreign.info(text);
    await nextTurns();
    expect(messages).toEqual(["one", "two", "three"]);
    expect(kept.got).toEqual(["one", "two", "three"]);
    logger.info("ours");
    await nextTurns();
    expect(kept.got.slice(3)).toEqual(["ours"]);
    expect(messages.slice(3)).toEqual(["ours"]);
    await logger.complete();
  });

  test.each(["tee", "replace"] as const)("has each entry once, and so have we: the console, %s", async (mode) => {
    const said: string[] = [];
    const { log } = console;
    console.log = (text: string) => said.push(text);
    undo.push(() => (console.log = log));
    const saying = new Saying((message) => console.log(message));
    const { logger, messages, foreign } = ring(saying);
    const interception = interceptConsole({ logger, mode });
    undo.unshift(() => interception.restore());
    for (const text of ["one", "two", "three"]) foreign.info(text);
    await nextTurns();
    expect(saying.got).toEqual(["one", "two", "three"]);
    expect(messages).toEqual(["one", "two", "three"]);
    await logger.complete();
  });

  test("ends where it says something else, which the logger gets too", async () => {
    const saying = new Saying((message) => console.log(`wrote ${message}`));
    const { logger, messages, foreign } = ring(saying);
    const interception = interceptConsole({ logger });
    undo.push(() => interception.restore());
    for (const text of ["one", "two"]) foreign.info(text);
    await nextTurns();
    expect(messages).toEqual(["wrote one", "wrote two"]);
    expect(saying.got).toEqual(["one", "two", "wrote one", "wrote two"]);
    await logger.complete();
  });

  test("gets what was put off before the process ends", async () => {
    const saying = new Saying((message) => console.log(`wrote ${message}`));
    const { logger, foreign } = ring(saying);
    const interception = interceptConsole({ logger });
    undo.push(() => interception.restore());
    foreign.info("one");
    expect(saying.got).toEqual(["one"]);
    expect((await logger.complete()).dropped).toBe(0);
    expect(saying.got).toEqual(["one", "wrote one"]);
  });
});
