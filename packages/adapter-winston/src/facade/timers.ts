import { type Info, valueOf } from "../map/info.ts";
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
  if (typeof last !== "object" || last === null)
    return { ...callOf("info", [last ?? title]), sources: [{ durationMs } satisfies Info] };
  const call = infoCall(last);
  const message = valueOf(last, "message") === undefined ? title : call.message;
  return { ...call, message, sources: [...call.sources, { durationMs }] };
}
