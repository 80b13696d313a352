import { isPlainObject, LogbridgeTypeError } from "@logbridge/core";
import { type HeaderCarrier, headerFault, headersFault, isHeaderName, kindFault } from "./header-syntax.ts";
import { parseKeyPairs } from "./key-pairs.ts";
import { otlpNames, textOf, warnOfPart, warnOfVariable } from "./variables.ts";

/**
 * Looks at the option: what would fail with each request is refused before there is one.
 *
 * @throws LogbridgeTypeError LB1630 for what cannot be sent, without the values: headers are where the secrets are
 */
export function checkHeaders(value: unknown, carrier: HeaderCarrier): void {
  if (value === undefined || typeof value === "function") return;
  const fault = isPlainObject(value) ? headersFault(value, carrier) : kindFault(value);
  if (fault === null) return;
  throw new LogbridgeTypeError(
    "LB1630",
    `otelSink(): option headers must be a plain object of texts that can be sent as headers, or a function that gives one: ${fault}`,
  );
}

/** Those for all signals, and over them those for logs. Without one that cannot be sent: the others may be what lets us in. */
export function headersOfVariables(carrier: HeaderCarrier): Readonly<Record<string, string>> {
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const variable of [...otlpNames("HEADERS")].reverse()) {
    for (const [name, value] of pairsOf(variable)) {
      const fault = headerFault(name, value, carrier);
      if (fault === null) headers[name.toLowerCase()] = value;
      else warnOfPart(variable, fault);
    }
  }
  return headers;
}

function pairsOf(variable: string): readonly (readonly [string, string])[] {
  const text = textOf(variable);
  const pairs = text === undefined ? [] : parseKeyPairs(text);
  if (pairs?.every(([name]) => isHeaderName(name))) return pairs;
  // Not shown, no part of it: what stands in a name's place may be a secret, too.
  warnOfVariable(variable, "key=value pairs with commas between them, percent-encoded");
  return [];
}
