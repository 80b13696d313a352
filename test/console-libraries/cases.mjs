// What has to be true of each library: a program, and what it has to say after it.
import assert from "node:assert/strict";

/**
 * @typedef {object} Logged a record, as the program tells of it
 * @property {string} level
 * @property {string | null} name
 * @property {string} message
 * @property {readonly unknown[]} args
 * @property {Record<string, any>} extra
 * @property {{ type: string, message: string, frames: number } | null} error
 * @property {string} origin
 *
 * @typedef {object} Case
 * @property {string} title
 * @property {string} program
 * @property {readonly string[]} [args]
 * @property {(said: any) => void} check throws where it is not so
 */

const DEBUGS = { debug: "4", "debug-3": "3", "debug-2": "2" };

/** @type {readonly Case[]} */
export const cases = [
  { title: "AWS SDK v3: logger", program: "aws.mjs", check: checkAws },
  { title: "KafkaJS: logCreator", program: "kafkajs.mjs", check: checkKafka },
  { title: "Sequelize: logging", program: "sequelize.mjs", check: checkSequelize },
  { title: "TypeORM: logger", program: "typeorm.mjs", check: checkTypeorm },
  { title: "TypeORM: by debug", program: "typeorm-debug.mjs", check: checkTypeormDebug },
  { title: "Apollo Server: logger", program: "apollo.mjs", check: checkApollo },
  { title: "Inngest: logger", program: "inngest.mjs", check: checkInngest },
  ...Object.entries(DEBUGS).flatMap(([name, version]) =>
    ["tee", "replace"].map((mode) => ({
      title: `debug ${version}, ${mode}`,
      program: "debug.mjs",
      args: [name, mode],
      check: (/** @type {any} */ said) => checkDebug(said, mode),
    })),
  ),
];

/** @param {readonly Logged[]} records */
const brief = (records) => records.map(({ level, name, message }) => [level, name, message]);

/** @param {{ records: readonly Logged[] }} said */
function checkAws({ records }) {
  const [listed, refused, ...more] = records.filter(({ level }) => level !== "DEBUG" && level !== "TRACE");
  assert.equal(more.length, 0);
  assert.equal(listed?.level, "INFO");
  assert.deepEqual(
    [listed.extra.clientName, listed.extra.commandName, listed.extra.input, listed.extra.output],
    ["SQSClient", "ListQueuesCommand", { QueueNamePrefix: "shop" }, { QueueUrls: ["q"] }],
  );
  assert.equal(listed.extra.metadata.httpStatusCode, 200);
  assert.deepEqual([refused?.level, refused?.message, refused?.name], ["ERROR", "no queue", "aws"]);
  assert.deepEqual([refused?.error?.type, refused?.error?.message], ["QueueDoesNotExist", "no queue"]);
  assert.deepEqual(refused?.extra.input, { QueueUrl: "q", MessageBody: "hello" });
  assert.ok(
    records.some(({ level, message }) => level === "DEBUG" && message.startsWith("endpoints evaluateCondition")),
  );
}

/** @param {{ records: readonly Logged[], failed: string }} said */
function checkKafka({ records, failed }) {
  assert.equal(failed, "KafkaJSNumberOfRetriesExceeded");
  const [refused, retried] = records;
  assert.deepEqual(brief(records.slice(0, 1)), [
    ["ERROR", "kafkajs/Connection", "Connection error: connect ECONNREFUSED 127.0.0.1:1"],
  ]);
  assert.equal(refused?.extra.broker, "127.0.0.1:1");
  assert.match(refused.extra.stack, /ECONNREFUSED/);
  assert.deepEqual([retried?.name, retried?.extra.retryCount], ["kafkajs/BrokerPool", 0]);
}

