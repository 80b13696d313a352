const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

/** One listener for all that is to be done at an event: Node warns of many. */
function shared<Work>(event: "beforeExit" | "exit", run: (work: Work) => void): (work: Work) => () => void {
  const works = new Set<{ readonly work: Work }>();
  const listener = (): void => {
    for (const { work } of [...works]) run(work);
  };
  return (work) => {
    const entry = { work };
    if (works.size === 0) process.on(event, listener);
    works.add(entry);
    return () => {
      if (works.delete(entry) && works.size === 0) process.off(event, listener);
    };
  };
}

/** @see Runtime.onBeforeExit */
export const onBeforeExit: (work: () => Promise<unknown> | undefined) => () => void = shared(
  "beforeExit",
  (work) => void work()?.catch(() => {}),
);

/** @see Runtime.onExit */
export const onExit: (work: () => void) => () => void = shared("exit", (work) => work());

interface SignalWork {
  readonly work: () => Promise<unknown>;
  readonly last: (() => void) | undefined;
}

interface SignalState {
  readonly works: Set<SignalWork>;
  listener: ((signal: NodeJS.Signals) => void) | null;
  ending: boolean;
}

const KEY: unique symbol = Symbol.for("logbridge.otel.signals") as never;

/** One for all copies of the package: two listeners would each take the other for somebody who ends the process. */
function signalState(): SignalState {
  const holder = globalThis as { [KEY]?: SignalState };
  holder[KEY] ??= { works: new Set(), listener: null, ending: false };
  return holder[KEY];
}

/** @see Runtime.onSignal */
export function onSignal(work: () => Promise<unknown>, last?: () => void): () => void {
  const state = signalState();
  const entry = { work, last };
  if (state.listener === null) {
    state.listener = (signal) => heard(state, signal);
    for (const signal of SIGNALS) process.on(signal, state.listener);
  }
  state.works.add(entry);
  return () => {
    if (state.works.delete(entry) && state.works.size === 0) stopListening(state);
  };
}

function stopListening(state: SignalState): void {
  for (const signal of SIGNALS) if (state.listener) process.off(signal, state.listener);
  state.listener = null;
}

/** The process ends when the last of them is done, and a second signal does not wait. */
function heard(state: SignalState, signal: NodeJS.Signals): void {
  if (state.ending) {
    end(state, signal);
    return;
  }
  state.ending = true;
  void Promise.allSettled([...state.works].map(({ work }) => work())).then(() => {
    state.ending = false;
    end(state, signal);
  });
}

/** Whoever else listens says himself when the process ends. */
function end(state: SignalState, signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  // A process that is ended by a signal emits no "exit".
  for (const { last } of state.works) last?.();
  stopListening(state);
  process.kill(process.pid, signal);
}
