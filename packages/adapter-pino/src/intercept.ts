import { tracingChannel } from "node:diagnostics_channel";
import { hostname } from "node:os";
import {
  type Bridge,
  checkInterceptOptions,
  type InboundPort,
  inspect,
  type Interception,
  type InterceptOptions,
  interception,
  isError,
  LogbridgeError,
  LogbridgeTypeError,
  logger as globalLogger,
  openPort,
  type Origin,
} from "@logbridge/core";
import { inboundLevel, labelAt } from "./levels.ts";
import { chainOf, isPinoLogger, part, type PartName, type PinoLogger, put, serializersOf, symbolOf } from "./map.ts";
import { leavesOf, type Stream } from "./propagate.ts";

/** The pino function, or the module that exports it. */
export interface PinoModule {
  readonly version?: string;
}

const BRIDGE: Bridge = { name: "pino", packages: ["pino", "pino-std-serializers", "sonic-boom", "thread-stream", "pino-http"], mode: "tee" };
const METADATA = Symbol.for("pino.metadata");
const CARRIED = ["lastLevel", "lastObj", "lastMsg", "lastTime", "lastLogger"] as const;

/** Where a record came from. The line is there for who reads it, and in no JSON: it would double each record's size. */
class PinoOrigin implements Origin {
  readonly name: string = BRIDGE.name;
  readonly level: { readonly name: string; readonly no: number };
  readonly #line: string;

  constructor(level: { readonly name: string; readonly no: number }, line: string) {
    this.level = level;
    this.#line = line;
  }

  get line(): string {
    return this.#line;
  }
}

/** Takes one record in. `true`: it was taken. */
function take(port: InboundPort, written: Written, skip: (...args: never[]) => unknown): boolean {
  const { logger, number, line } = written;
  const level = inboundLevel(number, logger.levels);
  if (!port.wants(level.no)) return false;
  const { message, fields, error, name } = port.stage === "raw" ? readRaw(written) : readFormatted(written);
  return port.deliver(
    {
      target: logger,
      level,
      message,
      fields,
      ...(error && { error: error.value }),
      timeMs: timeOf(written.time),
      name,
      origin: new PinoOrigin({ name: logger.levels.labels[number] ?? String(number), no: number }, line.trimEnd()),
    },
    skip,
  );
}

/** What pino publishes around its `asJson`. */
interface Traced {
  readonly instance: PinoLogger;
  readonly arguments: ArrayLike<unknown>;
  readonly result?: unknown;
}

/** Listens at the channel on which every copy of pino since 9.10 publishes. */
function listen(port: InboundPort, only: PinoLogger | null): () => void {
  const end = (message: unknown): void => {
    const { instance, arguments: given, result } = message as Traced;
    // Without a line a serializer has thrown: pino writes nothing.
    if (typeof result !== "string" || (only && !chainOf(instance).includes(only))) return;
    const [object, text, number, time] = Array.from(given);
    const written = { logger: instance, object, text, number: number as number, time: String(time), line: result };
    // What a subscriber throws would end the process.
    try {
      if (take(port, written, end)) standIn(port, written);
    } catch (error) {
      port.fail(error);
    }
  };
  const channel = tracingChannel("pino_asJson");
  channel.end.subscribe(end);
  return () => void channel.end.unsubscribe(end);
}

/** Stands in a logger's place for its stream, for the one write that follows. Every copy of this package knows it. */
interface StandIn {
  readonly [STAND_IN]: true;
  line: string;
  drops: boolean;
}

const STAND_IN: unique symbol = Symbol.for("logbridge.pino.standIn") as never;

/**
 * pino asks for its stream after it has published the line. For this one write it gets another: one that drops the line (replace), or one
 * that marks what a stream of this process prints meanwhile as pino's own output (tee). Nothing stays behind.
 */
