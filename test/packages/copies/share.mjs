// Loads copies of the package in the order of the arguments and checks that all of them are one logger.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const loaders = {
  esm: () => import("@logbridge/core"),
  cjs: () => require("@logbridge/core"),
  "nested-esm": () => import("uses-logbridge"),
  "nested-cjs": () => require("uses-logbridge"),
};

/** The versions of core that this project and its dependency resolve to. */
const versions = ["@logbridge/core", "uses-logbridge"].map(
  (name) => createRequire(require.resolve(`${name}/package.json`))("@logbridge/core/package.json").version,
);

const copies = [];
for (const name of process.argv.slice(2)) copies.push(await loaders[name]());
assert.equal(new Set(copies.map(({ createLogger }) => createLogger)).size, copies.length, "the copies are not copies");
assert.deepEqual(
  globalThis[Symbol.for("logbridge.v1")].addedLater,
  { by: versions.at(-1) },
  "the newer copy added no field",
);

/** What arrives at a new handler while the work runs. */
async function arrivals(logger, work, options = {}) {
  const records = [];
  const id = logger.add((_text, record) => void records.push(record), { level: "TRACE", ...options });
  await work(id);
  return records;
}

const [first] = copies;
first.logger.remove();

for (const [index, mine] of copies.entries()) {
  const others = copies.map((_, step) => copies[(index + step) % copies.length]);
  const next = others[1];

  const heard = await arrivals(mine.logger, async (id) => {
    for (const [number, { logger }] of others.entries()) logger.info("from {}", number);
    await next.logger.remove(id);
    mine.logger.info("nobody hears this");
  });
  assert.deepEqual(
    heard.map(({ message }) => message),
    ["from 0", "from 1", "from 2", "from 3"],
  );
  assert.equal(new Set(heard.map(({ seq }) => seq)).size, 4, "two records have one number");

  const custom = `CUSTOM${index}`;
  mine.logger.level(custom, { no: 21 + index });
  const levels = await arrivals(next.logger, async (id) => {
    for (const { logger } of others) {
      logger[custom.toLowerCase()]("by method");
      logger.log(custom, "by name");
    }
    await mine.logger.remove(id);
  });
  assert.deepEqual(
    levels.map(({ level }) => `${level.name} ${level.no}`),
    Array(8).fill(`${custom} ${21 + index}`),
  );

  const bound = mine.logger.bind({ request: index });
  const extras = await arrivals(next.logger, async (id) => {
    bound.info("bound");
    await mine.logger.contextualize({ task: index }, async () => {
      await null;
      for (const { logger } of others) logger.info("inside");
      bound.info("both");
    });
    next.logger.info("outside");
    await mine.logger.remove(id);
  });
  assert.deepEqual(
    extras.map(({ extra }) => ({ ...extra })),
    [{ request: index }, ...Array(4).fill({ task: index }), { task: index, request: index }, {}],
  );

  const enabled = await arrivals(mine.logger, async (id) => {
    mine.logger.disable("noisy");
    for (const { logger } of others) logger.forModule("noisy/part").info("disabled");
    next.logger.enable("noisy");
    for (const { logger } of others) logger.forModule("noisy/part").info("enabled");
    await next.logger.remove(id);
  });
  assert.deepEqual(
    enabled.map(({ message }) => message),
    Array(4).fill("enabled"),
  );

  const raised = await arrivals(
    mine.logger,
    async (id) => {
      for (const { logger } of others) assert.equal(logger.isEnabled("INFO"), false);
      next.logger.info("below");
      next.logger.error("above");
      next.logger.handler(id).level = "CRITICAL";
      mine.logger.error("below by now");
      await next.logger.complete();
      await mine.logger.remove(id);
    },
    { level: "ERROR" },
  );
  assert.deepEqual(
    raised.map(({ message }) => message),
    ["above"],
  );

  mine.logger.configure({ extra: { app: index } });
  const configured = await arrivals(next.logger, async (id) => {
    for (const { logger } of others) logger.info("configured");
    await mine.logger.remove(id);
  });
  assert.deepEqual(
    configured.map(({ extra }) => ({ ...extra })),
    Array(4).fill({ app: index }),
  );
  next.logger.configure({ extra: {} });

  // A logger of one's own stays one's own, and takes the records and sinks of any copy.
  const apart = mine.createLogger();
  const shared = await arrivals(mine.logger, async (id) => {
    const own = await arrivals(apart, () => apart.info("apart"));
    assert.deepEqual(
      own.map(({ message }) => message),
      ["apart"],
    );
    next.logger.emit(own[0]);
    next.logger.emit(next.recordFromJSON(JSON.parse(JSON.stringify(own[0]))));
    await next.logger.remove(id);
  });
  assert.deepEqual(
    shared.map(({ message }) => message),
    ["apart", "apart"],
  );
}

console.log(JSON.stringify({ copies: copies.length, versions }));
