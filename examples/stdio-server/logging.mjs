// Imported first: what is printed from here on goes to the log, and stdout to the protocol alone.
import { logger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";

// The handler that is there from the beginning writes to stderr, which such a server's host shows or keeps.
logger.add(process.env["LOG_FILE"] ?? "stdio-server.log", { level: "DEBUG", serialize: true });

/** The only way to stdout. */
export const { stdout } = interceptConsole({
  protectStdout: true,
  warnings: true,
  uncaught: true,
  parse: ["json", "brackets"],
});
