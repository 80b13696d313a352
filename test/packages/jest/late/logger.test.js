const { logger } = require("@logbridge/core");

test("leaves a timer that logs through the default logger", () => {
  setTimeout(() => logger.warning("late by the logger"), 200);
});