function standIn(port: InboundPort, { logger, line }: Written): void {
  const symbol = symbolOf(logger, "stream");
  const holder = symbol && (chainOf(logger).find((one) => Object.hasOwn(one, symbol)) as Record<symbol, unknown> | undefined);
  if (!symbol || !holder) return;
  const drops = port.mode === "replace";
  const stream = holder[symbol] as Stream & Record<PropertyKey, unknown> & Partial<StandIn>;
  if (stream[STAND_IN]) {
    stream.drops = drops || (stream.drops === true && stream.line === line);
    stream.line = line;
    return;
  }
  if (!drops && leavesOf(stream).every(writesByDescriptor)) return;
  const hooks = part(logger, "hooks") as { streamWrite?: unknown } | undefined;
  const back = (): void => {
    if (holder[symbol] === made) holder[symbol] = stream;
  };
  const made: StandIn & Record<PropertyKey, unknown> = {
    [STAND_IN]: true,
    line,
    drops,
    get [METADATA]() {
      back();
      return stream[METADATA];
    },
    write(text: string): unknown {
      back();
      // Somebody may have asked for a line and never written it: then another one comes here.
      if (made.drops && (text === made.line || hooks?.streamWrite)) return true;
      carry(made, stream);
      return port.through(() => stream.write(text));
    },
  };
  holder[symbol] = made;
}

/** pino's own destinations print nothing in this process's streams. */
function writesByDescriptor(leaf: Stream): boolean {
  return typeof leaf._len === "number" || leaf.worker !== undefined;
}

function carry(from: Record<PropertyKey, unknown>, to: Record<PropertyKey, unknown>): void {
  if (to[METADATA] === true) for (const key of CARRIED) to[key] = from[key];
}

/** Who listens at a tapped stream. `true`: the line is not to be written. */
type Listener = (written: Written) => boolean;

const TAP: unique symbol = Symbol.for("logbridge.pino.tap") as never;

interface Tap extends Stream {
  readonly [TAP]: Listener[];
}

/** pino before 9.10 has no channel: one logger's stream is replaced by one that hears the lines. */
function tap(port: InboundPort, logger: PinoLogger): () => void {
  const symbol = symbolOf(logger, "stream") as symbol;
  const holder = logger as unknown as Record<symbol, Stream & Partial<Tap>>;
  const before = Object.getOwnPropertyDescriptor(holder, symbol);
  const stream = holder[symbol] as Stream & Partial<Tap>;
  const tapped: Tap = stream[TAP] ? (stream as Tap) : tapOf(stream);
  const listener: Listener = (written) => {
    try {
      return take(port, written, tapped.write as never) && port.mode === "replace";
    } catch (error) {
      port.fail(error);
      return false;
    }
  };
  const listeners = tapped[TAP];
  listeners.push(listener);
  if (tapped !== stream) Object.defineProperty(holder, symbol, { value: tapped, configurable: true, writable: true, enumerable: before?.enumerable ?? true });
  return () => {
    listeners.splice(listeners.indexOf(listener), 1);
    // Where somebody put another stream over ours, ours stays and passes on.
    if (listeners.length > 0 || holder[symbol] !== tapped || tapped === stream) return;
    if (before) Object.defineProperty(holder, symbol, before);
    else delete holder[symbol];
  };
}

/** What pino was about to write: the arguments and the result of its `asJson`. */
export interface Written {
  readonly logger: PinoLogger;
  readonly object: unknown;
  readonly text: unknown;
  readonly number: number;
  /** The part of the line with the time, as `,"time":1700000000000`. */
  readonly time: string;
  readonly line: string;
}

/** A pino record, understood. */
export interface Understood {
  readonly message: string;
  readonly fields: Record<string, unknown>;
  readonly error: { readonly value: unknown } | null;
  readonly name: string | undefined;
}

