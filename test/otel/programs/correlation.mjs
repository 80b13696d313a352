// Records of every other sink say which trace they belong to, and the SDK's own messages come in.
import { forwardDiag, traceContext } from "@logbridge/adapter-otel";
import { logger } from "@logbridge/core";
import { diag } from "@opentelemetry/api";
import { captured, inSpan, say } from "../setting.mjs";

const records = captured();
logger.configure({ patcher: traceContext() });
logger.info("outside");
const span = inSpan((ids) => {
  logger.info("inside");
  return ids;
});
const forwarded = forwardDiag();
diag.createComponentLogger({ namespace: "@opentelemetry/some-exporter" }).warn("export failed");
diag.info("below the level that is forwarded");
forwarded.restore();
diag.warn("after restore()");
say({ span, records });
