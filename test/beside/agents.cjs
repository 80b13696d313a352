// The agents, each with its own way to be started, switched off and on, and to run code under a span.

/** A context manager without asynchronous hooks: enough for calls that stay in one turn. */
class PlainContextManager {
  constructor(root) {
    this.now = root;
  }
  active() {
    return this.now;
  }
  with(to, run, self, ...args) {
    const before = this.now;
    this.now = to;
    try {
      return run.call(self, ...args);
    } finally {
      this.now = before;
    }
  }
  bind(_context, target) {
    return target;
  }
  enable() {
    return this;
  }
  disable() {
    return this;
  }
}

function openTelemetry(make) {
  const { context, ROOT_CONTEXT, trace } = require("@opentelemetry/api");
  context.setGlobalContextManager(new PlainContextManager(ROOT_CONTEXT));
  const spanContext = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331", traceFlags: 1 };
  const span = trace.wrapSpanContext(spanContext);
  const instrumentation = make();
  return {
    traced: (run) => context.with(trace.setSpan(ROOT_CONTEXT, span), run),
    enable: () => instrumentation.enable(),
    disable: () => instrumentation.disable(),
    stop() {},
  };
}

const agents = {
  "dd-trace"() {
    const tracer = require("dd-trace").init();
    return {
      traced: (run) => tracer.trace("beside", run),
      enable() {},
      disable() {},
      stop() {},
    };
  },
  "@opentelemetry/instrumentation-winston": () =>
    openTelemetry(() => {
      const { WinstonInstrumentation } = require("@opentelemetry/instrumentation-winston");
      return new WinstonInstrumentation({ disableLogSending: true });
    }),
  "@opentelemetry/instrumentation-pino": () =>
    openTelemetry(() => {
      const { PinoInstrumentation } = require("@opentelemetry/instrumentation-pino");
      return new PinoInstrumentation({ disableLogSending: true });
    }),
};

// They can be switched off and on again when the library is there already.
for (const [name, start] of Object.entries(agents)) start.switches = name.startsWith("@opentelemetry/");

module.exports = { agents };
