import {
  type Bridge,
  checkInterceptOptions,
  logger as globalLogger,
  type InboundPort,
  type Interception,
  type InterceptOptions,
  inspect,
  interception,
  LogbridgeError,
  LogbridgeTypeError,
  type LogRecord,
  openPort,
  report,
} from "@logbridge/core";
import type { DiagLogger } from "@opentelemetry/api";
import { takeDiag } from "./diag/diag-slot.ts";
import { readDiag } from "./diag/message.ts";
import { RateLimit } from "./diag/rate-limit.ts";

const BRIDGE: Bridge = {
  name: "otel-diag",
  packages: ["@opentelemetry/api", "@opentelemetry/core", "@logbridge/adapter-otel"],
  mode: "tee",
};

/** The levels of OpenTelemetry's diag channel. */
export type DiagLevel = "ERROR" | "WARN" | "INFO" | "DEBUG" | "VERBOSE";

/** Options of `forwardDiag()`. */
export interface ForwardDiagOptions extends Pick<InterceptOptions, "logger" | "mode" | "name"> {
  /** The least severe of the SDK's levels that is taken. Default `"WARN"`. At `"DEBUG"` and `"VERBOSE"` values beside the texts are left out: whole batches are among them. */
  readonly level?: DiagLevel;
  /** How many messages a minute are taken; of more the count is kept, and said once. Default 60. */
  readonly perMinute?: number;
}

/** The SDK's own messages come in, until it is restored. */
export interface DiagForwarding extends Interception {
  /** How many messages were left out, by the rate or because a message was on its way already. */
  dropped(): number;
}

/** From the most severe, with what ours are called. */
const LEVELS: Readonly<Record<DiagLevel, { readonly name: string; readonly no: number }>> = {
  ERROR: { name: "ERROR", no: 40 },
  WARN: { name: "WARNING", no: 30 },
  INFO: { name: "INFO", no: 20 },
  DEBUG: { name: "DEBUG", no: 10 },
  VERBOSE: { name: "TRACE", no: 5 },
};
/** Who speaks where no component has given its name. */
const SDK = "@opentelemetry/api";

/**
 * Takes in what OpenTelemetry's SDK says of itself (`diag`): failed exports, wrong attributes, double registrations.
 *
 * The records are never given to an `otelSink`, unless that one has `includeDiag: true`: an export that fails would be followed by one more record
 * to export. A diag logger that was set before still gets its messages (`mode: "tee"`, the default), and is put back by `restore()`.
 * Whoever calls `diag.setLogger` later takes the place over; `NodeSDK` does so where `OTEL_LOG_LEVEL` is set: call this after `sdk.start()`.
 *
 * @throws LogbridgeTypeError LB1655 for a wrong option, and the errors of `checkInterceptOptions`
 * @example
 * const forwarding = forwardDiag({ level: "INFO" });
 * // …
 * forwarding.restore();
 */
export function forwardDiag(options: ForwardDiagOptions = {}): DiagForwarding {
  const { level = "WARN", perMinute = 60, ...rest } = checked(options);
  const port = openPort(BRIDGE, rest, globalLogger);
  const channel = new DiagChannel(port, level, new RateLimit(perMinute), perMinute);
  const { before, leave } = takeDiag(channel.logger);
  channel.before = before;
  const made = interception(BRIDGE.name, () => {
    channel.isOpen = false;
    leave();
    port.close();
  });
  return Object.assign(made, { dropped: () => channel.dropped });
}

/** True for a record that `forwardDiag` has made. */
export function isDiagRecord({ origin }: Pick<LogRecord, "origin">): boolean {
  return origin?.name === BRIDGE.name;
}

class DiagChannel {
  readonly logger: DiagLogger;
  isOpen = true;
  before: DiagLogger | undefined;
  dropped = 0;
  readonly #port: InboundPort;
  readonly #lowest: number;
  readonly #limit: RateLimit;
  readonly #perMinute: number;
  #isDelivering = false;

  constructor(port: InboundPort, lowest: DiagLevel, limit: RateLimit, perMinute: number) {
    this.#port = port;
    this.#lowest = LEVELS[lowest].no;
    this.#limit = limit;
    this.#perMinute = perMinute;
    this.logger = {
      error: this.#method("error", "ERROR"),
      warn: this.#method("warn", "WARN"),
      info: this.#method("info", "INFO"),
      debug: this.#method("debug", "DEBUG"),
      verbose: this.#method("verbose", "VERBOSE"),
    };
  }

  #method(name: keyof DiagLogger, level: DiagLevel): DiagLogger["error"] {
    const say = (...args: unknown[]): void => {
      const isTaken = this.isOpen && this.#take(level, args, say);
      // One that is no longer listened to passes everything on: somebody may have kept it.
      if (!isTaken || this.#port.mode === "tee") this.before?.[name](...(args as [string]));
    };
    return say;
  }

  /** `false`: it is not for us. */
  #take(level: DiagLevel, args: readonly unknown[], skip: (...args: never[]) => unknown): boolean {
    const ours = this.#port.levelNamed(LEVELS[level].name) ?? LEVELS[level];
    if (LEVELS[level].no < this.#lowest || !this.#port.wants(ours.no)) return false;
    if (this.#isDelivering || !this.#limit.passes()) {
      this.#drop();
      return true;
    }
    this.#isDelivering = true;
    try {
      return this.#deliver(level, ours, args, skip);
    } catch (error) {
      this.#port.fail(error);
      return false;
    } finally {
      this.#isDelivering = false;
    }
  }

  #deliver(
    level: DiagLevel,
    ours: { readonly name: string; readonly no: number },
    args: readonly unknown[],
    skip: (...args: never[]) => unknown,
  ): boolean {
    const { component, message, details, ...thrown } = readDiag(args);
    const isTalkative = ours.no <= LEVELS.DEBUG.no;
    return this.#port.deliver(
      {
        target: this,
        level: ours,
        message,
        name: component ?? SDK,
        origin: { name: BRIDGE.name, level: { name: level } },
        ...(details.length > 0 && !isTalkative && { fields: { details } }),
        ...thrown,
      },
      skip,
    );
  }

  #drop(): void {
    this.dropped++;
    if (this.dropped > 1) return;
    report(
      "LB1654",
      `forwardDiag(): OpenTelemetry's SDK says more than ${this.#perMinute} things a minute, or speaks while a message of it is delivered; those are dropped and counted by dropped()`,
    );
  }
}

const NAMES = ["logger", "mode", "name", "level", "perMinute"];

function checked(options: ForwardDiagOptions): ForwardDiagOptions {
  if (typeof options !== "object" || options === null) checkInterceptOptions(options, "forwardDiag", []);
  for (const name of Object.keys(options))
    if (!NAMES.includes(name))
      throw new LogbridgeError(
        "LB1002",
        `forwardDiag(): unknown option ${inspect(name)}; allowed are ${NAMES.join(", ")}`,
      );
  const { level, perMinute, ...rest } = options;
  checkInterceptOptions(rest, "forwardDiag", []);
  if (level !== undefined && !Object.hasOwn(LEVELS, level))
    throw new LogbridgeTypeError(
      "LB1655",
      `forwardDiag(): option level must be ${Object.keys(LEVELS).map(inspect).join(", ")}, got ${inspect(level)}`,
    );
  if (perMinute !== undefined && !(typeof perMinute === "number" && perMinute >= 1))
    throw new LogbridgeTypeError(
      "LB1655",
      `forwardDiag(): option perMinute must be a number from 1 up, got ${inspect(perMinute)}`,
    );
  return options;
}
