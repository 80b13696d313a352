import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { report } from "@logbridge/core";
import { detectResources, resourceFromAttributes } from "@opentelemetry/resources";
import { expect, onTestFinished, test, vi } from "vitest";
import { PACKAGE_VERSION } from "../src/options/package-version.ts";
import { resolveResource } from "../src/options/resource.ts";
import { environment, logging, receiving } from "./sink-support.ts";

vi.mock("@logbridge/core", async (original) => ({ ...(await original<object>()), report: vi.fn() }));

test("what is known of the process, of us, and of nobody's service", () => {
  environment({});
  const { resource, ready } = resolveResource(undefined);
  expect({ ...resource.attributes }).toEqual({
    "service.name": "unknown_service:node",
    "telemetry.sdk.language": "nodejs",
    "telemetry.sdk.name": "logbridge",
    "telemetry.sdk.version": PACKAGE_VERSION,
    "process.pid": process.pid,
    "host.name": hostname(),
  });
  expect(ready).toBeNull();
});

test("our version is that of the package", () => {
  const manifest = JSON.parse(readFileSync(join(__dirname, "../package.json"), "utf8")) as { version: string };
  expect(PACKAGE_VERSION).toBe(manifest.version);
});

test("an attribute that is undefined, as of a variable that is not set, says nothing", () => {
  environment({ OTEL_SERVICE_NAME: "by name" });
  const { attributes } = resolveResource({ "service.name": undefined, "service.version": "1" }).resource;
  expect(attributes).toMatchObject({ "service.name": "by name", "service.version": "1" });
});

test("attributes of the option come over OTEL_SERVICE_NAME, that over OTEL_RESOURCE_ATTRIBUTES", () => {
  environment({
    OTEL_SERVICE_NAME: "by name",
    OTEL_RESOURCE_ATTRIBUTES: "service.name=by%20attributes, service.version = 1%2E2 ,__proto__=x",
  });
  expect(resolveResource({ "process.pid": 1 }).resource.attributes).toMatchObject({
    "service.name": "by name",
    "service.version": "1.2",
    "process.pid": 1,
  });
  expect(Object.keys(resolveResource(undefined).resource.attributes)).toContain("__proto__");
  expect(resolveResource({ "service.name": "given" }).resource.attributes["service.name"]).toBe("given");
});

test("no getter of the attributes is run", () => {
  environment({});
  const getter = {
    get secret(): never {
      throw new Error("run");
    },
  };
  expect(resolveResource(getter).resource.attributes).toMatchObject({ secret: "[Getter]" });
});

test.each(["a", "a=1,=2", "a=1,b=%zz"])("one mistake discards the variable whole: %s", (text) => {
  environment({ OTEL_RESOURCE_ATTRIBUTES: text });
  expect(resolveResource(undefined).resource.attributes).not.toHaveProperty("a");
});

test("a Resource of the SDK is taken with its schema, and merged likewise", () => {
  environment({ OTEL_SERVICE_NAME: "env" });
  const { resource } = resolveResource(
    resourceFromAttributes({ "service.name": "sdk", x: 1 }, { schemaUrl: "https://s/1" }),
  );
  expect(resource).toMatchObject({
    schemaUrl: "https://s/1",
    attributes: { "service.name": "sdk", x: 1, "telemetry.sdk.name": "logbridge" },
  });
});

test("attributes named as parts of a Resource are attributes", () => {
  environment({});
  const { resource } = resolveResource({ attributes: "none", team: "x" });
  expect(resource.attributes).toMatchObject({ attributes: "none", team: "x" });
});

test("records wait for what detectors find out later", async () => {
  environment({});
  const receiver = await receiving();
  let detected: (region: string) => void = () => {};
  const region = new Promise<string>((resolve) => {
    detected = resolve;
  });
  const resource = detectResources({ detectors: [{ detect: () => ({ attributes: { "cloud.region": region } }) }] });
  const { logger } = logging({ url: receiver.url, resource, batch: { delayMs: 1 } });
  logger.info("early");
  const complete = logger.complete();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(receiver.requests).toEqual([]);
  detected("north");
  expect(await complete).toMatchObject({ sent: 1 });
  expect(receiver.records[0]?.resource.attributes).toMatchObject({ "cloud.region": "north" });
});

test("detectors that never end are not waited for for ever, and that is said (LB1645)", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { resource, ready } = resolveResource({
    attributes: { known: 1 },
    asyncAttributesPending: true,
    waitForAsyncAttributes: () => new Promise(() => {}),
  });
  await vi.advanceTimersByTimeAsync(4_000);
  await ready;
  expect(resource).toMatchObject({ attributes: { known: 1 }, asyncAttributesPending: false });
  expect(report).toHaveBeenCalledWith("LB1645", expect.stringContaining("otelSink(): the resource is not complete"));
});
