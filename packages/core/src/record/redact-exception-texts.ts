import type { ExceptionInfo } from "../format/exception.ts";
import { plainException } from "./data.ts";
import type { HiddenLeaves } from "./redact-leaves.ts";
import { errorFromData } from "./revive.ts";

/**
 * An exception whose texts another library has handed over beside the object, and of which something is hidden: no text shows that any more,
 * and another error stands for the object that does.
 */
export function withoutHidden(info: ExceptionInfo, leaves: HiddenLeaves): ExceptionInfo {
  const { type, message, stack, cause, errors } = info;
  const hidden: ExceptionInfo = {
    ...info,
    type: leaves.hide(type),
    message: leaves.hide(message),
    stack: stack.filter(({ text }) => leaves.hide(text) === text),
    ...(cause && { cause: withoutHidden(cause, leaves) }),
    ...(errors && { errors: errors.map((error) => withoutHidden(error, leaves)) }),
  };
  return { ...hidden, value: errorFromData(plainException(hidden)) };
}
