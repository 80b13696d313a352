import { LogbridgeError, type SinkInlet } from "@logbridge/core";
import { fromCall } from "../intercept/emitted.ts";
import { takeInto } from "../intercept/take.ts";
import { levelOf } from "../levels.ts";
import { BridgeProvider, EMITS, globalProviders, registerProvider } from "../providers.ts";

/** A provider of ours in the process's registries. */
export interface GlobalRegistration {
  readonly provider: BridgeProvider;
  /** Takes it out again. */
  end(): void;
}

/** A sink that takes what other libraries emit. */
export interface RegisteringSink {
  /** The way to a handler of the sink that is in force; `undefined`: there is none. */
  inlet(): SinkInlet | undefined;
  flush(): Promise<void>;
  /** Hears what goes wrong, and where the application has registered a provider of its own, before or later. */
  fail(error: unknown): void;
}

/** Registers a provider for the process: what is emitted there goes through the sink's handler. */
export function registerSink(sink: RegisteringSink): GlobalRegistration {
  const provider: BridgeProvider = new BridgeProvider({
    take(record, scope, context) {
      const inlet = sink.inlet();
      if (!inlet) return;
      try {
        takeInto(inlet, fromCall(record, scope, context), provider, EMITS);
      } catch (error) {
        sink.fail(error);
      }
    },
    wants(severityNumber) {
      const inlet = sink.inlet();
      return inlet !== undefined && wants(inlet, severityNumber);
    },
    flush: () => sink.flush(),
  });
  const isTaken = globalProviders().length > 0;
  if (isTaken) sink.fail(takenError());
  const end = registerProvider(provider, () => sink.fail(takenError()));
  return { provider, end };
}

/** What has no severity yet may get any. */
function wants(inlet: SinkInlet, severityNumber: number): boolean {
  const no = severityNumber === 0 ? Number.MAX_VALUE : levelOf(severityNumber, undefined, inlet.levelNamed).no;
  return inlet.wants(no);
}

function takenError(): LogbridgeError {
  return new LogbridgeError(
    "LB1639",
    "otelSink(): the application has registered a LoggerProvider of its own; what other libraries emit goes there, and not by this sink",
  );
}
