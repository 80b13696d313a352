import { type Info, put, valueOf } from "../map/info.ts";
import { type Call, callOf, infoCall } from "./call.ts";

/** What `startTimer()` gives. */
export interface Timer {
  readonly logger: object;
  readonly start: number;
  done(...args: unknown[]): boolean;
}

/** The call that ends a timer or profile: its last argument is an info, to which the duration is added. */
export function durationCall(args: readonly unknown[], start: number, title: string): Call {
  const list = args.filter((one) => typeof one !== "function");
  const last = list[list.length - 1];
  const durationMs = Date.now() - start;
  if (typeof last !== "object" || last === null) {
    const message = last ?? title;
    return { ...callOf("info", [message]), ...withDuration({}, message, durationMs) };
  }
  const call = infoCall(last);
  const message = valueOf(last, "message") === undefined ? title : call.message;
  return { ...call, ...withDuration(last, message, durationMs) };
}

/** winston writes the duration on the info itself; here it is a copy. */
function withDuration(
  info: object,
  message: unknown,
  durationMs: number,
): Pick<Call, "message" | "sources" | "itself"> {
  const own: Info = {};
  for (const key of Object.keys(info)) put(own, key, valueOf(info, key));
  const itself: Info = { ...own, message, durationMs };
  return { message, sources: [own, { durationMs }], itself };
}
