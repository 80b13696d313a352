import type { ExceptionData } from "../record/data.ts";
import { isPlainObject } from "../record/plain-object.ts";
import { errorFromData } from "../record/revive.ts";
import { linePattern } from "./line-patterns.ts";

const DEEPEST_CAUSE = 8;
/** `TypeError: no user`, `Uncaught ValueError`, `java.lang.IllegalStateException: …`. */
const HEADING = linePattern(/^(?:Uncaught )?([A-Za-z_$][\w$.]{0,100})(?:: ([^\n]{0,10000}))?$/);

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** The error that a value of a JSON line tells of: an object as serializers make it, or a stack's text. `null`: none. */
export function errorOf(value: unknown): Error | null {
  if (typeof value === "string") return value.includes("\n") ? errorFromData(ofStack(value, {})) : null;
  const data = ofObject(value, 0);
  return data && errorFromData(data);
}

/** An error from parts that stand side by side in the line: `error.type`, `error.message`, `error.stack_trace`. */
export function errorFromParts(type: unknown, message: unknown, stack: unknown): Error | null {
  if (typeof stack !== "string" && typeof message !== "string") return null;
  const known = { ...(typeof type === "string" && { type }), ...(typeof message === "string" && { message }) };
  return errorFromData(
    typeof stack === "string" ? ofStack(stack, known) : { type: "Error", message: "", stack: null, ...known },
  );
}

function ofObject(value: unknown, depth: number): ExceptionData | null {
  if (!isPlainObject(value) || depth > DEEPEST_CAUSE) return null;
  const stack = textOf(value["stack"]) ?? textOf(value["stack_trace"]) ?? textOf(value["stacktrace"]);
  const message = textOf(value["message"]) ?? textOf(value["msg"]);
  if (message === null && stack === null) return null;
  const { type, name, message: _message, msg, stack: _stack, stack_trace, stacktrace, code, cause, ...rest } = value;
  const inner = ofObject(cause, depth + 1);
  const known = { ...(message !== null && { message }) };
  const read = ofStack(stack ?? "", known);
  const isCode = typeof code === "string" || typeof code === "number";
  return {
    type: textOf(type) ?? textOf(name) ?? read.type,
    message: read.message,
    stack,
    ...(isCode && { code }),
    ...(inner && { cause: inner }),
    properties: {
      ...rest,
      ...(typeof type === "string" && typeof name === "string" && name !== type && { name }),
      ...(!isCode && code !== undefined && { code }),
      ...(!inner && cause !== undefined && { cause }),
    },
  };
}

/** Type and message stand in a stack's first line; in Python's in the last. */
function ofStack(stack: string, known: { readonly type?: string; readonly message?: string }): ExceptionData {
  const lines = stack.trim().split("\n", 10_000);
  const heading = HEADING.exec((stack.startsWith("Traceback (most recent call last)") ? lines.at(-1) : lines[0]) ?? "");
  return {
    type: known.type ?? heading?.[1] ?? "Error",
    message: known.message ?? heading?.[2] ?? "",
    stack: stack === "" ? null : stack,
  };
}
