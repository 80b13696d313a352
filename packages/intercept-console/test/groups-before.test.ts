import { Console } from "node:console";
import { Writable } from "node:stream";
import { createLogger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";
import { expect, test } from "vitest";
import { keeping } from "./support/records.ts";

test.each([1, 2, 4])("groups that were opened before count, with an indentation of %d", (groupIndentation) => {
  const stdout = new Writable({ write: (_chunk, _encoding, done) => done() });
  const target = new Console({ stdout, groupIndentation });
  const { logger, records } = keeping();
  target.group("outer");
  target.group("inner");
  const first = interceptConsole({ logger, console: target });
  const second = interceptConsole({ logger: createLogger(), console: target });
  target.log("two");
  target.groupEnd();
  target.log("one");
  target.group("again");
  target.log("two");
  target.groupEnd();
  target.groupEnd();
  target.groupEnd();
  target.log("none");
  second.restore();
  target.group("silent");
  first.restore();
  // What is opened and ended while nobody listens counts as the console itself has it.
  target.group("outer");
  const later = interceptConsole({ logger, console: target });
  target.log("one");
  later.restore();
  target.groupEnd();
  interceptConsole({ logger, console: target });
  target.log("none");
  expect(records.map(({ message, origin }) => [message, origin?.depth ?? 0])).toEqual([
    ["two", 2],
    ["one", 1],
    ["again", 1],
    ["two", 2],
    ["none", 0],
    ["silent", 0],
    ["one", 1],
    ["none", 0],
  ]);
});
