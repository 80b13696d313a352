import { inspect, isPlainObject, LogbridgeError, LogbridgeTypeError } from "@logbridge/core";
import { checkDeliverySettings, DELIVERY_SETTINGS } from "../delivery/delivery-options.ts";
import { checkedSpool } from "../delivery/spool-options.ts";
import { checkSpoolFolder } from "../delivery/spool-place.ts";
import type { OtelSinkOptions } from "../options.ts";
import { checkHeaders } from "./headers.ts";
import { isResource } from "./resource.ts";

type Row = readonly [check: (value: unknown) => boolean, allowed: string];

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
const isFlag = (value: unknown): boolean => typeof value === "boolean";
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) > 0;
const isPem = (value: unknown): boolean => isText(value) || value instanceof Uint8Array;
const hasMethod =
  (name: string) =>
  (value: unknown): boolean =>
    isObject(value) && typeof (value as Record<string, unknown>)[name] === "function";
const oneOf = (...words: readonly string[]): Row => [
  (value) => words.includes(value as string),
  words.map((word) => JSON.stringify(word)).join(" or "),
];
const each = (check: (value: unknown) => boolean) => (value: unknown) =>
  isPlainObject(value) && Object.values(value).every(check);

const FLAG: Row = [isFlag, "true or false"];
const PEM: Row = [isPem, "a PEM file's path, or its contents"];
const ATTRIBUTES: Row = [isPlainObject, "an object of attributes"];

const ROWS: Readonly<Record<string, Row>> = {
  provider: [hasMethod("getLogger"), "a LoggerProvider: an object with getLogger()"],
  exporter: [hasMethod("export"), "a LogRecordExporter: an object with export()"],
  protocol: oneOf("http/protobuf", "http/json", "grpc"),
  url: [(value) => isText(value) || value instanceof URL, "an address"],
  timeoutMs: [(value) => Number.isFinite(value) && (value as number) > 0, "milliseconds above 0"],
  compression: oneOf("gzip", "none"),
  certificate: PEM,
  clientKey: PEM,
  clientCertificate: PEM,
  insecure: FLAG,
  resource: [(value) => isPlainObject(value) || isResource(value), "an object of attributes, or a Resource"],
  scope: [isScope, "a name, or { name, version, schemaUrl, attributes }"],
  severity: [each(isSeverity), "an object of whole numbers from 1 to 24 by level names"],
  attributes: ATTRIBUTES,
  code: FLAG,
  template: FLAG,
  uid: FLAG,
  logRecordLimits: [isLimits, "{ attributeCountLimit, attributeValueLengthLimit } of whole numbers above 0"],
  handleSignals: FLAG,
  includeDiag: FLAG,
  registerGlobal: FLAG,
};

/** Say how to send: none of them has a meaning where the application's provider sends. */
const OF_SENDING = [
  "exporter",
  "protocol",
  "url",
  "headers",
  "timeoutMs",
  "compression",
  "certificate",
  "clientKey",
  "clientCertificate",
  "insecure",
  "resource",
  "spool",
  "registerGlobal",
  "queue",
  "batch",
  "retry",
  "concurrency",
  "meterProvider",
];
/** Say how to reach a collector: an exporter knows that by itself. */
const OF_REACHING = [
  "protocol",
  "url",
  "headers",
  "compression",
  "certificate",
  "clientKey",
  "clientCertificate",
  "insecure",
];

/** What headers, a delivery and a spool check themselves; how long an export may take is said by `timeoutMs`. */
const CHECKED_ELSEWHERE = ["headers", "spool", ...DELIVERY_SETTINGS.filter((name) => name !== "exportTimeoutMs")];

function isSeverity(value: unknown): boolean {
  return isCount(value) && (value as number) <= 24;
}

function hasOnly(value: unknown, rows: Readonly<Record<string, (value: unknown) => boolean>>): boolean {
  return (
    isPlainObject(value) &&
    Object.entries(value).every(([key, one]) => Object.hasOwn(rows, key) && (one === undefined || rows[key]?.(one)))
  );
}

function isScope(value: unknown): boolean {
  if (isText(value)) return true;
  const rows = { name: isText, version: isText, schemaUrl: isText, attributes: isPlainObject };
  return hasOnly(value, rows) && isText((value as { name?: unknown }).name);
}

function isLimits(value: unknown): boolean {
  return hasOnly(value, { attributeCountLimit: isCount, attributeValueLengthLimit: isCount });
}

/** Is anything said of how to send, so that the application's provider is not meant? */
export function saysHowToSend(options: OtelSinkOptions): boolean {
  return OF_SENDING.some((name) => (options as Readonly<Record<string, unknown>>)[name] !== undefined);
}

/**
 * Checks names, values and what goes together.
 *
 * @throws LogbridgeError LB1002 for an unknown name, LB1631 for options that exclude each other; LogbridgeTypeError LB1630 and LB1610 for a
 * wrong value
 */
export function checkSinkOptions(options: OtelSinkOptions): void {
  if (!isPlainObject(options as unknown))
    throw new LogbridgeTypeError("LB1630", `otelSink(): expected an object of options, got ${inspect(options)}`);
  for (const [name, value] of Object.entries(options)) {
    if (CHECKED_ELSEWHERE.includes(name)) continue;
    const row = Object.hasOwn(ROWS, name) ? ROWS[name] : undefined;
    if (!row)
      throw new LogbridgeError(
        "LB1002",
        `otelSink(): unknown option ${JSON.stringify(name)}; allowed are ${[...Object.keys(ROWS), ...CHECKED_ELSEWHERE].join(", ")}`,
      );
    if (value !== undefined && !row[0](value))
      throw new LogbridgeTypeError(
        "LB1630",
        `otelSink(): option ${name} must be ${row[1]}, got ${isSecret(name) ? typeof value : inspect(value)}`,
      );
  }
  checkHeaders(options.headers, options.protocol === "grpc" ? "grpc" : "http");
  checkDeliverySettings("otelSink()", options);
  if (options.spool !== undefined) checkedSpool("otelSink()", options.spool);
  checkTogether(options);
  // The disk is asked when nothing else is wrong.
  if (options.spool !== undefined) checkSpoolFolder("otelSink()", options.spool.dir);
}

function isSecret(name: string): boolean {
  return name === "clientKey" || name === "url";
}

function checkTogether(options: OtelSinkOptions): void {
  const given = options as Readonly<Record<string, unknown>>;
  const refuse = (name: string, why: string): never => {
    throw new LogbridgeError("LB1631", `otelSink(): option ${name} has no effect here: ${why}`);
  };
  if (options.provider !== undefined)
    for (const name of OF_SENDING) if (given[name] !== undefined) refuse(name, "the provider has its own");
  if (options.exporter !== undefined)
    for (const name of OF_REACHING) if (given[name] !== undefined) refuse(name, "the exporter has its own");
}
