import { createLogger, openPort } from "@logbridge/core";
import { describe, expect, test } from "vitest";

/** A channel that is heard, and a stream that says there what it is given. */
function ring(stream: (say: (message: string) => void) => WritableStream<string>) {
  const logger = createLogger();
  const records: string[] = [];
  logger.add((_text, { message }) => records.push(message));
  const port = openPort({ name: "channel", packages: [], mode: "replace", output: true }, {}, logger);
  const hook = (): void => {};
  const said: string[] = [];
  const say = (message: string): void => {
    const origin = { name: "channel" };
    if (!port.deliver({ target: port, level: { name: "INFO", no: 20 }, message, origin }, hook)) said.push(message);
  };
  logger.add(stream(say), { format: "at {message}" });
  return { logger, records, said, say, end: () => port.close() };
}

describe("a Web stream that prints what it is given", () => {
  test.each(["just made", "begun"])("brings no record, of several texts at once: %s", async (when) => {
    const { logger, records, said, say, end } = ring(
      (print) => new WritableStream({ write: (text) => print(text.trimEnd()) }),
    );
    if (when === "begun") await new Promise((resolve) => setTimeout(resolve, 0));
    for (const message of ["one", "two", "three"]) say(message);
    await logger.complete();
    say("four");
    await logger.complete();
    end();
    expect(records).toEqual(["one", "two", "three", "four"]);
    expect(said).toEqual(["at one", "at two", "at three", "at four"]);
  });

  test("brings none either where each text takes a while", async () => {
    const { logger, records, said, say, end } = ring((print) => {
      return new WritableStream({
        async write(text) {
          print(text.trimEnd());
          await new Promise((resolve) => setTimeout(resolve, 1));
        },
      });
    });
    for (const message of ["one", "two", "three"]) say(message);
    await logger.complete();
    end();
    expect(records).toEqual(["one", "two", "three"]);
    expect(said).toEqual(["at one", "at two", "at three"]);
  });
});

test("a Web stream gets all texts in their order, and one that fails costs no other sink a record", async () => {
  const logger = createLogger();
  const written: string[] = [];
  const errors: unknown[] = [];
  const all: string[] = [];
  logger.add((text) => all.push(text), { format: "{message}" });
  logger.add(
    new WritableStream<string>({
      write(text) {
        if (text === "4\n") throw new Error("full");
        written.push(text);
      },
    }),
    { format: "{message}", onError: (_kind, _records, error) => errors.push((error as Error).message) },
  );
  for (let line = 0; line < 7; line++) logger.info(String(line));
  await logger.complete();
  expect(written).toEqual(["0\n", "1\n", "2\n", "3\n"]);
  // complete() hears of it as well.
  expect(errors.slice(0, 3)).toEqual(["full", "full", "full"]);
  expect(all).toHaveLength(7);
  expect(logger.stats().handlers[1]).toMatchObject({ sent: 4, dropped: 3, pending: 0 });
});

test("a Web stream that breaks while a write hangs is heard of, by what waits and by what comes", async () => {
  const logger = createLogger();
  const errors: unknown[] = [];
  const { promise: begun, controller } = await new Promise<{
    promise: Promise<void>;
    controller: WritableStreamDefaultController;
  }>((resolve) => {
    let write = (): void => {};
    const promise = new Promise<void>((done) => void (write = done));
    const stream = new WritableStream<string>({
      start: (given) => void queueMicrotask(() => resolve({ promise, controller: given })),
      write() {
        write();
        return new Promise(() => {});
      },
    });
    logger.add(stream, { onError: (_kind, _records, error) => errors.push((error as Error).message) });
  });
  for (const text of ["hangs", "waits", "waits"]) logger.info(text);
  await begun;
  controller.error(new Error("broken pipe"));
  await new Promise((resolve) => setTimeout(resolve, 0));
  logger.info("comes");
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(errors).toEqual(["broken pipe", "broken pipe", "broken pipe"]);
  expect(logger.stats().handlers[0]).toMatchObject({ sent: 0, dropped: 3, pending: 1 });
});
