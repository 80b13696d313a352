import type { Caller } from "@logbridge/core";
import { hostProcess } from "../builtin.ts";

/** Who has called a method of the console that warns, until the warning has been told. */
interface Warner {
  readonly method: string;
  readonly caller: Caller | null;
}

const warners: Warner[] = [];
const known = new WeakMap<object, Caller>();

/**
 * A console's method warns now: between it and its caller stand so many functions of ours that the warning's stack ends in them.
 *
 * @param method such as "timeEnd", which stands in the text of the warning
 */
export function noteWarner(method: string, caller: Caller | null): void {
  const warner = { method, caller };
  warners.push(warner);
  // The warning is told in a tick that was asked for before this one.
  hostProcess()?.nextTick(() => {
    const at = warners.indexOf(warner);
    if (at >= 0) warners.splice(at, 1);
  });
}

/** Who has called the method of the console that warned; `null` for any other warning. It may be asked again. */
export function warnerOf(warning: object, message: string): Caller | null {
  const found = known.get(warning);
  if (found) return found;
  const at = warners.findIndex(({ method }) => message.endsWith(`console.${method}()`));
  const caller = at < 0 ? null : (warners.splice(at, 1)[0] as Warner).caller;
  if (caller) known.set(warning, caller);
  return caller;
}
