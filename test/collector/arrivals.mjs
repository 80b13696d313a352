// What the collector's file exporter has written: a request a line.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { attributesOf } from "./any-value.mjs";

/**
 * A record as the collector has it.
 * @typedef {object} Arrival
 * @property {ReadonlyMap<string, import("./any-value.mjs").AnyValue>} resource
 * @property {{ name?: string, version?: string }} scope
 * @property {ReadonlyMap<string, import("./any-value.mjs").AnyValue>} attributes
 * @property {import("./any-value.mjs").AnyValue} body
 * @property {string} timeUnixNano
 * @property {string} observedTimeUnixNano
 * @property {number} severityNumber
 * @property {string} severityText
 * @property {string} traceId
 * @property {string} spanId
 * @property {number} flags
 * @property {string} [eventName]
 * @property {number} [droppedAttributesCount]
 */

/**
 * Reads the records one after the other: never more than a request is in memory.
 * @param {string} file
 * @returns {AsyncGenerator<Arrival>}
 */
export async function* arrivalsOf(file) {
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY }))
    if (line !== "") yield* recordsOf(JSON.parse(line));
}

/** @param {any} request @returns {Generator<Arrival>} */
function* recordsOf(request) {
  for (const { resource, scopeLogs = [] } of request.resourceLogs ?? []) {
    const attributes = attributesOf(resource?.attributes);
    for (const { scope = {}, logRecords = [] } of scopeLogs)
      for (const record of logRecords)
        yield { body: {}, ...record, resource: attributes, scope, attributes: attributesOf(record.attributes) };
  }
}
