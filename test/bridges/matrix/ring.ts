import { createLogger, type InterceptOptions, type LogRecord } from "@logbridge/core";
import { HALVES, type Way } from "./half.ts";

/** Two libraries in one ring. */
export interface Ring {
  readonly libraries: readonly [string, string];
  readonly ways: readonly [Way, Way];
  readonly modes: readonly ["tee" | "replace", "tee" | "replace"];
  readonly slow: boolean;
}

/** How often each line stands in one output. */
export type Tally = Readonly<Record<string, number>>;

/** What a ring did. */
export interface Outcome {
  readonly plain: Tally;
  readonly printed: readonly Tally[];
  readonly echoes: number;
  readonly handlers: readonly {
    readonly sent: number;
    readonly dropped: number;
    readonly pending: number;
    readonly failed: number;
  }[];
  /** What should have been. */
  readonly expected: Omit<Outcome, "expected">;
}

const LINES = 25;
const SETTLE_MS = 25;

const tally = (texts: readonly string[]): Tally => {
  const counts: Record<string, number> = {};
  for (const text of texts) {
    const token = /[a-z0-9]+#\d+/.exec(text)?.[0] ?? text;
    counts[token] = (counts[token] ?? 0) + 1;
  }
  return counts;
};

const lines = (from: string): string[] => Array.from({ length: LINES }, (_, at) => `${from}#${at}`);

/** Both libraries are intercepted and both are outputs: whatever one says comes in and goes out to the other. */
export async function runRing({ libraries, ways, modes, slow }: Ring): Promise<Outcome> {
  const logger = createLogger();
  const texts: string[] = [];
  logger.add(
    { needs: { text: false }, write: (_text: string, record: LogRecord) => void texts.push(record.message) },
    { level: 0 },
  );
  const halves = libraries.map((name, at) => (HALVES[name] as (typeof HALVES)[string]).make(ways[at] as Way, slow));
  const before = logger.stats().echoes;
  for (const { sinks } of halves) for (const sink of sinks) logger.add(sink, { level: 0, format: "{message}" });
  const interceptions = halves.map((half, at) => half.intercept({ logger, mode: modes[at] } as InterceptOptions));
  const sources = ["core", ...libraries.map((name, at) => `${name}${at}`)];
  const says = [(message: string) => logger.info(message), ...halves.map(({ say }) => say)];
  for (let at = 0; at < LINES; at++) for (const [index, from] of sources.entries()) says[index]?.(`${from}#${at}`);
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  await logger.complete();
  const { handlers, echoes } = logger.stats();
  for (const one of interceptions.reverse()) one.restore();
  await logger.remove();
  for (const one of halves) one.end();
  const printed = halves.map((half) => tally(half.printed));
  const all = sources.flatMap(lines);
  const twice = (at: number): readonly string[] =>
    halves[at]?.opaque && modes[at] === "tee" ? lines(sources[at + 1] as string) : [];
  // A library that prints its own lines itself is not given them.
  const given = halves.map((half, at) => all.length - (modes[at] === "tee" && !half.opaque ? LINES : 0));
  const made = halves.map(
    (half, at) => (given[at] as number) - (half.remembers && modes[at] === "replace" ? LINES : 0),
  );
  return {
    plain: tally(texts),
    printed,
    echoes: echoes - before,
    handlers: handlers.map(({ sent, dropped, pending, failed }) => ({ sent, dropped, pending, failed })),
    expected: {
      plain: tally(all),
      printed: halves.map((_, at) => tally([...all, ...twice(at)])),
      echoes: halves.reduce((sum, half, at) => sum + half.echoes * (made[at] as number), 0),
      handlers: [all.length, ...given].map((sent) => ({ sent, dropped: 0, pending: 0, failed: 0 })),
    },
  };
}
