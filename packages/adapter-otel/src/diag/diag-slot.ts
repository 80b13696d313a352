import * as api from "@opentelemetry/api";

const API = Symbol.for("opentelemetry.js.api.1");
/** Known to every copy of this package: on a logger of ours that has left, the one that was there before it. */
const BEFORE: unique symbol = Symbol.for("logbridge.otel.diagBefore") as never;

type Logger = api.DiagLogger & { [BEFORE]?: Logger | undefined };

interface Holder {
  diag?: Logger | undefined;
}

function holder(): Holder | undefined {
  return (globalThis as unknown as Record<symbol, Holder | undefined>)[API];
}

/**
 * Makes this the process's diag logger. Gives the one that was there, which the API would forget, and how to leave: the one before that
 * has not left itself is put back, unless somebody else has taken the place meanwhile.
 */
export function takeDiag(logger: api.DiagLogger): { readonly before: api.DiagLogger | undefined; leave(): void } {
  const before = holder()?.diag;
  const installed = install(logger);
  const leave = (): void => {
    if (installed) Object.defineProperty(installed, BEFORE, { value: before, configurable: true });
    const place = holder();
    if (!place || place.diag !== installed) return;
    const present = stillThere(before);
    if (present) place.diag = present;
    else delete place.diag;
  };
  return { before, leave };
}

function stillThere(logger: Logger | undefined): Logger | undefined {
  let at = logger;
  while (at && Object.hasOwn(at, BEFORE)) at = at[BEFORE];
  return at;
}

/** The API itself registers nothing where another copy of it, a patch version apart, has come first. */
function install(logger: api.DiagLogger): Logger | undefined {
  const place = holder();
  if (place) return (place.diag = logger);
  api.diag.setLogger(logger, { logLevel: api.DiagLogLevel.ALL });
  return holder()?.diag;
}
