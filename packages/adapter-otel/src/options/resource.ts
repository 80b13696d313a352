import { isPlainObject, mergeFields } from "@logbridge/core";
import { runtime } from "#runtime";
import { resourceKnown } from "../delivery/resource-wait.ts";
import type { OtlpResource } from "../otlp/encoded.ts";
import { parseKeyPairs } from "./key-pairs.ts";
import { PACKAGE_VERSION } from "./package-version.ts";
import { textOf, warnOfVariable } from "./variables.ts";

type Attributes = Readonly<Record<string, unknown>>;

/** A Resource of OpenTelemetry's SDK; structural, so that every copy's is accepted. */
export interface ResourceLike {
  readonly attributes: Attributes;
  readonly schemaUrl?: string | undefined;
  /** Detectors of it are still at work. */
  readonly asyncAttributesPending?: boolean;
  waitForAsyncAttributes?(): Promise<void>;
}

/** Whose records these are, and when all is known of it. */
export interface ResolvedResource {
  readonly resource: OtlpResource;
  /** Settled when detectors that work asynchronously are done, or have had their time; `null`: there are none. Never rejects. */
  readonly ready: Promise<void> | null;
}

/** Is this a Resource, and no map of attributes? */
export function isResource(value: unknown): value is ResourceLike {
  if (typeof value !== "object" || value === null || !("attributes" in value)) return false;
  const { attributes } = value;
  const isMap = typeof attributes === "object" && attributes !== null;
  return isMap && (!isPlainObject(value) || Object.keys(value).every((key) => RESOURCE_PARTS.includes(key)));
}

const RESOURCE_PARTS = ["attributes", "schemaUrl", "asyncAttributesPending", "waitForAsyncAttributes"];

/**
 * The resource of our own records: what is known of the process, under what `OTEL_RESOURCE_ATTRIBUTES`, `OTEL_SERVICE_NAME` and the
 * option say, in this order.
 */
export function resolveResource(given: Attributes | ResourceLike | undefined): ResolvedResource {
  if (!isResource(given)) return { resource: { attributes: merged(given) }, ready: null };
  const { schemaUrl } = given;
  const schema = schemaUrl === undefined ? {} : { schemaUrl };
  if (given.asyncAttributesPending !== true || given.waitForAsyncAttributes === undefined)
    return { resource: { attributes: merged(given.attributes), ...schema }, ready: null };
  // The SDK complains when attributes are read too early.
  const made = { attributes: merged(undefined), asyncAttributesPending: true, ...schema };
  const complete = (): void => {
    made.attributes = merged(given.attributes);
    made.asyncAttributesPending = false;
  };
  return { resource: made, ready: resourceKnown("otelSink()", () => given.waitForAsyncAttributes?.()).then(complete) };
}

function merged(given: Attributes | undefined): Attributes {
  const serviceName = textOf("OTEL_SERVICE_NAME");
  return mergeFields(
    {
      "service.name": `unknown_service:${runtime.executable}`,
      "telemetry.sdk.language": runtime.language,
      "telemetry.sdk.name": "logbridge",
      "telemetry.sdk.version": PACKAGE_VERSION,
    },
    runtime.processAttributes(),
    attributesOfEnvironment(),
    serviceName === undefined ? null : { "service.name": serviceName },
    given && onlySaid(given),
  );
}

/** What is `undefined`, mostly a variable that is not set, says nothing: what is known otherwise stays. */
function onlySaid(given: Attributes): Attributes {
  return Object.fromEntries(Object.entries(mergeFields(given)).filter(([, value]) => value !== undefined));
}

/** A value with one mistake is discarded whole: half of a resource would be another one. */
function attributesOfEnvironment(): Attributes {
  const text = textOf("OTEL_RESOURCE_ATTRIBUTES");
  if (text === undefined) return {};
  const pairs = parseKeyPairs(text);
  if (pairs === null) {
    warnOfVariable("OTEL_RESOURCE_ATTRIBUTES", "key=value pairs with commas between them, percent-encoded", text);
    return {};
  }
  return Object.fromEntries(pairs);
}
