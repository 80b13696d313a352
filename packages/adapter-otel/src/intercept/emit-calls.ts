import { patchMethod } from "@logbridge/core";
import type { OtelLoggerProvider, OtelLogRecord } from "../providers.ts";
import { emitterOf } from "./sdk-provider.ts";

/** An `emit` that is running. */
interface EmitCall {
  readonly record: OtelLogRecord;
  /** The scope of its logger: the SDK gives the very same object to what it makes of the record. */
  readonly scope: unknown;
}

let current: EmitCall | null = null;

/** What the record of this scope that is being emitted was given as exception; `undefined`: nothing, or nobody watches. */
export function thrownInEmit(scope: object): unknown {
  return current?.scope === scope ? current.record?.exception : undefined;
}

/** Watches the loggers of a provider's SDK: processors do not get to see what was thrown, only three texts of it. */
export function watchEmits(provider: OtelLoggerProvider): () => void {
  return patchMethod(emitterOf(provider), "emit", watchEmits, ({ original }) => {
    return function emit(this: unknown, record: OtelLogRecord): unknown {
      const outer = current;
      current = {
        record,
        scope: (this as { readonly _instrumentationScope?: unknown } | undefined)?._instrumentationScope,
      };
      try {
        return original.call(this, record as never);
      } finally {
        current = outer;
      }
    };
  });
}
