import { LogbridgeError } from "@logbridge/core";
import { runtime } from "#runtime";
import { within } from "../delivery/within.ts";
import { type HeaderCarrier, headersFault } from "../options/header-syntax.ts";

/** What the function gives; `undefined` or `null`: none, as long as there is no token. */
type HeadersGiven = Readonly<Record<string, string>> | null | undefined;

/** Headers: fixed, or a function that is asked before each request, for a token that is renewed. */
export type HeadersOption = Readonly<Record<string, string>> | (() => HeadersGiven | Promise<HeadersGiven>);

/** The headers of the next request, by lower-case names; what the application gives comes over what the environment says. */
export async function currentHeaders(
  fixed: Readonly<Record<string, string>>,
  given: HeadersOption | undefined,
  timeoutMs: number,
  carrier: HeaderCarrier = "http",
): Promise<Record<string, string>> {
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  addHeaders(headers, fixed);
  if (typeof given === "function") addHeaders(headers, sendable(await asked(given, timeoutMs), carrier));
  else if (given !== undefined) addHeaders(headers, given);
  return headers;
}

async function asked(given: Extract<HeadersOption, () => unknown>, timeoutMs: number): Promise<unknown> {
  try {
    return await within(timeoutMs, Promise.resolve(runtime.asExport(given)));
  } catch (cause) {
    throw new LogbridgeError("LB1641", "otelSink(): the function of option headers failed; it will be asked again", {
      cause,
    });
  }
}

/** No object: there are no headers yet. The rest is said by us: the library that sends would show the value, or send the text "undefined" for a token that is not there. */
function sendable(answer: unknown, carrier: HeaderCarrier): Readonly<Record<string, string>> {
  if (answer === undefined || answer === null) return {};
  const fault = headersFault(answer, carrier);
  if (fault === null) return answer as Readonly<Record<string, string>>;
  throw new LogbridgeError(
    "LB1641",
    `otelSink(): the function of option headers must give an object of texts that can be sent as headers: ${fault}; it will be asked again`,
  );
}

function addHeaders(headers: Record<string, string>, more: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(more)) headers[name.toLowerCase()] = value;
}
