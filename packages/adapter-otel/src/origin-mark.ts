import type { LogRecord, Origin } from "@logbridge/core";
import * as api from "@opentelemetry/api";
import type { OtlpScope } from "./otlp/encoded.ts";
import type { HrTime } from "./otlp/readable.ts";
import { realProvider, receiveTogether } from "./providers.ts";

/** An exception that came as texts. */
export interface ArrivedException {
  /** What the record has as thrown. */
  readonly value: unknown;
  readonly type: string | undefined;
  readonly message: string | undefined;
  readonly stack: string | undefined;
}

/** What a record that came in by `interceptOtel` has beside its fields. */
export interface Arrival {
  /** Where it was emitted: a provider, or the scope object of one of a provider's loggers. */
  readonly target: object;
  /** The provider's own processors have got it too. */
  readonly printed: boolean;
  /** The exact time; `null` where the emitter gave none. */
  readonly time: HrTime | null;
  readonly observed: HrTime | null;
  /** What the record's `micros` were made: while they still are, `time` is exact. */
  readonly micros: number | null;
  readonly scope: OtlpScope;
  /** The span that it belongs to, also where no context manager would tell. */
  readonly trace: api.SpanContext | undefined;
  /** Attributes that were dropped before it came here. */
  readonly dropped: number;
  /** What was thrown, where it came as texts: as long as nobody has changed it, it goes out as those. */
  readonly thrown?: ArrivedException | null;
}

/** Known to every copy of this package. */
const ARRIVAL = Symbol.for("logbridge.otel.arrival");
const MARKS = api.createContextKey("logbridge.otel.sinks");

/** Redaction and copies of a record keep its origin, and no output shows what is noted there. */
class ArrivedOrigin implements Origin {
  readonly name: string = "otel";
  readonly level: { readonly name: string; readonly no: number };
  readonly #arrival: Arrival;

  constructor(level: { readonly name: string; readonly no: number }, arrival: Arrival) {
    this.level = level;
    this.#arrival = arrival;
  }

  get [ARRIVAL](): Arrival {
    return this.#arrival;
  }
}

/**
 * The origin of a record that came in, with a note of what has no field.
 *
 * @param level OpenTelemetry's own severity
 */
export function arrivedOrigin(level: { readonly name: string; readonly no: number }, arrival: Arrival): Origin {
  return new ArrivedOrigin(level, arrival);
}

/** What is known of a record that came in by `interceptOtel`; `undefined` for any other. */
export function arrivalOf({ origin }: Pick<LogRecord, "origin">): Arrival | undefined {
  return (origin as { readonly [ARRIVAL]?: Arrival } | null)?.[ARRIVAL];
}

/**
 * Has this provider handed the record to its processors already, before it came in? Then it must not get it once more.
 *
 * @param provider the one that a sink is about to emit into
 */
export function hasPrinted(provider: object, record: Pick<LogRecord, "origin">): boolean {
  const arrival = arrivalOf(record);
  return arrival?.printed === true && ownsTarget(provider, arrival.target);
}

/**
 * Is the target the provider itself, one of its loggers' scopes, or a provider that gets each record together with it?
 *
 * @example
 * leadsTo: (bridge, target) => bridge === "otel" && (target === sink || ownsTarget(provider, target))
 */
export function ownsTarget(provider: object, target: unknown): boolean {
  if (typeof target !== "object" || target === null) return false;
  const owner = realProvider(provider) ?? provider;
  return owner === target || receiveTogether(owner, target) || ownsScope(owner, target);
}

const answers = new WeakMap<object, WeakMap<object, boolean>>();

/** A scope is made with its logger, before anything is emitted there: the answer does not change. */
function ownsScope(provider: object, scope: object): boolean {
  let known = answers.get(provider);
  if (!known) answers.set(provider, (known = new WeakMap()));
  let answer = known.get(scope);
  if (answer === undefined) known.set(scope, (answer = findScope(provider, scope)));
  return answer;
}

/** The SDK of both generations keeps its loggers there. */
interface SdkProvider {
  readonly _sharedState?: { readonly loggers?: ReadonlyMap<string, { readonly _instrumentationScope?: unknown }> };
}

function findScope(provider: object, scope: object): boolean {
  const loggers = (provider as SdkProvider)._sharedState?.loggers;
  if (!(loggers instanceof Map)) return false;
  return [...loggers.values()].some((logger: { readonly _instrumentationScope?: unknown }) => {
    return logger._instrumentationScope === scope;
  });
}

/**
 * The context with the note that the record was emitted by this sink. Notes of sinks before it stay.
 *
 * @example
 * logger.emit({ …, context: contextWithMark(api.context.active(), sink) });
 */
export function contextWithMark(context: api.Context, sink: object): api.Context {
  return context.setValue(MARKS, [...marksOf(context), sink]);
}

/** The sinks that have emitted the record on its way here. */
export function marksOf(context: api.Context): readonly object[] {
  return (context.getValue(MARKS) as readonly object[] | undefined) ?? NO_MARKS;
}

const NO_MARKS: readonly object[] = [];
