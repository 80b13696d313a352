import { LogbridgeError } from "@logbridge/core";
import { runtime } from "#runtime";
import { within } from "../delivery/within.ts";

/** Headers: fixed, or a function that is asked before each request, for a token that is renewed. */
export type HeadersOption =
  | Readonly<Record<string, string>>
  | (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>);

/** The headers of the next request, by lower-case names; what the application gives comes over what the environment says. */
export async function currentHeaders(
  fixed: Readonly<Record<string, string>>,
  given: HeadersOption | undefined,
  timeoutMs: number,
): Promise<Record<string, string>> {
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  addHeaders(headers, fixed);
  if (typeof given === "function") addHeaders(headers, await asked(given, timeoutMs));
  else if (given !== undefined) addHeaders(headers, given);
  return headers;
}

async function asked(
  given: Extract<HeadersOption, () => unknown>,
  timeoutMs: number,
): Promise<Readonly<Record<string, string>>> {
  try {
    return await within(timeoutMs, Promise.resolve(runtime.asExport(given)));
  } catch (cause) {
    throw new LogbridgeError("LB1641", "otelSink(): the function of option headers failed; it will be asked again", {
      cause,
    });
  }
}

function addHeaders(headers: Record<string, string>, more: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(more ?? {})) headers[name.toLowerCase()] = String(value);
}
