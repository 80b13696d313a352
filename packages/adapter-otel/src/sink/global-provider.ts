import { LogbridgeError } from "@logbridge/core";
import { fromCall } from "../intercept/emitted.ts";
import { BridgeProvider, globalProviders, registerProvider } from "../providers.ts";
import type { EmittedRoute } from "./own-route.ts";

/** A provider of ours in the process's registries. */
export interface GlobalRegistration {
  readonly provider: BridgeProvider;
  /** Takes it out again. */
  end(): void;
}

/**
 * Registers a provider for the process that sends by this route.
 *
 * @param fail hears where the application has registered one of its own, before or later
 */
export function registerRoute(route: EmittedRoute, fail: (error: unknown) => void): GlobalRegistration {
  const provider = new BridgeProvider({
    take: (record, scope, context) => route.writeEmitted(fromCall(record, scope, context)),
    flush: () => route.flush(),
  });
  const isTaken = globalProviders().length > 0;
  if (isTaken) fail(takenError());
  const end = registerProvider(provider, () => fail(takenError()));
  return { provider, end };
}

function takenError(): LogbridgeError {
  return new LogbridgeError(
    "LB1639",
    "otelSink(): the application has registered a LoggerProvider of its own; what other libraries emit goes there, and not by this sink",
  );
}
