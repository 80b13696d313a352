import {
  LogbridgeError,
  type LogRecord,
  NATURE,
  report,
  type Sink,
  type SinkInlet,
  type SinkNature,
  type SinkNeeds,
} from "@logbridge/core";
import { runtime } from "#runtime";
import { type DeliveryCounts, sumOfCounts } from "./delivery/counters.ts";
import { errorText } from "./delivery/error-text.ts";
import { isOwnEcho } from "./delivery/own-echo.ts";
import { isDiagRecord } from "./diag.ts";
import { checkSinkOptions } from "./options/checks.ts";
import type { OtelSinkOptions } from "./options.ts";
import { hasPrinted, ownsTarget } from "./origin-mark.ts";
import { EarlierRoutes } from "./sink/earlier-routes.ts";
import { type GlobalRegistration, registerSink } from "./sink/global-provider.ts";
import { NoRoute } from "./sink/no-route.ts";
import type { Route } from "./sink/route.ts";
import { openOwnRoute, openRoute, type Plan, planRoute } from "./sink/routes.ts";

/** What has become of the records of a sink. */
export type OtelStats = DeliveryCounts;

/** A sink that sends to OpenTelemetry. */
export interface OtelSink extends Sink {
  /** What has become of the records so far; also after the sink was removed. */
  stats(): OtelStats;
}

/**
 * A sink that sends records to an OpenTelemetry collector, or through the application's own LoggerProvider.
 *
 * Without options: through the provider that the application has registered (`NodeSDK`, `logs.setGlobalLoggerProvider()`), from the moment
 * on at which there is one; where there is none, to the collector that the `OTEL_…` variables name, `http://localhost:4318` without them.
 * With any option that says how to send, always by ourselves: records are encoded in the call, kept in a bounded queue, tried again until
 * the collector takes them, and with `spool` kept on disk meanwhile. What is lost in the end is counted and reported.
 *
 * A provider with OpenTelemetry's own `BatchLogRecordProcessor` drops what its queue does not hold and what a collector does not take at
 * once, and says so to nobody; give it `bridgeProcessor()` instead.
 *
 * @throws LogbridgeError LB1002 for an unknown option, LB1631 for options that exclude each other, LB1634 for a certificate file that cannot
 * be read; LogbridgeTypeError LB1630 or LB1610 for a wrong value
 * @example
 * logger.add(otelSink());
 * logger.add(otelSink({ url: "https://collector.example/v1/logs", headers: { "api-key": key }, spool: { dir: "/var/spool/app" } }));
 */
export function otelSink(options: OtelSinkOptions = {}): OtelSink {
  checkSinkOptions(options);
  return new RoutedSink({ ...options }, planRoute(options));
}

/** Before the first record. */
const NOTHING = new NoRoute();

class RoutedSink implements OtelSink {
  readonly needs: SinkNeeds;
  /** Absent where records go through code that is not ours. */
  readonly [NATURE]?: SinkNature;
  readonly #options: OtelSinkOptions;
  readonly #plan: Plan;
  readonly #takesDiag: boolean;
  #route: Route | null = null;
  /** The route is being closed, or is. */
  #closing: Promise<void> | null = null;
  #registration: GlobalRegistration | null = null;
  #forget: (() => void)[] = [];
  /** The ways to its handlers: the first that is in force gets what other libraries emit. */
  #inlets: readonly SinkInlet[] = [];
  readonly #earlier = new EarlierRoutes();
  /** How many handlers have this sink. */
  #uses = 0;
  #fail: (error: unknown) => void = (error) => report("LB1636", errorText(error));

  constructor(options: OtelSinkOptions, plan: Plan) {
    this.#options = options;
    this.#plan = plan;
    this.#takesDiag = options.includeDiag ?? false;
    this.needs = { text: false, caller: options.code ?? true, context: true };
    if (plan.kind === "own") this[NATURE] = { own: true, colors: false, label: "OpenTelemetry" };
  }

  attach(fail: (error: unknown) => void, inlet?: SinkInlet): void {
    this.#fail = fail;
    this.#uses++;
    if (inlet) this.#inlets = [...this.#inlets.filter(({ isOpen }) => isOpen), inlet];
    this.#opened();
  }

  write(_text: string, record: LogRecord): void {
    if (!this.#takesDiag && isDiagRecord(record)) return;
    if (isOwnEcho("otelSink()")) return;
    // It has come here from our own registration already.
    if (this.#registration !== null && hasPrinted(this.#registration.provider, record)) return;
    (this.#route ?? this.#opened()).write(record);
  }

  async flush(): Promise<void> {
    await this.#route?.flush();
  }

  flushSync(): void {
    this.#earlier.flushSync();
    this.#route?.flushSync();
  }

  async close(): Promise<void> {
    if (this.#uses > 0) this.#uses--;
    if (this.#uses > 0) return;
    this.#closing ??= this.#close();
    await this.#closing;
  }

  async #close(): Promise<void> {
    this.#registration?.end();
    this.#registration = null;
    // Until then the sink may have been added again, and have others.
    const forgetting = this.#forget;
    this.#forget = [];
    try {
      await this.#route?.close();
    } finally {
      for (const forget of forgetting) forget();
    }
  }

  // What was left by others was not written by a handler, nor was what earlier handlers have written: it is in the sink's own counts alone.
  pending(): number {
    const { pending, inherited } = this.#counts();
    return pending - inherited.pending;
  }

  dropped(): number {
    const { dropped, inherited } = this.#counts();
    return dropped - inherited.dropped;
  }

  leadsTo(bridge: string, target: unknown): boolean {
    if (bridge !== "otel") return false;
    const { provider } = this.#registration ?? {};
    return (
      target === this ||
      this.#route?.reaches(target) === true ||
      (provider !== undefined && ownsTarget(provider, target))
    );
  }

  stats(): OtelStats {
    return sumOfCounts(this.#earlier.counts(), this.#counts());
  }

  #counts(): OtelStats {
    return (this.#route ?? NOTHING).counts();
  }

  /** The route; a sink that was removed and is added again gets a new one. */
  #opened(): Route {
    if (this.#route) {
      if (!this.#closing) return this.#route;
      this.#earlier.add(this.#route, this.#closing);
    }
    this.#closing = null;
    const route = this.#open();
    this.#route = route;
    this.#forget.push(runtime.onBeforeExit(() => route.endNaturally()));
    if (this.#options.handleSignals === true) {
      const send = async (): Promise<unknown> => route.endNaturally();
      this.#forget.push(runtime.onSignal(send, () => route.flushSync()));
    }
    return route;
  }

  #open(): Route {
    const owner = { mark: this, fail: (error: unknown) => this.#fail(error) };
    if (this.#plan.kind !== "own") return openRoute(this.#plan, this.#options, owner);
    const { settings } = this.#plan;
    const route = openOwnRoute(settings, this.#options, owner);
    if (route && this.#options.registerGlobal === true) this.#registration = this.#register();
    return route ?? new NoRoute();
  }

  #register(): GlobalRegistration | null {
    if (this.#inlets.length > 0)
      return registerSink({
        inlet: () => this.#inlets.find(({ isOpen }) => isOpen),
        flush: () => this.flush(),
        fail: (error) => this.#fail(error),
      });
    this.#fail(
      new LogbridgeError(
        "LB1643",
        "otelSink(): option registerGlobal has no effect: what holds the sink has not attached it to a handler, so that nobody would hide anything in what other libraries emit",
      ),
    );
    return null;
  }
}
