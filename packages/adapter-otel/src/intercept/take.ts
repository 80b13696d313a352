import type { Bridge, Inbound, InboundPort, SinkInlet } from "@logbridge/core";
import { inspect, mergeFields } from "@logbridge/core";
import * as api from "@opentelemetry/api";
import { levelOf } from "../levels.ts";
import { type Arrival, arrivedOrigin, marksOf } from "../origin-mark.ts";
import { microsOf } from "../otlp/hr-time.ts";
import { callerIn } from "./code-attributes.ts";
import type { Emitted } from "./emitted.ts";
import { textAttributes, textsOf } from "./exception-texts.ts";
import { type TakenError, takeError } from "./taken-error.ts";

export const BRIDGE: Bridge = {
  name: "otel",
  packages: ["@opentelemetry/api", "@opentelemetry/api-logs", "@opentelemetry/sdk-logs", "@logbridge/adapter-otel"],
  mode: "tee",
  caller: "interceptOtel()",
};

/** Semantic conventions: an event's name where a format has no place of its own for it. */
const EVENT_NAME = "otel.event.name";
/** What the SDK calls a logger that was obtained without a name. */
const UNNAMED = "unknown";

/** Where a record was heard. */
export interface Place {
  /** The provider, or the scope of the logger where the provider is not known. */
  readonly target: object;
  /** The provider's processors get the record as well. */
  readonly printed: boolean;
}

/** Takes a record in, if anybody wants it. `false`: it is one that our own sinks have emitted. */
export function take(port: InboundPort, emitted: Emitted, place: Place, skip: (...args: never[]) => unknown): boolean {
  if (marksOf(emitted.context).some((sink) => port.leadsTo(sink))) return false;
  const level = levelIn(emitted, port);
  if (!port.wants(level.no)) return port.mode === "tee" || !port.isEcho(place.target, messageOf(emitted));
  const inbound = inboundOf(emitted, level, place);
  return within(contextOf(emitted), () => port.deliver(inbound, skip));
}

/** The same for a sink, through its own handler. Nobody else gets the record. */
export function takeInto(
  inlet: SinkInlet,
  emitted: Emitted,
  target: object,
  skip: (...args: never[]) => unknown,
): void {
  const level = levelIn(emitted, inlet);
  if (!inlet.wants(level.no)) return;
  const inbound = inboundOf(emitted, level, { target, printed: false });
  within(contextOf(emitted), () => inlet.deliver(BRIDGE, inbound, skip));
}

function levelIn(
  { severityNumber, severityText }: Emitted,
  { levelNamed }: Pick<InboundPort, "levelNamed">,
): Inbound["level"] {
  return levelOf(severityNumber, severityText, levelNamed);
}

/** One literal each: what is spread costs a microsecond. */
function inboundOf(emitted: Emitted, level: Inbound["level"], place: Place): Inbound {
  const { severityNumber, severityText, scope, time, body } = emitted;
  const error = takeError(emitted);
  const timeMs = time === null ? undefined : microsOf(time) / 1000;
  const arrival: Arrival = {
    target: place.target,
    printed: place.printed,
    time,
    observed: emitted.observed,
    micros: timeMs === undefined ? null : Math.round(timeMs * 1000),
    scope,
    trace: traceOf(emitted),
    dropped: emitted.dropped,
    thrown: error?.texts ? { value: error.value, ...error.texts } : null,
  };
  const inbound = {
    target: place.target,
    level,
    message: messageOf(emitted),
    args: typeof body === "string" ? NO_ARGS : [body],
    printed: error ? [partsOf(emitted.attributes, error)] : undefined,
    fields: fieldsOf(emitted, error),
    timeMs,
    name: scope.name === "" || scope.name === UNNAMED ? undefined : scope.name,
    origin: arrivedOrigin({ name: severityText ?? "", no: severityNumber ?? 0 }, arrival),
    caller: callerIn(emitted.attributes),
  };
  return error ? { ...inbound, error: error.value } : inbound;
}

const NO_ARGS: readonly unknown[] = [];

/** A body that is no text is shown on one line, and stays what it is in `args`. */
function messageOf({ body, eventName }: Emitted): string {
  if (typeof body === "string") return body;
  return body === undefined || body === null ? (eventName ?? "") : inspect(body);
}

function fieldsOf({ attributes, eventName }: Emitted, error: TakenError | null): Record<string, unknown> {
  const fields = mergeFields(attributes, eventName ? { [EVENT_NAME]: eventName } : null);
  for (const key of error?.keys ?? []) delete fields[key];
  return fields;
}

/** The attributes that an exception stands for, written by an SDK or not: paths of `redact` may name them. */
function partsOf(attributes: Emitted["attributes"], { value, keys }: TakenError): object {
  const written = keys.map((key) => [key, Object.getOwnPropertyDescriptor(attributes, key)?.value]);
  return { ...textAttributes(textsOf(value)), ...Object.fromEntries(written) };
}

function traceOf({ trace, context }: Emitted): api.SpanContext | undefined {
  const found = trace ?? api.trace.getSpanContext(context);
  return found && api.isSpanContextValid(found) ? found : undefined;
}

/** A processor may have given the record another span than its context has. */
function contextOf(emitted: Emitted): api.Context {
  const { context, trace } = emitted;
  if (!trace || api.trace.getSpanContext(context)?.spanId === trace.spanId) return context;
  return api.trace.setSpanContext(context, trace);
}

function within<Result>(context: api.Context, run: () => Result): Result {
  return context === api.context.active() ? run() : api.context.with(context, run);
}
