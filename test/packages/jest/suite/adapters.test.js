const { createLogger } = require("@logbridge/core");

test("every package loads", () => {
  for (const name of [
    "core",
    "core/conformance",
    "core/testing",
    "adapter-winston",
    "adapter-pino",
    "adapter-log4js",
    "intercept-console",
  ])
    expect(Object.keys(require(`@logbridge/${name}`))).not.toEqual([]);
});

test("winston's records arrive, and a winston transport is taken as a sink", () => {
  const { PassThrough } = require("node:stream");
  const winston = require("winston");
  const { interceptWinston } = require("@logbridge/adapter-winston");
  const own = createLogger();
  const heard = [];
  own.add((_text, record) => heard.push(record.message));
  const theirs = winston.createLogger({
    transports: [new winston.transports.Stream({ stream: new PassThrough().resume() })],
  });
  const interception = interceptWinston(theirs, { logger: own });
  theirs.info("through winston");
  interception.restore();
  expect(heard).toEqual(["through winston"]);
  expect(() => own.add(new winston.transports.Stream({ stream: new PassThrough().resume() }))).not.toThrow();
});
