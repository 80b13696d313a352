import { inspect } from "@logbridge/core";

/** What headers travel by; what can be sent differs. */
export type HeaderCarrier = "http" | "grpc";

interface Syntax {
  readonly label: string;
  readonly name: RegExp;
  readonly names: string;
  readonly value: RegExp;
  readonly values: string;
  /** What the carrier's library refuses to send, request by request. */
  readonly ofConnection: readonly string[];
}

const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

const SYNTAX: Readonly<Record<HeaderCarrier, Syntax>> = {
  http: {
    label: "HTTP",
    name: TOKEN,
    names: "letters, digits and !#$%&'*+-.^_`|~",
    value: /^[\t\x20-\x7e\x80-\xff]*$/,
    values: "tabs and printable characters up to U+00FF",
    ofConnection: ["trailer"],
  },
  grpc: {
    label: "gRPC",
    name: /^[\w.-]+$/,
    names: 'letters, digits, "_", "-" and "."',
    value: /^[ -~]*$/,
    values: "printable ASCII characters",
    ofConnection: ["connection", "http2-settings", "keep-alive", "proxy-connection", "upgrade"],
  },
};

/** They say what the body is, which nobody else knows; one that says something else breaks every request. */
const OURS: readonly string[] = ["content-type", "content-length", "content-encoding", "transfer-encoding"];

/** Is this a name that a header can have, whatever it travels by? */
export function isHeaderName(name: string): boolean {
  return TOKEN.test(name);
}

/**
 * What keeps a header from being sent, with its name and never its value; `null`: nothing does.
 *
 * @example
 * headerFault("api-key", "caf\u00e9", "grpc"); // 'header "api-key" has a value that gRPC cannot send; …'
 */
export function headerFault(name: string, value: unknown, carrier: HeaderCarrier): string | null {
  const syntax = SYNTAX[carrier];
  const lower = name.toLowerCase();
  const fault = (what: string): string => `header ${shownName(name)} ${what}`;
  if (!syntax.name.test(name))
    return fault(`has a name that ${syntax.label} cannot send; what can be sent is ${syntax.names}`);
  if (OURS.includes(lower)) return fault("is set by otelSink() itself");
  if (syntax.ofConnection.includes(lower))
    return fault(`belongs to the connection, and ${syntax.label} cannot send it`);
  if (carrier === "grpc" && lower.endsWith("-bin"))
    return fault('cannot be sent: with "-bin" at its end gRPC demands bytes, and headers are texts here');
  if (typeof value !== "string") return fault(`must be a text, got ${value === null ? "null" : typeof value}`);
  if (!syntax.value.test(value))
    return fault(`has a value that ${syntax.label} cannot send; what can be sent is ${syntax.values}`);
  return null;
}

/** The same for all of them; what is no object of headers is told apart by its kind alone. */
export function headersFault(headers: unknown, carrier: HeaderCarrier): string | null {
  if (typeof headers !== "object" || headers === null || Symbol.iterator in headers) return kindFault(headers);
  for (const [name, value] of Object.entries(headers)) {
    const fault = headerFault(name, value, carrier);
    if (fault !== null) return fault;
  }
  return null;
}

/** Why a value is no plain object of headers. What the web calls `Headers`, maps and lists of pairs have an easy way to one. */
export function kindFault(headers: unknown): string {
  const kind = Object.prototype.toString.call(headers).slice("[object ".length, -1);
  const isIterable = typeof headers === "object" && headers !== null && Symbol.iterator in headers;
  return `got a value of type ${kind}${isIterable ? "; give a plain object, such as Object.fromEntries(headers)" : ""}`;
}

/** Whoever has written `"authorization: Bearer …"` for a name, or the value alone, has given it away: the first word is shown. */
function shownName(name: string): string {
  const [word = ""] = /^\W?[\w!#$%&'*+.^`|~-]{0,40}/.exec(name) ?? [];
  return inspect(word === name ? word : `${word}…`);
}
