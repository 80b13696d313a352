import * as api from "@opentelemetry/api";

const API = Symbol.for("opentelemetry.js.api.1");

interface Holder {
  diag?: api.DiagLogger | undefined;
}

function holder(): Holder | undefined {
  return (globalThis as unknown as Record<symbol, Holder | undefined>)[API];
}

/**
 * Makes this the process's diag logger. Gives the one that was there, which the API would forget, and how to leave: the one before is
 * put back, unless somebody else has taken the place meanwhile.
 */
export function takeDiag(logger: api.DiagLogger): { readonly before: api.DiagLogger | undefined; leave(): void } {
  const before = holder()?.diag;
  const installed = install(logger);
  const leave = (): void => {
    const place = holder();
    if (!place || place.diag !== installed) return;
    if (before) place.diag = before;
    else delete place.diag;
  };
  return { before, leave };
}

/** The API itself registers nothing where another copy of it, a patch version apart, has come first. */
function install(logger: api.DiagLogger): api.DiagLogger | undefined {
  const place = holder();
  if (place) return (place.diag = logger);
  api.diag.setLogger(logger, { logLevel: api.DiagLogLevel.ALL });
  return holder()?.diag;
}
