import { platform } from "#platform";
import { reportOnce } from "../diagnostics.ts";
import { type CrossingSource, type CrossingTarget, repeats } from "./crossing.ts";

/**
 * The last guard against feedback: an edge (source → sink) whose echo arrives outside of every context of the call.
 *
 * A rate alone proves nothing, since a burst of equal lines is legitimate. The proof is causal: after 20 inbound texts in
 * a row that repeat what the sink was just given, the next ones are parked. If more arrive than the sink could have
 * echoed, they have another cause, and all are released. If silence follows, the parked ones are released, and if
 * then the echo is back, the edge is a loop and is cut for echoes; other handlers still get every record.
 */
interface Edge {
  readonly bridge: string;
  state: "open" | "parking" | "confirming" | "cut";
  streak: number;
  outstanding: number;
  readonly handed: { readonly message: string; readonly text: string; readonly at: number }[];
  parked: (() => void)[];
  cancelTimer: (() => void) | null;
  failuresSeen: number;
  failureStreak: number;
  cutUntil: number;
}

const EVIDENCE = 20;
const EVIDENCE_OF_FAILURE = 100;
const WINDOW_MS = 1000;
const PAUSE_MS = 10_000;
const REMEMBERED = 64;
/** So many of the newest are searched for inside a longer text. */
const SEARCHED = 8;
/** After a proof of innocence this many repetitions are taken before the edge is asked again. */
const TRUST = 10_000;

/** One edge of a source is asked at a time: withheld from one sink, the echo of another goes on and clears the first. */
const asked = new Set<string>();

const edges = new WeakMap<CrossingTarget, Map<string, Edge>>();
const warned = new Set<string>();

function edgeOf(handler: CrossingTarget, bridge: string): Edge {
  let ofHandler = edges.get(handler);
  if (!ofHandler) edges.set(handler, (ofHandler = new Map()));
  let edge = ofHandler.get(bridge);
  if (!edge) {
    edge = {
      bridge,
      state: "open",
      streak: 0,
      outstanding: 0,
      handed: [],
      parked: [],
      cancelTimer: null,
      failuresSeen: 0,
      failureStreak: 0,
      cutUntil: 0,
    };
    ofHandler.set(bridge, edge);
  }
  return edge;
}

/** Remembers what a sink was given, for each source whose echo it might be. */
export function noteHanded(handler: CrossingTarget, message: string, text: string): void {
  const ofHandler = edges.get(handler);
  if (!ofHandler) return;
  const given = { message: message.trim(), text: text.trim(), at: Date.now() };
  for (const edge of ofHandler.values()) {
    if (edge.handed.length >= REMEMBERED) edge.handed.shift();
    edge.handed.push(given);
    edge.outstanding = Math.min(edge.outstanding + 1, REMEMBERED);
  }
}

/** Withholds a record. Whenever it is given after all, it is in the context of its call. */
function park(edge: Edge, deliver: () => void): void {
  edge.parked.push(platform.bindContext(deliver));
}

/**
 * Passes an inbound record on to the sink, now or later, or not at all.
 *
 * @param failures how often the sink has failed so far
 * @param deliver gives the record to the sink
 * @returns false when the edge is cut and the record was dropped there
 */
export function throughBreaker(
  handler: CrossingTarget,
  source: CrossingSource,
  message: string,
  failures: number,
  deliver: () => void,
): boolean {
  const edge = edgeOf(handler, source.bridge);
  const now = Date.now();
  if (failing(edge, failures, now, handler, source)) return false;
  const echo = answers(edge, message, now);
  switch (edge.state) {
    case "cut":
      if (echo) return false;
      break;
    case "confirming":
      if (!echo) break;
      cut(edge, handler, source);
      return false;
    case "parking":
      park(edge, deliver);
      if (!echo) acquit(edge);
      return true;
    case "open":
      if (edge.streak < EVIDENCE || asked.has(edge.bridge)) break;
      asked.add(edge.bridge);
      edge.state = "parking";
      park(edge, deliver);
      edge.cancelTimer = keptAlive(() => confirm(edge), WINDOW_MS);
      return true;
  }
  deliver();
  return true;
}

