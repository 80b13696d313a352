// The console, intercepted: `%d`, objects behind the text, errors.
import { interceptConsole } from "@logbridge/intercept-console";
import { double, map, string } from "../any-value.mjs";
import { exceptionOf } from "../exception.mjs";
import { placeOf } from "../source-place.mjs";

export const name = "console";

const place = placeOf(import.meta.url, "the call");

/** The console's methods with OpenTelemetry's numbers of the levels that we take them for. */
const METHODS = /** @type {const} */ ([
  ["log", 9, "INFO"],
  ["info", 9, "INFO"],
  ["debug", 5, "DEBUG"],
  ["warn", 13, "WARNING"],
  ["error", 17, "ERROR"],
]);

/** @returns {(index: number, key: string) => void} logs one record */
export function open() {
  interceptConsole({ name: "shop.console" });
  return function print(index, key) {
    if (index % 10 === 9) return console.error("bad", { key }, new SyntaxError(`token ${index}`));
    const [method] = METHODS[index % METHODS.length] ?? METHODS[0];
    console[method]("console %d", index, { key, size: { cm: index + 0.5 } }); // the call
  };
}

/** @param {number} index @returns {import("../expectation.mjs").Expected} */
export function expected(index) {
  if (index % 10 === 9) {
    return {
      scope: "shop.console",
      severityNumber: 17,
      severityText: "ERROR",
      body: string(`bad { key: 'console-${index}' }`),
      attributes: exceptionOf(new SyntaxError(`token ${index}`)),
    };
  }
  const [, severityNumber, severityText] = METHODS[index % METHODS.length] ?? METHODS[0];
  return {
    scope: "shop.console",
    severityNumber,
    severityText,
    code: { function: "print", ...place },
    body: string(`console ${index} { key: 'console-${index}', size: { cm: ${index + 0.5} } }`),
    attributes: { size: map({ cm: double(index + 0.5) }) },
  };
}
