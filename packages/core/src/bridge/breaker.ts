import { platform } from "#platform";
import { reportOnce } from "../diagnostics.ts";
import { type CrossingSource, type CrossingTarget, repeats } from "./crossing.ts";
import { type Answer, HandedTexts } from "./handed-texts.ts";
import { currentTurn } from "./turn.ts";

/**
 * The last guard against feedback: an edge (source → sink) whose echo arrives outside of every context of the call.
 *
 * That texts are equal proves nothing, whatever their rate: an application repeats itself. The proof is an experiment. After 20 inbound
 * texts in a row that repeat what the sink was given (60 of one turn) or follow a failure of it, the next is withheld for a random time. If the same
 * is said once more than the sink could have echoed it (after failures: if anything is said), that has another cause, and all are released. What else is
 * said waits behind it. If nothing follows, it is released, and only an echo that answers within the loop's own time counts. Who does not hear the sink cannot know when that is: after as many answers in a row as chance
 * gives once in a hundred thousand times, the edge is a loop and is cut for echoes; other handlers still get every record.
 */
interface Edge {
  readonly bridge: string;
  state: "open" | "holding" | "listening" | "cut";
  /** Answers in a row. */
  streak: number;
  /** The slowest of them, in milliseconds. */
  slowestMs: number;
  /** Withheld texts that were answered in time, in a row. */
  proofs: number;
  releasedAt: number;
  /** It answers in the turn in which the sink was given its text. */
  sameTurn: boolean;
  readonly handed: HandedTexts;
  parked: (() => void)[];
  /** What is withheld, as texts. */
  readonly parkedTexts: Set<string>;
  /** The last answer followed a failure, in whatever words. */
  byFailure: boolean;
  /** The turn in which the first was withheld. */
  heldIn: number;
  /** The turn in which something was answered last in that very turn, and how often there. */
  turn: number;
  inTurn: number;
  cancelTimer: (() => void) | null;
  failuresSeen: number;
  /** When the sink was given something last. Milliseconds since 1970. */
  givenAt: number;
}

const EVIDENCE = 20;
/** What the same stretch of code says again mostly is its own repetition; a stream that is read in a loop may bring an echo as well. */
const SAME_TURN = 1 / 3;
/** After so many answers in one turn what comes is withheld to its end: a ring that leaves the turn no end would leave no time for anything else. */
const MOST_IN_TURN = 10_000;
/** So many of the withheld are searched for inside a longer text. */
const MOST_COMPARED = 8;
const WINDOW_MS = 1000;
/** After a proof of innocence this many repetitions are taken before the edge is asked again. */
const TRUST = 10_000;

/** An answer may take this many times as long as the slowest before, and at least so long, as a busy process does. */
const SLOWER = 3;
const SHORTEST_ANSWER_MS = 40;
/** The time of withholding is drawn from this many times the time of an answer. */
const SPREAD = 4;
const LONGEST_SPREAD_MS = 2000;
/** One in so many innocent edges would pass all the trials by chance. */
const CHANCE = 100_000;

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
      slowestMs: 0,
      proofs: 0,
      releasedAt: 0,
      sameTurn: false,
      handed: new HandedTexts(),
      parked: [],
      parkedTexts: new Set(),
      byFailure: false,
      heldIn: 0,
      turn: 0,
      inTurn: 0,
      cancelTimer: null,
      failuresSeen: 0,
      givenAt: 0,
    };
    ofHandler.set(bridge, edge);
  }
  return edge;
}

/** Remembers what a sink was given, for each source whose echo it might be. */
export function noteHanded(handler: CrossingTarget, message: string, text: string): void {
  for (const edge of edges.get(handler)?.values() ?? []) {
    edge.handed.note(message, text);
    edge.givenAt = Date.now();
  }
}

/** Withholds a record. Whenever it is given after all, it is in the context of its call. */
function park(edge: Edge, message: string, deliver: () => void): void {
  edge.parkedTexts.add(message);
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
  const failure = answerByFailure(edge, failures, now);
  const answer = edge.handed.answer(message, now, WINDOW_MS) ?? failure;
  weigh(edge, answer);
  if (answer) edge.byFailure = answer === failure;
  const isEndless = isEndlessTurn(edge, answer);
  switch (edge.state) {
    case "cut":
      if (answer && (edge.sameTurn || !answer.sameTurn)) return false;
      break;
    case "listening":
      if (!answer) break;
      edge.cancelTimer?.();
      prove(edge, answer, now - edge.releasedAt);
      if (edge.proofs < proofsNeeded(edge)) return hold(edge, message, deliver);
      cut(edge, handler, source, answer === failure);
      return false;
    case "holding": {
      const isSaidAgain = edge.byFailure || repeatsParked(edge, message);
      park(edge, message, deliver);
      if (!answer && !isEndless && isSaidAgain) acquit(edge);
      return true;
    }
    case "open":
      if (!isEndless && (edge.streak < EVIDENCE || asked.has(edge.bridge))) break;
      asked.add(edge.bridge);
      edge.proofs = 0;
      return hold(edge, message, deliver);
  }
  edge.givenAt = now;
  deliver();
  return true;
}