/** A timer that keeps the process alive: what is withheld must be delivered before it ends by itself. */
function keptAlive(work: () => void, ms: number): () => void {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
}

/** Does the text answer something that was handed over in the last second and not answered yet? */
function answers(edge: Edge, message: string, now: number): boolean {
  while (edge.handed.length > 0 && now - (edge.handed[0] as { at: number }).at > WINDOW_MS) edge.handed.shift();
  if (edge.handed.length === 0) edge.outstanding = 0;
  const found = edge.outstanding > 0 && repeatsOneOf(edge.handed, message.trim());
  if (found) edge.outstanding--;
  edge.streak = found ? edge.streak + 1 : Math.min(0, edge.streak);
  return found;
}

/** Whether one of the texts is said again: all are compared as a whole, which costs nothing; the newest also as a part. */
function repeatsOneOf(handed: Edge["handed"], message: string): boolean {
  for (let index = handed.length - 1; index >= 0; index--) {
    const given = handed[index] as Edge["handed"][number];
    if (given.message === message || given.text === message) return true;
    if (handed.length - index <= SEARCHED && repeats(given, message)) return true;
  }
  return false;
}

function acquit(edge: Edge): void {
  edge.cancelTimer?.();
  asked.delete(edge.bridge);
  edge.state = "open";
  edge.streak = -TRUST;
  release(edge);
}

function confirm(edge: Edge): void {
  edge.state = "confirming";
  edge.outstanding = 0;
  release(edge);
  edge.cancelTimer = platform.setTimer(() => {
    if (edge.state !== "confirming") return;
    asked.delete(edge.bridge);
    edge.state = "open";
    edge.streak = 0;
  }, WINDOW_MS);
}

function release(edge: Edge): void {
  const parked = edge.parked;
  edge.parked = [];
  for (const deliver of parked) deliver();
}

function cut(edge: Edge, handler: CrossingTarget, source: CrossingSource): void {
  edge.cancelTimer?.();
  asked.delete(edge.bridge);
  edge.state = "cut";
  warnOfLoop(handler, source, "what its sink writes comes back");
}

function failing(edge: Edge, failures: number, now: number, handler: CrossingTarget, source: CrossingSource): boolean {
  if (now < edge.cutUntil) return true;
  edge.failureStreak = failures > edge.failuresSeen ? edge.failureStreak + 1 : 0;
  edge.failuresSeen = failures;
  if (edge.failureStreak < EVIDENCE_OF_FAILURE) return false;
  edge.cutUntil = now + PAUSE_MS;
  edge.failureStreak = EVIDENCE_OF_FAILURE - 1;
  warnOfLoop(handler, source, "each failure of its sink logs something that makes it fail again");
  return true;
}

function warnOfLoop(handler: CrossingTarget, source: CrossingSource, why: string): void {
  reportOnce(
    warned,
    `${source.bridge}>${handler.id}`,
    "LB1402",
    `handler ${handler.id} and the interception of ${source.bridge} form a loop: ${why}. Its echoes are no longer given to this handler; other handlers still get them.`,
  );
}

/**
 * Puts another record for the sink behind those that are withheld, so that the order stays.
 *
 * @returns false when nothing is withheld and the record is to be delivered now
 */
export function queueBehind(handler: CrossingTarget, deliver: () => void): boolean {
  for (const edge of edges.get(handler)?.values() ?? []) {
    if (edge.state !== "parking") continue;
    park(edge, deliver);
    return true;
  }
  return false;
}

/** Gives the sink what is parked, before it is flushed or closed. */
export function releaseParked(handler: CrossingTarget): void {
  for (const edge of edges.get(handler)?.values() ?? []) if (edge.state === "parking") acquit(edge);
}
