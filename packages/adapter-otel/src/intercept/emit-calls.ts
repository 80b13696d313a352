import { patchMethod } from "@logbridge/core";
import type { OtelLoggerProvider, OtelLogRecord } from "../providers.ts";
import { emitterOf } from "./sdk-provider.ts";

/** An `emit` that is running. */
interface EmitCall {
  readonly record: OtelLogRecord;
  /** The scope of its logger: the SDK gives the very same object to what it makes of the record. */
  readonly scope: unknown;
}

interface EmitCalls {
  current: EmitCall | null;
}

const KEY: unique symbol = Symbol.for("logbridge.otel.emitCalls") as never;

/** One for all copies of the package: the first one that watches does it for all. */
function emitCalls(): EmitCalls {
  const holder = globalThis as { [KEY]?: EmitCalls };
  holder[KEY] ??= { current: null };
  return holder[KEY];
}

/** What the record of this scope that is being emitted was given as exception; `undefined`: nothing, or nobody watches. */
export function thrownInEmit(scope: object): unknown {
  const { current } = emitCalls();
  return current?.scope === scope ? current.record?.exception : undefined;
}

/** Watches the loggers of a provider's SDK: processors do not get to see what was thrown, only three texts of it. */
export function watchEmits(provider: OtelLoggerProvider): () => void {
  return patchMethod(emitterOf(provider), "emit", watchEmits, ({ original }) => {
    return function emit(this: unknown, record: OtelLogRecord): unknown {
      const calls = emitCalls();
      const outer = calls.current;
      calls.current = {
        record,
        scope: (this as { readonly _instrumentationScope?: unknown } | undefined)?._instrumentationScope,
      };
      try {
        return original.call(this, record as never);
      } finally {
        calls.current = outer;
      }
    };
  });
}
