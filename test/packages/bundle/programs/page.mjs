import { createLogger, logger, recordFromJSON } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";

logger.warning("to the {}'s console", "page");

const own = createLogger({ extra: { app: "shop" } });
const heard = [];
own.add((text, record) => heard.push(`${record.level.name} ${text.trimEnd()}`), { format: "{message} {extra}" });
own.bind({ user: 7 }).info("cart of {count} items", { count: 3 });
own.info`tagged ${1 + 1}`;
own.error("save failed", new RangeError("full"));
own.emit(
  recordFromJSON({
    message: "from a server",
    level: { name: "INFO", no: 20, icon: "" },
    micros: 1,
    extra: { server: 1 },
  }),
);

const interception = interceptConsole({ logger: own });
console.info("printed %d times", 2);
interception.restore();
console.info("not a record");

globalThis.heard = heard;
