const { createLogger, logger, LogbridgeError } = require("@logbridge/core");

test("a record reaches a sink", () => {
  const own = createLogger();
  const heard = [];
  own.add((_text, record) => heard.push([record.message, record.level.name, record.extra.id]));
  own.info("user {id}", { id: 7 });
  expect(heard).toEqual([["user 7", "INFO", 7]]);
});

test("the shared logger is the same after the modules were loaded again", () => {
  const heard = [];
  const id = logger.add((_text, record) => heard.push(record.message));
  jest.isolateModules(() => require("@logbridge/core").logger.info("from another copy"));
  logger.remove(id);
  expect(heard).toEqual(["from another copy"]);
});

test("jest's realm does not make an error a stranger", () => {
  const heard = [];
  const own = createLogger();
  own.add((_text, record) => heard.push(record.exception?.type));
  own.error("save failed", new RangeError("full"));
  own.error({ err: new TypeError("other") }, "under a key");
  expect(heard).toEqual(["RangeError", "TypeError"]);
  expect(() => own.add(42)).toThrow(TypeError);
  expect(() => own.level("NO_SUCH_LEVEL")).toThrow(LogbridgeError);
});

test("what the console prints is a record, and the console is put back", () => {
  const { interceptConsole } = require("@logbridge/intercept-console");
  const before = console.log;
  const heard = [];
  const own = createLogger();
  own.add((_text, record) => heard.push(record.message));
  const interception = interceptConsole({ logger: own });
  console.log("printed %d", 1);
  interception.restore();
  expect(console.log).toBe(before);
  expect(heard).toEqual(["printed 1"]);
});