/** What the line says: redacted, serialised and formatted. The error is the object itself, unless the logger hides parts of it. */
export function readFormatted(written: Written): Understood {
  const { logger, object, text } = written;
  const messageKey = textKey(logger, "messageKey", "msg");
  const { bindings, body } = split(written);
  const { props, message } = withoutText(body, messageKey, text, logger);
  const line = parsed(props);
  const nestedKey = textKey(logger, "nestedKey", "");
  const inner = nestedKey === "" ? undefined : line[nestedKey];
  const own = typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>) : line;
  const error = takeError(logger, object, own);
  return together(bindings, own, error, text === undefined ? taken(own, messageKey) : message);
}

/** What the call said, before the logger hid anything. Bindings are serialised when a child is made, and stay so. */
export function readRaw(written: Written): Understood {
  const { logger, object, text } = written;
  const own: Record<string, unknown> = {};
  for (const [key, found] of Object.entries(Object.getOwnPropertyDescriptors(objectOf(object))))
    if (found.enumerable) put(own, key, "value" in found ? found.value : "[Getter]");
  const error = givenError(logger, object);
  if (error) delete own[error.key];
  return together(split(written).bindings, own, error, text === undefined ? taken(own, textKey(logger, "messageKey", "msg")) : text);
}

function together(bindings: Bindings, own: Record<string, unknown>, error: Understood["error"], text: unknown): Understood {
  const fields: Record<string, unknown> = {};
  for (const from of [bindings.fields, own]) for (const key of Object.keys(from)) put(fields, key, from[key]);
  let message: string;
  if (text !== undefined && text !== null) message = typeof text === "string" ? text : inspect(text);
  else if (error && isError(error.value)) message = String(error.value.message);
  else message = Object.keys(own).length > 0 ? inspect(own) : "";
  return { message, fields, error, name: bindings.name };
}

/** pino takes a field of the message key for the text where there is no other. */
function taken(own: Record<string, unknown>, key: string): unknown {
  const value = own[key];
  delete own[key];
  return value;
}

function objectOf(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}

function textKey(logger: PinoLogger, name: PartName, otherwise: string): string {
  const key = part(logger, name);
  return typeof key === "string" ? key : otherwise;
}

function parsed(props: string): Record<string, unknown> {
  return props === "" ? {} : (JSON.parse(`{${props.slice(1)}}`) as Record<string, unknown>);
}

/** What a logger puts into each of its lines. */
interface Bindings {
  readonly fields: Record<string, unknown>;
  readonly name: string | undefined;
}

const MOST_BINDINGS = 1000;
const knownBindings = new Map<string, Bindings>();

/** The bindings are text that a logger has made once: they are read once too. */
function bindingsOf(text: string): Bindings {
  let known = knownBindings.get(text);
  if (known) return known;
  const { name, ...fields } = parsed(text);
  // The record has the process's own number and needs no host that is this one.
  if (fields["pid"] === process.pid) delete fields["pid"];
  if (fields["hostname"] === hostname()) delete fields["hostname"];
  known = typeof name === "string" ? { fields, name } : { fields: name === undefined ? fields : { ...fields, name }, name: undefined };
  if (knownBindings.size >= MOST_BINDINGS) knownBindings.clear();
  knownBindings.set(text, known);
  return known;
}

/** A line is level, time, bindings, and the body: the call's own fields and the text. Each as `,"key":value`. */
function split({ logger, number, time, line }: Written): { readonly bindings: Bindings; readonly body: string } {
  const level = (part(logger, "lsCache") as Readonly<Record<number, string>> | undefined)?.[number] ?? "";
  const bound = String(part(logger, "chindings") ?? "");
  const start = level + time + bound;
  const end = line.lastIndexOf("}");
  if (line.startsWith(start)) return { bindings: bindingsOf(bound), body: line.slice(start.length, end) };
  // Another version of pino, or a patched one: level and time are known, whatever else is there is taken for the call's.
  const whole = JSON.parse(line) as Record<string, unknown>;
  for (const key of ["level", "time"]) delete whole[key];
  return { bindings: bindingsOf(""), body: `,${JSON.stringify(whole).slice(1, -1)}` };
}

