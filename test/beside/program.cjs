// Runs by itself: `program.cjs <agent> <library> <place> <mode>` logs under a span beside an agent and prints what everybody got.
//   place "below": the agent has patched the library before we intercept it; "loaded first": our packages are there before the agent;
//   "above": the agent patches what we have patched already, or starts then at the earliest.
const { once } = require("node:events");
const { Writable } = require("node:stream");
const { agents } = require("./agents.cjs");

const [agentName, libraryName, place, mode] = process.argv.slice(2);

/** Our side: what came in, with the line of the program. */
const ours = { records: [], interception: null };

function listen(library) {
  const { createLogger } = require("@logbridge/core");
  const { interceptPino } = require("@logbridge/adapter-pino");
  const { interceptWinston } = require("@logbridge/adapter-winston");
  const logger = createLogger();
  const write = (_text, { message, file, exception }) =>
    void ours.records.push({ message, file: file?.name ?? null, error: exception?.value?.message ?? null });
  logger.add({ needs: { text: false, caller: true }, write }, { level: 0 });
  const intercept = libraryName === "winston" ? interceptWinston : interceptPino;
  ours.interception = intercept(library, { logger, mode });
}

const lines = [];
const output = new Writable({
  write(chunk, _encoding, done) {
    lines.push(...String(chunk).split("\n").filter(Boolean));
    done();
  },
});

/** A logger of the library whose lines are kept. */
function loggerOf(library) {
  if (libraryName === "pino") return library({}, output);
  return library.createLogger({ transports: [new library.transports.Stream({ stream: output })] });
}

async function main() {
  if (place === "loaded first") {
    require("@logbridge/core");
    require("@logbridge/adapter-pino");
    require("@logbridge/adapter-winston");
  }
  const start = agents[agentName];
  const early = place === "above" && !start.switches ? null : start();
  const library = require(libraryName);
  if (place === "above") early?.disable();
  listen(library);
  const agent = early ?? start();
  if (place === "above") agent.enable();
  const theirs = loggerOf(library);
  const say = (message) =>
    agent.traced(() => {
      theirs.info(message);
      theirs.child({ part: 1 }).error(`${message}, child`);
    });
  say("both");
  ours.interception.restore();
  say("theirs alone");
  agent.disable();
  agent.stop();
  await new Promise((resolve) => setImmediate(resolve));
  const answer = { lines: lines.map((line) => JSON.parse(line)), records: ours.records };
  if (!process.stdout.write(JSON.stringify(answer))) await once(process.stdout, "drain");
  process.exit(0);
}

void main();
