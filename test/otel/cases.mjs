// What has to be true with either generation of the SDK: programs, and what they and the receiver have to say after them.
import assert from "node:assert/strict";

/**
 * @typedef {import("../otlp-receiver/record.mjs").ReceivedRecord} Received
 *
 * @typedef {object} Case
 * @property {string} title
 * @property {string} program
 * @property {readonly string[]} args
 * @property {(said: any, received: readonly Received[]) => void} check throws where it is not so
 */

const NANOS = 1_700_000_000_123_456_000n;

/** @type {readonly Case[]} */
export const cases = [
  ...["http/protobuf", "http/json", "grpc"].map((protocol) => ({
    title: `our own way out, ${protocol}`,
    program: "own-route.mjs",
    args: [protocol],
    check: checkOwnRoute,
  })),
  ...["handed over", "registered before", "registered after"].map((how) => ({
    title: `through a provider of the application that is ${how}`,
    program: "their-provider.mjs",
    args: [how],
    check: checkTheirProvider,
  })),
  ...["http/protobuf", "grpc"].map((protocol) => ({
    title: `our processor in a provider of the application, ${protocol}`,
    program: "bridge-processor.mjs",
    args: [protocol],
    check: checkProcessor,
  })),
  {
    title: "what libraries emit through any API comes in, without a provider",
    program: "intercept.mjs",
    args: ["alone"],
    check: (/** @type {any} */ said) => checkIntercepted(said, []),
  },
  {
    title: "what libraries emit comes in, and goes on to a provider that is registered after us",
    program: "intercept.mjs",
    args: ["registered after"],
    check: (said) => checkIntercepted(said, ["from inside", "from early", "after restore()"]),
  },
  {
    title: "what libraries emit comes in by our processor, and the other processors have it too",
    program: "intercept.mjs",
    args: ["as a processor"],
    check: (said) => checkIntercepted(said, ["from inside", "from early", "after restore()"]),
  },
  {
    title: "a provider of ours takes what libraries emit through any API",
    program: "register-global.mjs",
    args: [],
    check: checkRegistered,
  },
  {
    title: "in and out by one provider: each record once on each side",
    program: "ring.mjs",
    args: [],
    check: checkRing,
  },
  {
    title: "replaced: processors run, exporters have nothing that came in, of a second provider neither",
    program: "replace.mjs",
    args: [],
    check: checkReplaced,
  },
  {
    title: "trace ids in other sinks, and the SDK's own messages",
    program: "correlation.mjs",
    args: [],
    check: checkCorrelation,
  },
];

/** @param {any} said @param {readonly Received[]} received */
function checkOwnRoute({ span, completed, stats }, received) {
  assert.deepEqual(completed, { sent: 2, dropped: 0, pending: 0 });
  assert.equal(stats.sent, 2);
  const [hello, bad] = received;
  assert.equal(received.length, 2);
  assert.equal(hello?.body, "hello world");
  assert.equal(hello.attributes["name"], "world");
  assert.equal(hello.attributes["big"], 2n ** 60n);
  assert.equal(hello.resource.attributes["service.name"], "ours");
  assert.equal(hello.severityNumber, 9);
  assert.match(hello.scope.name, /own-route$/);
  assert.match(String(hello.attributes["code.file.path"]), /own-route\.mjs$/);
  assert.equal(bad?.attributes["exception.type"], "TypeError");
  assert.match(String(bad.attributes["exception.stacktrace"]), /inner/);
  for (const { traceId, spanId, flags } of received)
    assert.deepEqual({ traceId, spanId, flags }, { ...span, flags: 1 });
}

