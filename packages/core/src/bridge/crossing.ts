import { platform } from "#platform";
import { reportOnce } from "../diagnostics.ts";
import type { ContextStore } from "../platform/platform.ts";
import { readyPattern } from "../ready-pattern.ts";
import { processState } from "../state.ts";
import type { Bridge } from "./inbound.ts";
import { withoutColors } from "./line-colors.ts";

/** What a leg needs to know of a handler: who it is, and whether its sink leads to a foreign object. */
export interface CrossingTarget {
  readonly id: number;
  /** The hub whose records it gets: what comes back to another hub has not been there yet. */
  readonly hub: object;
  leadsTo(bridge: string, target: unknown): boolean;
}

/** Where an inbound record comes from. */
export interface CrossingSource {
  /** The hub that the record is for. */
  readonly hub: object;
  /** The bridge: "winston", "console" … */
  readonly bridge: string;
  /** The foreign object that spoke: a logger instance, a category, the console. */
  readonly target: unknown;
  /** The source is an output channel: what is said to it while a sink or a foreign logger runs is that one's own output. */
  readonly output: boolean;
}

/** One call that is under way: into a sink of ours, or into a foreign library's own outputs. */
export interface Leg {
  /** The handler whose sink is being called; `null` for a foreign library's outputs in tee mode. */
  readonly handler: CrossingTarget | null;
  readonly hub: object;
  /** The bridge whose original output runs; `null` in a sink, or in code of the application. */
  readonly through: string | null;
  readonly message: string;
  readonly text: string;
  readonly since: number;
  readonly hops: number;
  readonly outer: Leg | null;
  /** The record that the sink gets has come from here, where it was printed as well (tee mode). */
  readonly arrival?: Arrival | null;
}

/** A record that came in while its library printed it. */
interface Arrival {
  readonly source: CrossingSource;
  readonly message: string;
}

/** The process-wide part: one for all copies of the package. */
export interface CrossingState {
  leg: Leg | null;
  /** What is being handed to handlers; absent in older copies. */
  arrival?: Arrival | null;
  interceptions: number;
  armed: number;
  store: ContextStore<Leg> | null;
  echoes: number;
  readonly warned: Set<string>;
  /** The output channels that are intercepted, "console", and how often. Absent in older copies. */
  outputs?: Map<string, number>;
  /** What libraries were about to print lately, the newest last. Absent in older copies. */
  handed?: Handed[];
  /** What an output channel has taken in and is about to print. Absent in older copies. */
  latest?: Omit<Handed, "since"> | null;
}

/** A record that its library prints as well, at once or later. */
interface Handed {
  readonly hub: object;
  readonly bridge: string;
  readonly message: string;
  readonly since: number;
}

/** A record that has crossed more bridges than this in one chain of causes is going round. */
const MOST_HOPS = 16;
/** So many of the texts that a sink was given last are remembered, for a sink that writes them out in the context of an earlier one. */
const REMEMBERED = 64;
/** An echo comes soon; a resource that was opened inside a sink speaks in its context for as long as it lives. */
const ECHO_MS = 10_000;
const MOST_HANDED = 500;

const state: CrossingState = processState<CrossingState>("crossing", () => ({
  leg: null,
  interceptions: 0,
  armed: 0,
  store: null,
  echoes: 0,
  warned: new Set(),
}));

/** The output channel that asked last: it mostly is the next one too. */
let lastOutput: CrossingSource | null = null;

/**
 * Counts an interception in or out. While there is none, nothing can come back and the guard costs one comparison.
 *
 * @param bridge whose it is
 */
export function countInterception(step: 1 | -1, bridge: Pick<Bridge, "name" | "output">): void {
  // It knows all letters, which takes a while to compile: nobody needs it before.
  if (state.interceptions === 0) readyPattern(WORD);
  state.interceptions += step;
  if (bridge.output) countOutput(bridge.name, step);
  if (state.interceptions > 0) return;
  state.outputs?.clear();
  lastOutput = null;
  state.handed = [];
}

function countOutput(name: string, step: 1 | -1): void {
  lastOutput = null;
  state.outputs ??= new Map();
  const count = (state.outputs.get(name) ?? 0) + step;
  if (count > 0) state.outputs.set(name, count);
  else state.outputs.delete(name);
}

/** Counts a hub that holds both an interception and a sink whose code is not ours: only then are asynchronous routes kept. */
export function countArmed(step: 1 | -1): void {
  state.armed += step;
}

/** How many inbound texts were recognised as the output of a call that was under way. */
export function echoCount(): number {
  return state.echoes;
}

/** The innermost sink call around the running code. */
export function currentLeg(): Leg | null {
  return state.leg;
}

