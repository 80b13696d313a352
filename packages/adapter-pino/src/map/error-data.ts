import { errorToHand, type LogRecord, toPlain } from "@logbridge/core";
import { put } from "./put.ts";

type Exception = NonNullable<LogRecord["exception"]>;

/** An exception in the shape of pino's serializers; the first stack tells the whole chain, as transports that read no more want it. */
export function errorData(exception: Exception, withCauses: boolean): Record<string, unknown> {
  const { type, message, code, cause, errors, properties } = exception;
  const data: Record<string, unknown> = {
    type,
    message,
    stack: withCauses ? stackOfChain(exception) : stackOf(exception),
  };
  const own: Record<string, unknown> = { ...(code !== undefined && { code }), ...ownName(exception) };
  for (const [key, value] of Object.entries(properties ?? {})) put(own, key, value);
  for (const key of inOrder(exception, own)) if (!Object.hasOwn(data, key)) put(data, key, toPlain(own[key]));
  if (errors) data["aggregateErrors"] = errors.map((error) => errorData(error, true));
  if (cause) data["cause"] = errorData(cause, false);
  return data;
}

function stackOf({ type, message, stack }: Exception): string {
  return [message === "" ? type : `${type}: ${message}`, ...stack.map((frame) => frame.text)].join("\n");
}

function stackOfChain(exception: Exception): string {
  return exception.cause ? `${stackOf(exception)}\ncaused by: ${stackOfChain(exception.cause)}` : stackOf(exception);
}

/** A name that an error has as a property of its own, beside its class: pino shows it among the others. */
function ownName(exception: Exception): { readonly name?: string } {
  const error = errorToHand(exception);
  if (typeof error !== "object" || error === null) return {};
  const found = Object.getOwnPropertyDescriptor(error, "name");
  return found?.enumerable && typeof found.value === "string" ? { name: found.value } : {};
}

/** The keys of an error's own properties in the order in which the error has them. */
function inOrder(exception: Exception, own: object): readonly string[] {
  const error = errorToHand(exception);
  const keys = typeof error === "object" && error !== null ? Object.keys(error) : [];
  return [...new Set([...keys.filter((key) => Object.hasOwn(own, key)), ...Object.keys(own)])];
}
