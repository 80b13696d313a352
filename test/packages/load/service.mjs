// A program with what most programs use. It ends without a word to the logger, as the second argument says.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { logger } from "@logbridge/core";

const [folder = "", end] = process.argv.slice(2);
const line = join(folder, "line.log");
logger.add(line, { format: "{name}:{function}:{line} {message}" });
logger.add(join(folder, "gathered.log"), { durability: "gathered", format: "{extra} {message}" });
logger.add(join(folder, "flat.log"), { durability: "gathered", serialize: "flat" });
logger.add((text, record) => console.log(record.level.no, text.trimEnd()), { level: "INFO", format: "{message}" });

function greet() {
  logger.bind({ user: "ann" }).info("hello {}", "Bob");
}

await logger.contextualize({ task: 5 }, async () => {
  await pause(1);
  greet();
});
console.log("at once:", readFileSync(line, "utf8").trimEnd());
logger.debug("not for the function");
try {
  throw new Error("not saved", { cause: new TypeError("disk full") });
} catch (error) {
  logger.error("save failed", error);
}
if (end === "exit") process.exit(3);