/** The text stands at the end, and its key cannot be inside of it: there the quotes are escaped. A field of that key stands before. */
function withoutText(body: string, key: string, text: unknown, logger: PinoLogger): { readonly props: string; readonly message: unknown } {
  const start = `,"${key}":`;
  const at = text === undefined ? -1 : body.lastIndexOf(start);
  if (at < 0) return { props: body, message: undefined };
  const isPlain = typeof text === "string" && !isHidden(logger, key) && serializersOf(logger)[key] === undefined;
  if (isPlain) return { props: body.slice(0, at), message: text };
  try {
    return { props: body.slice(0, at), message: JSON.parse(body.slice(at + start.length)) };
  } catch {
    // The text is an object that has this key itself.
    const { [key]: message, ...rest } = parsed(body);
    return { props: `,${JSON.stringify(rest).slice(1, -1)}`, message };
  }
}

/** Does the logger redact something at or below this key? */
function isHidden(logger: PinoLogger, key: string): boolean {
  const hidden = part(logger, "stringifiers") as Record<PropertyKey, unknown> | undefined;
  if (!hidden) return false;
  const anywhere = symbolOf(logger, "wildcardFirst");
  return Object.hasOwn(hidden, key) || (anywhere !== undefined && Object.hasOwn(hidden, anywhere));
}

/** The error among the fields of a call, with its key: pino's own key first. */
function givenError(logger: PinoLogger, object: unknown): { readonly key: string; readonly value: unknown } | null {
  const given = objectOf(object);
  for (const key of new Set([textKey(logger, "errorKey", "err"), "err", "error", ...Object.keys(given)])) {
    const value: unknown = Object.getOwnPropertyDescriptor(given, key)?.value;
    if (isError(value)) return { key, value };
  }
  return null;
}

/** pino's own serializers for errors leave nothing out. Any other may be there to hide. */
const OPEN_SERIALIZERS: ReadonlySet<string> = new Set(["errSerializer", "errWithCauseSerializer"]);

/** Takes the error out of the fields: the object itself where the logger shows all of it, else what the line shows. */
function takeError(logger: PinoLogger, object: unknown, fields: Record<string, unknown>): Understood["error"] {
  const given = givenError(logger, object);
  if (!given) return null;
  const { key, value } = given;
  const shown = Object.getOwnPropertyDescriptor(fields, key)?.value as unknown;
  const serializers = serializersOf(logger);
  const serializer = serializers[key] ?? (key === textKey(logger, "errorKey", "err") ? serializers["err"] : undefined);
  const isOpen = !isHidden(logger, key) && (serializer === undefined || OPEN_SERIALIZERS.has(serializer.name));
  if (isOpen && showsAll(shown, value as object)) {
    delete fields[key];
    return { value };
  }
  const rebuilt = errorFrom(shown);
  if (rebuilt) delete fields[key];
  return rebuilt && { value: rebuilt };
}

/** Has the line all own properties of the error? A formatter may have taken some out, or the whole error. */
function showsAll(shown: unknown, error: object): boolean {
  if (typeof shown !== "object" || shown === null) return false;
  return Object.keys(error).every((key) => {
    const value: unknown = Object.getOwnPropertyDescriptor(error, key)?.value;
    return key === "cause" || value === undefined || typeof value === "function" || typeof value === "symbol" || Object.hasOwn(shown, key);
  });
}

/** An error from its JSON form, `null` where the form is none. */
function errorFrom(shown: unknown): Error | null {
  if (typeof shown !== "object" || shown === null) return null;
  const { type, message, stack, ...rest } = shown as Record<string, unknown>;
  if (typeof message !== "string") return null;
  const error = new Error(message);
  put(error as never, "name", typeof type === "string" ? type : "Error");
  Object.defineProperty(error, "stack", { value: typeof stack === "string" ? stack : "", configurable: true, writable: true });
  for (const key of Object.keys(rest)) put(error as never, key, rest[key]);
  return error;
}
