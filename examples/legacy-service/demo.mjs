// Runs the service twice over the same requests, as it is and bridged, shows what comes out, and fails if anything is lost.
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { headline, outputsText, rowsText, verdictText } from "./compare/presentation.mjs";
import { REQUESTS } from "./compare/requests.mjs";
import { compareService } from "./compare/service.mjs";
import { UNIFIED_LOG } from "./compare/unified.mjs";

const WRITERS = {
  "app.log": "winston file transport",
  "error.log": "winston file transport, errors only",
  "scheduler.log": "log4js file appender",
  "worker.log": "pino destination",
  stdout: "console, winston console transport, log4js stdout appender, http-proxy-middleware",
  stderr: "console, debug",
};

const dir = await mkdtemp(join(tmpdir(), "logbridge-demo-"));
process.stdout.write(`A shop logs through winston, pino, log4js, console, and libraries that log by themselves. It runs twice,
each time with the same ${REQUESTS.length} HTTP requests: as it is (plain.js), then with logbridge beside it (bridged.js).
Nothing in service/ changes. Logs: ${dir}\n`);

const { bridged, rows, outputs, problems } = await compareService(dir);

process.stdout.write(headline("1. The unified log of the bridged run"));
process.stdout.write(bridged.files.get(UNIFIED_LOG) ?? "there is none\n");
process.stdout.write(headline("2. What the service's own transports wrote in the bridged run"));
process.stdout.write(`${outputsText(outputs, WRITERS)}\n`);
process.stdout.write(headline("3. The same records, before and after"));
process.stdout.write(`${rowsText(rows)}\n\n${verdictText(problems)}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
