import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";

const KEY: unique symbol = Symbol.for("logbridge.otel.exports") as never;

/** One for all copies of the package: the sink of one is not to feed the exporter of another. Costs nothing until there is an export. */
const exportContext: AsyncLocalStorage<true> = ((globalThis as { [KEY]?: AsyncLocalStorage<true> })[KEY] ??=
  new AsyncLocalStorage<true>());

let watchesSockets = false;

/** What is opened in an export keeps no process alive: gRPC waits for a handshake without end. Whoever waits for the export does. */
function watchSockets(): void {
  if (watchesSockets) return;
  watchesSockets = true;
  subscribe("net.client.socket", (message) => {
    if (isInExport()) (message as { readonly socket: Socket }).socket.unref();
  });
}

/** @see Runtime.asExport */
export function asExport<T>(work: () => T): T {
  watchSockets();
  return exportContext.run(true, work);
}

/** @see Runtime.isInExport */
export function isInExport(): boolean {
  return exportContext.getStore() === true;
}
