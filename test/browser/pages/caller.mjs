// Prints by every method, one on a line, while an interception listens; gives the line of each.
import { createLogger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";

const records = [];
const logger = createLogger({ patcher: (record) => void records.push(record) });
logger.add(() => {}, { needs: { caller: true } });
interceptConsole({ logger, mode: "tee" });

function print() {
  console.log("log");
  console.info("info");
  console.warn("warn");
  console.error("error");
  console.debug("debug");
  console.trace("trace");
  console.dir("dir");
  console.dirxml("dirxml");
  console.table(["table"]);
  console.assert(false, "assert");
  console.count("count");
  console.group("group");
  console.groupEnd();
  console.groupCollapsed("groupCollapsed");
  console.groupEnd();
  console.time("timer");
  console.timeLog("timer");
  console.timeEnd("timer");
  [1].forEach(console.log);
}

print();
globalThis.done = {
  source: print.toString(),
  callers: records.map(({ origin, line, file }) => ({ method: origin.level.name, line, file: file?.name ?? null })),
};
