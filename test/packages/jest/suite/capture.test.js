const { logger } = require("@logbridge/core");
const { captureLogs } = require("@logbridge/core/testing");

test("L-SW-21: what was logged in a test can be asserted on", () => {
  const logs = captureLogs({ only: true });
  logger.warning("Oh no!");
  expect(logs.text).toContain("Oh no!");
  expect(logs.levels).toEqual(["WARNING"]);
  expect(logger.stats().handlers).toHaveLength(2);
});

test("L-SW-22: nothing is left of a capture after its test", () => {
  expect(logger.stats().handlers).toHaveLength(1);
  // Loaded in a test, where hooks are refused, the helper still works and makes no test fail.
  jest.isolateModules(() => {
    const logs = require("@logbridge/core/testing").captureLogs();
    logger.info("from another copy");
    expect(logs.messages).toEqual(["from another copy"]);
    logs.stop();
  });
});
