import { isPlainObject } from "@logbridge/core";

/** What is read of a request or response, wherever it comes from: Node, Express, Fastify, hapi. */
interface Exchange {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly url?: unknown;
  readonly originalUrl?: unknown;
  readonly query?: unknown;
  readonly params?: unknown;
  readonly headers?: unknown;
  readonly socket?: { readonly remoteAddress?: unknown; readonly remotePort?: unknown };
  readonly raw?: unknown;
  readonly statusCode?: unknown;
  readonly headersSent?: unknown;
  readonly setHeader?: unknown;
  readonly getHeaders?: () => unknown;
}

type HttpKind = "req" | "res";

/** Is this a request or a response? Their parts are getters of classes, so that a plain object is neither. */
export function httpKind(value: unknown): HttpKind | null {
  if (typeof value !== "object" || value === null || Array.isArray(value) || isPlainObject(value)) return null;
  try {
    const { method, headers, socket, setHeader, raw } = value as Exchange;
    if (method && headers && socket) return "req";
    const writes = setHeader ?? (raw as Exchange | undefined)?.setHeader;
    return typeof writes === "function" ? "res" : null;
  } catch {
    return null;
  }
}

/** The parts that pino shows of a request or response. The object itself stays in reach for serializers, under `raw`. */
export function httpView(value: object, kind: HttpKind): Record<string, unknown> {
  const view = kind === "req" ? requestView(value as Exchange) : responseView(value as Exchange);
  return Object.defineProperty(view, "raw", { value: (value as Exchange).raw ?? value });
}

function requestView(request: Exchange): Record<string, unknown> {
  const { id, method, url, originalUrl, query, params, headers, socket } = request;
  const view: Record<string, unknown> = {
    id: typeof id === "function" ? id.call(request) : id,
    method,
    url: originalUrl ?? url,
    query,
    params,
    headers,
    remoteAddress: socket?.remoteAddress,
    remotePort: socket?.remotePort,
  };
  for (const key of Object.keys(view)) if (view[key] === undefined) delete view[key];
  return view;
}

function responseView(response: Exchange): Record<string, unknown> {
  const { headersSent, statusCode } = response;
  return { statusCode: headersSent === false ? null : statusCode, headers: response.getHeaders?.() ?? {} };
}