/** Calls a sink so that what it says to an intercepted logger can be told from what the application says. */
export function crossInto<R>(handler: CrossingTarget, message: string, text: string, write: () => R): R {
  const { hub } = handler;
  if (state.interceptions === 0)
    return guarded({ handler, hub, through: null, message, text, since: 0, hops: 0, outer: state.leg }, write);
  const armed = state.armed > 0;
  const outer = state.leg ?? (armed ? (state.store?.getStore() ?? null) : null);
  const leg: Leg = {
    handler,
    hub,
    through: null,
    message,
    text,
    since: Date.now(),
    hops: (outer?.hops ?? 0) + 1,
    outer,
    arrival: state.arrival ?? null,
  };
  if (!armed) return guarded(leg, write);
  remember(handler, leg);
  state.store ??= platform.createContextStore<Leg>();
  const store = state.store;
  return store ? guarded(leg, () => store.run(leg, write)) : guarded(leg, write);
}

const given = new WeakMap<CrossingTarget, Leg[]>();

function remember(handler: CrossingTarget, leg: Leg): void {
  let legs = given.get(handler);
  if (!legs) given.set(handler, (legs = []));
  if (legs.length >= REMEMBERED) legs.shift();
  // Without what is around it, which would keep a whole chain of causes alive.
  legs.push({ ...leg, outer: null, arrival: null });
}

/**
 * Is this what the sink was given a moment ago? A stream that is busy writes it when a text before it is through: in that one's context.
 * Word for word, as a value in JSON, at the end or beginning of a line, or with more around it where the handler's format has made it
 * unlike a message.
 */
function wasGiven(handler: CrossingTarget, printed: string, now: number): boolean {
  const said = withoutColors(printed).trim();
  const legs = given.get(handler);
  if (said === "" || !legs) return false;
  const at = legs.findIndex(({ since, text, message: coloured }) => {
    if (now - since >= ECHO_MS) return false;
    const whole = withoutColors(text).trim();
    const message = withoutColors(coloured);
    if (whole === said || message === said) return true;
    if (message !== "" && said.includes(JSON.stringify(message))) return true;
    if (whole === message.trim()) return isDecorated(said, whole);
    return whole !== "" && said.includes(whole);
  });
  // What is printed once more is said by what the sink has started, and no echo.
  if (at >= 0) legs.splice(at, 1);
  return at >= 0;
}

/** The message with something before or behind it, as a prefixing stream writes it. One or two letters prove nothing. */
function isDecorated(said: string, message: string): boolean {
  return message.length > 2 && (said.endsWith(message) || said.startsWith(message)) && containsWhole(said, message);
}

/** Hands a record to handlers that its library prints as well. */
export function whileArriving(source: CrossingSource, message: string, hand: () => void): void {
  const outer = state.arrival ?? null;
  state.arrival = { source, message };
  noteHanded(source, message);
  try {
    hand();
  } finally {
    state.arrival = outer;
  }
}

/** Would this handler give a record to a foreign logger that has printed it already, before it went through loggers of ours and came here? */
export function leadsBack(handler: CrossingTarget, message: string): boolean {
  for (let leg = state.leg; leg; leg = leg.outer)
    if (
      leg.arrival &&
      handler.leadsTo(leg.arrival.source.bridge, leg.arrival.source.target) &&
      repeats({ message: leg.arrival.message, text: "" }, message)
    )
      return true;
  return false;
}

/** Takes up a call again that a sink has put off: what is said meanwhile is still that call's output. */
export function resumeLeg<R>(leg: Leg | null, run: () => R): R {
  if (leg === null) return run();
  const store = state.armed > 0 ? state.store : null;
  return guarded(leg, store ? () => store.run(leg, run) : run);
}

/** Runs a foreign library's own output (tee mode) or code of the application: what it prints meanwhile is not another record of this hub. */
export function crossForeign<R>(hub: object, through: string | null, run: () => R): R {
  const { leg: outer } = state;
  const message = through === null ? "" : takeLatest(hub, through);
  // What the application's own code logs there comes back to it: the chain has to end somewhere.
  const hops = (outer?.hops ?? 0) + (through === null ? 1 : 0);
  const leg: Leg = { handler: null, hub, through, message, text: "", since: 0, hops, outer };
  if (through === null || !printsLate(through)) return guarded(leg, run);
  // Only while what it prints in a later turn would be heard: contexts cost every `await` of the process.
  state.store ??= platform.createContextStore<Leg>();
  const { store } = state;
  return guarded(leg, store ? () => store.run(leg, run) : run);
}

/** Is this a library whose print may come to an output channel, in this turn or a later one? */
function printsLate(bridge: string): boolean {
  const { outputs } = state;
  return outputs !== undefined && outputs.size > 0 && !outputs.has(bridge);
}

function noteHanded({ hub, bridge, output }: CrossingSource, message: string): void {
  const text = message.trim();
  if (output) state.latest = { hub, bridge, message: text };
  if (output || text === "" || !printsLate(bridge)) return;
  state.handed ??= [];
  const { handed } = state;
  if (handed.length >= MOST_HANDED) handed.splice(0, MOST_HANDED / 2);
  handed.push({ hub, bridge, message: text, since: Date.now() });
}

