import {
  type Bridge,
  logger as globalLogger,
  type InboundPort,
  isReadableError,
  openPort,
  type PatchSite,
  patchMethod,
  readError,
} from "@logbridge/core";
import { mutes, type SpokenLevels } from "../levels.ts";
import type { Source } from "../source.ts";
import type { BegunLines } from "../streams/begun-lines.ts";
import { disabledWarnings } from "./disabled-warnings.ts";
import { type Listener, processEventsFor } from "./events.ts";
import { warningPrint } from "./node-print.ts";
import { thrownAt } from "./thrown-at.ts";
import { warnerOf } from "./warners.ts";

/** A way in of its own: an interception of the console for another logger, which does not hear warnings, is to hear them as what prints them. */
const BRIDGE: Bridge = { name: "warning", packages: [], mode: "replace", output: true };

/** Who listens to the warnings. */
interface Subscriber {
  readonly port: InboundPort;
  readonly levels: SpokenLevels;
  readonly begun: BegunLines;
  readonly disabled: ReadonlySet<string>;
}

/** A warning, without code of its owner that would run when it is read. */
interface Warned {
  readonly warning: Error;
  readonly type: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, string | number>>;
}

/** What Node's settings say of warnings; they may change while the process runs. */
interface Settings {
  readonly noDeprecation?: boolean;
  readonly traceDeprecation?: boolean;
  readonly traceProcessWarnings?: boolean;
}

/**
 * Takes in the warnings of the process, at the place of the listener by which the runtime prints them: what it prints in tee mode is
 * known to be the same warning, by the console or by stderr.
 *
 * @throws LogbridgeError LB1557 where there is no process
 */
export const listenToWarnings: Source = ({ levels, options, begun }) => {
  const place = warningPrint(processEventsFor("warnings"));
  const port = openPort(BRIDGE, options, globalLogger);
  const subscriber: Subscriber = { port, levels, begun, disabled: disabledWarnings() };
  const leave = patchMethod(place, "print", subscriber, (site) => wrap(site as PatchSite<Subscriber>) as never);
  return () => {
    leave();
    if (place.print === place.original) place.release();
    port.close();
  };
};

/** What prints a warning, with what takes it in. */
function wrap(site: PatchSite<Subscriber>): Listener {
  const hook: Listener = function (this: unknown, ...args) {
    const print = (): unknown => (site.original as Listener).apply(this, args);
    let silent = false;
    for (const subscriber of site.subscribers) if (takes(subscriber, args[0], hook)) silent = true;
    if (silent) return undefined;
    // Whoever listens has the warning, or does not want it: its print is no other record.
    return site.subscribers.reduceRight(
      (run, { port }) =>
        () =>
          port.through(run),
      print,
    )();
  };
  return hook;
}

/** Gives the warning to one who listens. `true`: it is not to be printed. */
function takes({ port, levels, begun, disabled }: Subscriber, value: unknown, hook: Listener): boolean {
  try {
    const said = understood(value, disabled);
    if (!said) return false;
    const level = levels.of("warning");
    if (!port.wants(level.no)) return mutes(port, port.follows);
    const { warning, type, message, fields } = said;
    begun.interruptStderr();
    const isTaken = port.deliver(
      {
        target: globalThis.process,
        level,
        message,
        args: [],
        fields,
        caller: warnerOf(warning, message) ?? thrownAt(warning),
        origin: { name: "warning", level: { name: type } },
        ...(isTraced(type) && { error: warning }),
      },
      hook,
    );
    return isTaken && port.mode === "replace";
  } catch (error) {
    port.fail(error);
    return false;
  }
}

/** `null` for what the runtime does not print either: what is no error, and what it was told to leave out. */
function understood(value: unknown, disabled: ReadonlySet<string>): Warned | null {
  if (!isReadableError(value)) return null;
  const { type, message, code } = readError(value);
  if (disabled.has(type) || (code !== undefined && disabled.has(String(code)))) return null;
  if (type === DEPRECATION && settings().noDeprecation) return null;
  const detail: unknown = Object.getOwnPropertyDescriptor(value, "detail")?.value;
  const fields = { ...(code !== undefined && { code }), ...(typeof detail === "string" && { detail }) };
  return { warning: value, type, message, fields };
}

const DEPRECATION = "DeprecationWarning";

/** Does Node show where the warning comes from? Then the record does so too. */
function isTraced(type: string): boolean {
  const { traceProcessWarnings, traceDeprecation } = settings();
  return Boolean(traceProcessWarnings || (type === DEPRECATION && traceDeprecation));
}

function settings(): Settings {
  return globalThis.process as Settings;
}