function isEndlessTurn(edge: Edge, answer: Answer | null): boolean {
  if (!answer?.sameTurn && edge.inTurn < MOST_IN_TURN) return false;
  const turn = currentTurn();
  if (edge.turn !== turn) {
    edge.turn = turn;
    edge.inTurn = 0;
  }
  if (answer?.sameTurn) edge.inTurn++;
  return edge.inTurn >= MOST_IN_TURN;
}

/** Is something said that would be an echo of what is withheld? */
function repeatsParked({ parkedTexts }: Edge, message: string): boolean {
  if (parkedTexts.has(message)) return true;
  let looked = 0;
  for (const parked of parkedTexts) {
    if (repeats({ message: parked, text: "" }, message)) return true;
    if (++looked === MOST_COMPARED) return false;
  }
  return false;
}

/** What is said after the sink has failed may be said of that, in whatever words. */
function answerByFailure(edge: Edge, failures: number, now: number): Answer | null {
  const hasFailed = failures > edge.failuresSeen && edge.givenAt > 0;
  edge.failuresSeen = failures;
  return hasFailed ? { afterMs: now - edge.givenAt, sameTurn: false } : null;
}

/** What an answer says as long as nothing is withheld. */
function weigh(edge: Edge, answer: Answer | null): void {
  if (edge.state !== "open") return;
  edge.streak = answer ? edge.streak + (answer.sameTurn ? SAME_TURN : 1) : Math.min(0, edge.streak);
  edge.slowestMs = answer ? Math.max(edge.slowestMs, answer.afterMs) : 0;
}

/** An answer that comes too late proves nothing, but that answers take longer. */
function prove(edge: Edge, { sameTurn }: Answer, afterMs: number): void {
  const isInTime = afterMs <= answerMs(edge);
  edge.sameTurn = sameTurn;
  edge.proofs = isInTime ? edge.proofs + 1 : 0;
  if (!isInTime) edge.slowestMs = afterMs;
}

function answerMs({ slowestMs }: Edge): number {
  return Math.min(Math.max(SLOWER * slowestMs, SHORTEST_ANSWER_MS), WINDOW_MS);
}

function spreadMs(edge: Edge): number {
  return Math.min(SPREAD * answerMs(edge), LONGEST_SPREAD_MS);
}

function proofsNeeded(edge: Edge): number {
  return Math.ceil(Math.log(CHANCE) / Math.log(spreadMs(edge) / answerMs(edge)));
}

/** Withholds a record for a time that nobody can know. The timer keeps no process alive: what is withheld is given before it ends. */
function hold(edge: Edge, message: string, deliver: () => void): true {
  edge.state = "holding";
  edge.heldIn = currentTurn();
  park(edge, message, deliver);
  edge.cancelTimer = platform.setTimer(() => listen(edge), answerMs(edge) + Math.random() * spreadMs(edge));
  return true;
}

function listen(edge: Edge): void {
  edge.state = "listening";
  edge.handed.clear();
  edge.releasedAt = Date.now();
  edge.cancelTimer = platform.setTimer(() => doubt(edge), WINDOW_MS);
  release(edge);
}

/** Nothing has answered in time: the evidence so far counts no more. */
function doubt(edge: Edge): void {
  if (edge.state === "listening") end(edge, 0);
}

/** In the very turn it may be the application that repeats itself while its words go round: it is asked again soon. */
function acquit(edge: Edge): void {
  end(edge, edge.heldIn === currentTurn() ? 0 : -TRUST);
  release(edge);
}

function end(edge: Edge, streak: number): void {
  edge.cancelTimer?.();
  asked.delete(edge.bridge);
  edge.state = "open";
  edge.streak = streak;
  edge.slowestMs = 0;
}

function release(edge: Edge): void {
  const parked = edge.parked;
  edge.parked = [];
  edge.parkedTexts.clear();
  for (const deliver of parked) deliver();
}

function cut(edge: Edge, handler: CrossingTarget, source: CrossingSource, byFailure: boolean): void {
  edge.cancelTimer?.();
  asked.delete(edge.bridge);
  edge.state = "cut";
  const why = byFailure
    ? "each failure of its sink logs something that makes it fail again"
    : "what its sink writes comes back";
  warnOfLoop(handler, source, why);
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
export function queueBehind(handler: CrossingTarget, message: string, deliver: () => void): boolean {
  for (const edge of edges.get(handler)?.values() ?? []) {
    if (edge.state !== "holding") continue;
    park(edge, message, deliver);
    return true;
  }
  return false;
}

/** Gives the sink what is parked, before it is flushed or closed. That proves nothing, and the edge is asked again. */
export function releaseParked(handler: CrossingTarget): void {
  for (const edge of edges.get(handler)?.values() ?? []) {
    if (edge.state !== "holding") continue;
    end(edge, 0);
    release(edge);
  }
}
