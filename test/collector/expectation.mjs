// Is a record that has arrived the one that was logged?
import { isDeepStrictEqual } from "node:util";
import { int, string } from "./any-value.mjs";

/** @typedef {import("./any-value.mjs").AnyValue} AnyValue */
/** @typedef {Record<string, AnyValue | ((value: AnyValue) => boolean)>} ExpectedAttributes */

/**
 * What a source says of a record, whatever run it is in.
 * @typedef {object} Expected
 * @property {string} scope
 * @property {string} [scopeVersion]
 * @property {string} [nanos] where the source says itself when it was
 * @property {string} [eventName]
 * @property {number} severityNumber
 * @property {string} severityText
 * @property {AnyValue} body
 * @property {{ function: string, file: string, line: number }} [code] where the call is, if it is always the same
 * @property {ExpectedAttributes} attributes all but `key` and those of the code
 */

/**
 * What the run has noted of the record beside the sink.
 * @typedef {object} Noted
 * @property {string} nanos
 * @property {string} [file] absent where there is no caller
 * @property {string} function
 * @property {number} line
 * @property {number} column
 */

/**
 * A span of the run.
 * @typedef {object} Span
 * @property {string} traceId
 * @property {string} spanId
 */

/**
 * @typedef {object} What
 * @property {string} key
 * @property {Expected} expected
 * @property {Noted} noted
 * @property {Span} span
 * @property {Readonly<Record<string, AnyValue>>} resource
 */

/**
 * @param {import("./arrivals.mjs").Arrival} arrival
 * @param {What} what
 * @returns {string[]} all that is not as it has to be
 */
export function differences(arrival, what) {
  const { key, expected, resource } = what;
  const attributes = { key: string(key), ...codeOf(what), ...expected.attributes };
  return [
    ...compare(key, "", Object.entries(headOf(what)), new Map(Object.entries(seenOf(arrival)))),
    ...compare(key, "attribute ", Object.entries(attributes), arrival.attributes),
    ...compare(key, "resource ", Object.entries(resource), arrival.resource),
    ...[...arrival.attributes]
      .filter(([name]) => !Object.hasOwn(attributes, name))
      .map(([name, value]) => `${key}: attribute ${shown(name)} was not expected: ${shown(value)}`),
  ];
}

/** What stands in a record beside its attributes. @param {import("./arrivals.mjs").Arrival} arrival */
function seenOf({ scope, attributes: _attributes, resource: _resource, ...fields }) {
  return { ...fields, scope: scope.name, scopeVersion: scope.version };
}

/** What has to stand there. @param {What} what */
function headOf({ expected, noted, span }) {
  const { scope, scopeVersion, severityNumber, severityText, body, eventName, nanos = noted.nanos } = expected;
  return {
    ...{ scope, scopeVersion, severityNumber, severityText, body, eventName, ...span },
    timeUnixNano: nanos,
    observedTimeUnixNano: nanos,
    flags: 1,
    droppedAttributesCount: undefined,
  };
}

/** Where the call is: as the run has noted it, and as the source knows it where it does. @param {What} what */
function codeOf({ expected, noted }) {
  if (noted.file === undefined) return {};
  const place = expected.code ?? noted;
  return {
    "code.function.name": string(place.function),
    "code.file.path": string(place.file ?? noted.file),
    "code.line.number": int(place.line),
    "code.column.number": int(noted.column),
  };
}

/**
 * @param {string} key
 * @param {string} what
 * @param {readonly (readonly [string, unknown])[]} wanted
 * @param {ReadonlyMap<string, any>} seen
 */
function compare(key, what, wanted, seen) {
  return wanted
    .filter(([name, value]) => {
      const found = seen.get(name);
      return typeof value === "function" ? found === undefined || !value(found) : !isDeepStrictEqual(found, value);
    })
    .map(([name, value]) => `${key}: ${what}${name} is ${shown(seen.get(name))}, not ${shown(value)}`);
}

/** @param {unknown} value */
function shown(value) {
  const text = typeof value === "function" ? String(value) : String(JSON.stringify(value));
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
