// Runs by itself, with --expose-gc: does each subject a thousand times and writes what stayed behind to descriptor 3.
import { channel } from "node:diagnostics_channel";
import { writeSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createLogger, type Logger } from "@logbridge/core";
import { SUBJECTS, type Subject } from "./subjects.ts";

/** What a thousand cycles have left. */
export interface Left {
  readonly records: number;
  /** Bytes of the heap for each of the last 500 cycles. */
  readonly bytes: number;
  /** Everything else that can be seen from outside, before and after. */
  readonly before: Traces;
  readonly after: Traces;
}

/** What can be seen from outside. */
export interface Traces {
  readonly listeners: Readonly<Record<string, number>>;
  readonly channels: readonly string[];
  readonly properties: readonly string[];
}

const CYCLES = 1000;
const WARM = 500;
const TOO_MANY = 1024;
const CHANNELS = [
  ...["start", "end", "asyncStart", "asyncEnd", "error"].map((part) => `tracing:pino_asJson:${part}`),
  ...["log", "info", "debug", "warn", "error"].map((method) => `console.${method}`),
];

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

async function heap(): Promise<number> {
  for (let round = 0; round < 4; round++) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  return process.memoryUsage().heapUsed;
}

const identities = new WeakMap<object, number>();
let nextIdentity = 1;
/** Two descriptors are the same when their functions and objects are the very same. */
const shown = (value: unknown): string => {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return String(value);
  if (!identities.has(value)) identities.set(value, nextIdentity++);
  return `#${identities.get(value)}`;
};

function propertiesOf(target: object): string[] {
  return Reflect.ownKeys(target).map((key) => {
    const { value, get, set, ...flags } = Object.getOwnPropertyDescriptor(target, key) as PropertyDescriptor;
    // What the library itself counts and buffers is not ours.
    const kept = typeof value === "function" || get || set ? [shown(value), shown(get), shown(set)] : [];
    return [String(key), ...kept, JSON.stringify(flags)].join(" ");
  });
}

function traces({ touched }: Subject): Traces {
  const emitters = { process, stdout: process.stdout, stderr: process.stderr };
  const listeners = Object.entries(emitters).flatMap(([name, emitter]) =>
    emitter.eventNames().map((event) => [`${name} ${String(event)}`, emitter.listenerCount(event)] as const),
  );
  return {
    listeners: Object.fromEntries(listeners),
    channels: CHANNELS.filter((name) => channel(name).hasSubscribers),
    properties: touched.flatMap(propertiesOf),
  };
}

/** Streams get on with their work only between turns. */
async function repeat(subject: Subject, logger: Logger, times: number): Promise<void> {
  for (let n = 0; n < times; n++) {
    await subject.cycle(logger);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Bytes that each of 500 cycles leaves on the heap. */
async function growth(subject: Subject, logger: Logger): Promise<number> {
  const before = await heap();
  await repeat(subject, logger, CYCLES - WARM);
  return ((await heap()) - before) / (CYCLES - WARM);
}

async function run(subject: Subject): Promise<Left> {
  const logger = createLogger();
  let records = 0;
  logger.add({ needs: { text: false }, write: () => void records++ }, { level: 0 });
  // What a library makes when it is first used is not left behind by the cycles.
  await subject.cycle(logger);
  const before = traces(subject);
  records = 0;
  await repeat(subject, logger, WARM);
  let bytes = await growth(subject, logger);
  const each = records / CYCLES;
  // What leaks goes on leaking; what the engine has compiled meanwhile does not.
  for (let again = 0; again < 2 && bytes > TOO_MANY; again++) bytes = await growth(subject, logger);
  const left = { records: each, bytes, before, after: traces(subject) };
  await logger.remove();
  return left;
}

const left: Record<string, Left | { readonly error: string }> = {};
for (const [name, subject] of Object.entries(SUBJECTS)) {
  try {
    left[name] = await run(subject);
  } catch (error) {
    left[name] = { error: String(error) };
  }
}
writeSync(3, JSON.stringify(left));
