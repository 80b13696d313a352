import http from "node:http";
import * as api from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { isTracingSuppressed } from "@opentelemetry/core";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-node";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { environment, logging, receiving } from "./sink-support.ts";

beforeEach(() => {
  environment({});
  api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterEach(() => api.context.disable());

test.each(["http/protobuf", "http/json"] as const)(
  "our own requests are no part of anybody's trace (%s)",
  async (protocol) => {
    const receiver = await receiving();
    const seen: { readonly suppressed: boolean; readonly span: boolean }[] = [];
    const { request } = http;
    // As an instrumentation of HTTP does it.
    http.request = ((...args: Parameters<typeof request>) => {
      const context = api.context.active();
      seen.push({ suppressed: isTracingSuppressed(context), span: api.trace.getSpan(context) !== undefined });
      return request(...args);
    }) as typeof request;
    onTestFinished(() => {
      http.request = request;
    });
    const { logger } = logging({ protocol, url: receiver.url, batch: { maxRecords: 1 } });
    const span = new BasicTracerProvider().getTracer("test").startSpan("request");
    await api.context.with(api.trace.setSpan(api.context.active(), span), async () => {
      logger.info("inside");
      await logger.complete();
    });
    expect(receiver.records).toHaveLength(1);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every(({ suppressed, span: hasSpan }) => suppressed && !hasSpan)).toBe(true);
  },
);