/** @param {any} said @param {readonly Received[]} received */
function checkTheirProvider({ span }, received) {
  assert.equal(received.length, 1);
  const { body, attributes, resource, severityNumber, severityText, scope, traceId, spanId } = /** @type {Received} */ (
    received[0]
  );
  assert.equal(body, "hello world");
  assert.equal(resource.attributes["service.name"], "theirs");
  assert.equal(attributes["when"], "1970-01-01T00:00:00.000Z");
  assert.deepEqual(plain(attributes["list"]), [1, { a: 1 }]);
  assert.deepEqual([severityNumber, severityText], [10, "SUCCESS"]);
  assert.match(scope.name, /their-provider$/);
  assert.deepEqual({ traceId, spanId }, span);
}

/** @param {any} said @param {readonly Received[]} received */
function checkProcessor({ span, count, stats }, received) {
  assert.deepEqual(stats, { sent: count, dropped: 0, pending: 0 });
  assert.equal(new Set(received.map(({ attributes }) => attributes["i"])).size, count);
  assert.equal(received.length, count);
  for (const { scope, resource, traceId, spanId } of received) {
    assert.deepEqual([scope.name, scope.version], ["their.library", "1.0.0"]);
    assert.equal(resource.attributes["service.name"], "theirs");
    assert.deepEqual({ traceId, spanId }, span);
  }
}

/**
 * @param {any} said
 * @param {readonly string[]} printed what the application's own provider has exported of the API inside `@opentelemetry/api`, or of the one there is
 */
function checkIntercepted({ apis, records, theirs }, printed) {
  const own = printed.map((body) => (apis.includes("inside") ? body : body.replace("inside", "package")));
  assert.deepEqual([...theirs].sort(), [...own].sort());
  const messages = records.map((/** @type {any} */ record) => record.message).sort();
  const wanted = apis.flatMap((/** @type {string} */ api) => [`from ${api}`, "from early"]).sort();
  assert.deepEqual(messages, wanted);
  for (const api of apis) {
    const record = records.find((/** @type {any} */ one) => one.message === `from ${api}`);
    const { name, level, origin, extra, micros } = record;
    assert.deepEqual([name, level, origin], [`${api}.library`, "WARNING", "otel"]);
    assert.deepEqual(extra["user"], { id: 7 });
    assert.equal(BigInt(micros) * 1000n, NANOS);
  }
}

/** @param {any} said @param {readonly Received[]} received */
function checkRegistered({ span, apis }, received) {
  const wanted = ["from ours", ...apis.map((/** @type {string} */ api) => `from ${api}`)].sort();
  assert.deepEqual(received.map(({ body }) => body).sort(), wanted);
  for (const { traceId, spanId } of received) assert.deepEqual({ traceId, spanId }, span);
  for (const api of apis)
    assert.equal(received.find(({ body }) => body === `from ${api}`)?.scope.name, `${api}.library`);
}

/** @param {any} said */
function checkRing({ ours, theirs }) {
  assert.deepEqual([...ours].sort(), ["from ours", "from theirs"]);
  assert.deepEqual([...theirs].sort(), ["from ours", "from theirs"]);
}

/** @param {any} said */
function checkCorrelation({ span, records }) {
  const [outside, inside, warning, ...more] = records;
  assert.deepEqual(more, []);
  assert.equal(outside.extra["trace_id"], undefined);
  assert.deepEqual(inside.extra, { trace_id: span.traceId, span_id: span.spanId, trace_flags: "01" });
  assert.deepEqual([warning.level, warning.name], ["WARNING", "@opentelemetry/some-exporter"]);
  assert.match(warning.message, /export failed/);
}

/** Maps of the receiver have no prototype. @param {unknown} value */
function plain(value) {
  return JSON.parse(JSON.stringify(value));
}

/** @param {any} said */
function checkReplaced({ records, exported }) {
  /** @param {string} message @param {string} password */
  const taken = (message, password) => ({ message, extra: { password }, error: "Error" });
  // Between the providers there is no processor that hides anything.
  assert.deepEqual(records, [
    taken("1", "***"),
    taken("2", "secret"),
    taken("3", "***"),
    { message: "own", extra: {} },
  ]);
  assert.deepEqual(exported, [[], ["own", "4"], ["own", "4"]]);
}