/** @param {{ records: readonly Logged[], rows: unknown, failed: string }} said */
function checkSequelize({ records, rows, failed }) {
  assert.deepEqual(rows, [{ answer: 42 }]);
  assert.equal(failed, "SequelizeDatabaseError");
  assert.deepEqual(brief(records), [
    ["DEBUG", "sequelize", 'Executed (default): SELECT $answer AS answer; {"$answer":42}'],
    ["DEBUG", "sequelize", "Executed (default): SELECT * FROM nowhere"],
  ]);
  assert.ok(records.every(({ extra }) => typeof extra.ms === "number"));
}

/** @param {{ records: readonly Logged[] }} said */
function checkTypeorm({ records }) {
  assert.deepEqual(brief(records), [
    ["DEBUG", "typeorm", "SELECT ? AS answer"],
    ["WARNING", "typeorm", "SELECT ? AS answer"],
    ["DEBUG", "typeorm", "SELECT * FROM nowhere"],
    ["ERROR", "typeorm", "SELECT * FROM nowhere"],
    ["WARNING", "typeorm", "50% of {all} is %s"],
  ]);
  const [query, slow, , failed] = records;
  assert.deepEqual(query?.extra.parameters, [42]);
  assert.equal(typeof slow?.extra.ms, "number");
  assert.equal(failed?.error?.message, "no such table: nowhere");
}

/** @param {{ records: readonly Logged[] }} said */
function checkTypeormDebug({ records }) {
  const query = records.find(({ name }) => name === "typeorm:query:log");
  assert.deepEqual([query?.level, query?.message], ["DEBUG", "query: SELECT ? AS answer"]);
  assert.ok(
    records.some(({ message, args }) => message.startsWith("parameters:") && JSON.stringify(args) === "[[42]]"),
  );
  const failed = records.find(({ level, name }) => level === "ERROR" && name === "typeorm:query:error");
  assert.match(String(failed?.message), /SELECT \* FROM nowhere/);
}

/** @param {{ records: readonly Logged[], failed: string }} said */
function checkApollo({ records, failed }) {
  assert.equal(failed, "no schema registry");
  const [warned, threw] = records;
  assert.deepEqual([warned?.level, warned?.name, warned?.origin], ["WARNING", "apollo", "string-first"]);
  assert.match(String(warned?.message), /^The `status400ForVariableCoercionErrors: true` configuration option/);
  assert.deepEqual([threw?.level, threw?.message], ["ERROR", "startupDidFail hook threw: Error: and no pager"]);
}

/** @param {{ records: readonly Logged[], status: number }} said */
function checkInngest({ records, status }) {
  assert.equal(status, 500);
  assert.deepEqual(brief(records), [
    ["INFO", "inngest", "hello ada"],
    ["WARNING", "inngest", "careful"],
    ["ERROR", "inngest", "Inngest function error"],
  ]);
  const [hello, careful, failed] = records;
  assert.deepEqual(hello?.extra, { runID: "1", eventName: "shop/greet", user: 7 });
  assert.equal(careful?.extra.reason, "test");
  assert.deepEqual([failed?.error?.type, failed?.error?.message], ["TypeError", "refused"]);
}

/** @param {{ records: readonly Logged[], lines: readonly string[], own: readonly string[] }} said @param {string} mode */
function checkDebug({ records, lines, own }, mode) {
  assert.deepEqual(brief(records), [
    ["DEBUG", "app:db", "query took 3 ms: { rows: [ 1, 2 ] }"],
    ["ERROR", "app:error", "failed: x { id: 7 }"],
    ["WARNING", "app:warn", "refused"],
    ["DEBUG", "app:loud", "own output"],
  ]);
  assert.deepEqual(records[0]?.args, ["query", 3, { rows: [1, 2] }]);
  assert.deepEqual(records[1]?.extra, { id: 7 });
  assert.equal(records[2]?.error?.type, "TypeError");
  assert.equal(lines.length, mode === "tee" ? 4 : 1);
  assert.match(/** @type {string} */ (lines.at(-1)), /after restore/);
  assert.equal(own.length, mode === "tee" ? 1 : 0);
}