/** A console that a logger has put itself in the place of says what it was told to that logger: the same text is no second record. */
function takeLatest(hub: object, bridge: string): string {
  const { latest } = state;
  if (latest?.hub !== hub || latest.bridge !== bridge) return "";
  state.latest = null;
  return latest.message;
}

function guarded<R>(leg: Leg, run: () => R): R {
  const outer = state.leg;
  state.leg = leg;
  try {
    return run();
  } finally {
    state.leg = outer;
  }
}

/**
 * Is this inbound text the output of a call that is under way, and no record of its own?
 *
 * In a synchronous call: what the sink's own target says, what is printed to an output channel, and what repeats the text.
 * In an asynchronous one: only what repeats the text, since a context outlives the call in every resource that was opened in it.
 */
export function isEcho(source: CrossingSource, message: string): boolean {
  if (source.output && source !== lastOutput) noteOutput(source);
  const echo = state.leg ? echoesNow(state.leg, source, message) : mayEchoLater(source) && echoesLater(source, message);
  if (echo) state.echoes++;
  return echo;
}

/** Who did not say so when it was counted (an older copy) is an output channel by what it asks. */
function noteOutput(source: CrossingSource): void {
  if (!state.outputs?.has(source.bridge)) countOutput(source.bridge, 1);
  lastOutput = source;
}

function echoesNow(innermost: Leg, source: CrossingSource, message: string): boolean {
  for (let leg: Leg | null = innermost; leg; leg = leg.outer) {
    // The console that prints on for one logger says the same call again to a channel that another one hears.
    if (source.output && leg.through === source.bridge) return true;
    if (leg.hub !== source.hub) continue;
    if (source.output) return true;
    if (leg.handler?.leadsTo(source.bridge, source.target)) return true;
    if (repeats(leg, message)) return true;
  }
  return goesRound(innermost, source);
}

function mayEchoLater({ output }: CrossingSource): boolean {
  return state.store !== null && (state.armed > 0 || output);
}

function echoesLater(source: CrossingSource, message: string): boolean {
  const innermost = state.store?.getStore();
  if (!innermost) return false;
  const now = Date.now();
  for (let leg: Leg | null = innermost; leg; leg = leg.outer) {
    if (leg.hub !== source.hub) continue;
    if (now - leg.since < ECHO_MS && repeats(leg, message)) return true;
    if (source.output && leg.handler && wasGiven(leg.handler, message, now)) return true;
    if (source.output && leg.through !== null && wasHanded(leg.hub, leg.through, message, now)) return true;
  }
  return goesRound(innermost, source);
}

/**
 * Is this one of the texts that a library was about to print lately? It prints from a queue: in the context of one call come
 * the texts of those after it.
 */
function wasHanded(hub: object, bridge: string, printed: string, now: number): boolean {
  const text = withoutColors(printed).trim();
  return (state.handed ?? []).some(
    (one) => one.hub === hub && one.bridge === bridge && now - one.since < ECHO_MS && shows(text, one.message),
  );
}

/** As text, in JSON, or one line of it where it has several. */
function shows(text: string, message: string): boolean {
  if (containsWhole(text, message)) return true;
  const quoted = JSON.stringify(message).slice(1, -1);
  if (quoted !== message && text.includes(quoted)) return true;
  return text !== "" && message.includes("\n") && message.split("\n").some((line) => line.trim() === text);
}

function goesRound(leg: Leg, source: CrossingSource): boolean {
  if (leg.hops < MOST_HOPS) return false;
  reportOnce(
    state.warned,
    `${source.bridge}>${leg.handler?.id}`,
    "LB1401",
    `a record was on its way round for the ${MOST_HOPS}th time: handler ${leg.handler?.id} leads to ${source.bridge}, which is intercepted. It is dropped here; remove one of the two.`,
  );
  return true;
}

/** The inbound text contains what was handed over: the formatted text, or the message as a whole word. Colours come and go on the way. */
export function repeats(leg: { readonly message: string; readonly text: string }, message: string): boolean {
  const said = withoutColors(message);
  const text = withoutColors(leg.text).trim();
  if (text !== "" && said.includes(text)) return true;
  return leg.message !== "" && containsWhole(said, withoutColors(leg.message).trim());
}

/** `part` stands in `whole` between word boundaries: "info: x" repeats "x", "next" does not. */
function containsWhole(whole: string, part: string): boolean {
  if (part === "") return false;
  for (let at = whole.indexOf(part); at >= 0; at = whole.indexOf(part, at + 1)) {
    const end = at + part.length;
    if (!joined(whole, at - 1, at) && !joined(whole, end - 1, end)) return true;
  }
  return false;
}

const WORD = /[\p{L}\p{N}_]/u;

function joined(text: string, left: number, right: number): boolean {
  return left >= 0 && right < text.length && WORD.test(text[left] as string) && WORD.test(text[right] as string);
}

/** True when the handler's sink is being called further out: what is logged meanwhile is not given to it again. */
export function isInside(handler: CrossingTarget): boolean {
  for (let leg = state.leg; leg; leg = leg.outer) if (leg.handler === handler) return true;
  return false;
}
