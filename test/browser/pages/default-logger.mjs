// The ready-made logger beside an interception of the console, in the mode that `globalThis.mode` names.
import { consoleSink, createLogger, logger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";

const { mode } = globalThis;
logger.configure({ handlers: [{ sink: consoleSink(), format: "{level}|{message}" }] });
logger.info("before");
const interception = mode === "plain" ? null : interceptConsole({ mode });
logger.debug("100 % of %s");
logger.warning("by the logger");
logger.error("failed", new Error("no"));
console.log("by the console %s", "once");
console.error("error by the console");
interception?.restore();
console.log("after");
const apart = createLogger();
apart.add(consoleSink(), { format: "apart {message}" });
apart.info("other");
globalThis.done = logger.stats();
