import {
  type Caller,
  type InboundPort,
  isProxy,
  type NamedSeverity,
  nameOfSeverity,
  severityOfName,
} from "@logbridge/core";
import { type Understood, understand } from "../map.ts";
import type { Source } from "../source.ts";
import { type Listener, processEventsFor } from "./events.ts";

const EVENT = "log";

/** In npm's order, where `http` and `timing` are above `info`. */
const NUMBERS: ReadonlyMap<string, number> = new Map([
  ["silly", 5],
  ["verbose", 13],
  ["info", 20],
  ["timing", 21],
  ["http", 22],
  ["notice", 25],
  ["warn", 30],
  ["error", 40],
]);

/**
 * Takes in what npm's packages say by `process.emit("log", level, …)`. What prints it is a listener of the application: it is
 * left alone in both modes.
 *
 * @throws LogbridgeError LB1557 where there is no process
 */
export const listenToProcessLog: Source = ({ port }) => {
  const host = processEventsFor("processLog");
  const heard: Listener = (level, ...args) => {
    try {
      deliver(port, level, args, heard);
    } catch (error) {
      port.fail(error);
    }
  };
  host.on(EVENT, heard);
  return () => void host.removeListener(EVENT, heard);
};

function deliver(port: InboundPort, name: unknown, args: readonly unknown[], hook: Listener): void {
  const level = typeof name === "string" ? severityOf(name, port) : null;
  if (!level || !port.wants(level.no)) return;
  port.deliver(
    {
      target: globalThis.process,
      level,
      origin: { name: "process-log", level: { name: name as string } },
      ...(port.needsCaller && { caller: callerOf(port, hook) }),
      ...titled(args.filter((value) => !isMeta(value))),
    },
    hook,
  );
}

/** `null` for what is no level: `pause` and `resume` tell a display what to do, and other programs have events of this name. */
function severityOf(name: string, port: InboundPort): NamedSeverity | null {
  const no = NUMBERS.get(name) ?? severityOfName(name);
  if (no === null) return null;
  return port.levelNamed(name) ?? { name: nameOfSeverity(no, name), no };
}

/** Before the text, which may have directives, comes a title, which has none. */
function titled(args: readonly unknown[]): Understood {
  const [title, ...rest] = args;
  if (typeof title !== "string" || rest.length === 0) return understand(args);
  const said = understand(rest);
  const above = (text: string): string => (title && text ? `${title} ${text}` : title || text);
  return {
    ...said,
    message: above(said.message),
    ...(said.template !== undefined && { template: above(said.template) }),
  };
}

/** What npm tells its own display beside the values. */
function isMeta(value: unknown): boolean {
  if (typeof value !== "object" || value === null || isProxy(value)) return false;
  return Object.getOwnPropertySymbols(value).some(({ description }) => description === "proc-log.meta");
}

/** npm's own package, by which calls come. */
const SPEAKER = /[\\/]node_modules[\\/]proc-log[\\/]/;
/** What stands above us at most: that package, and those that have put a function of theirs in the place of `process.emit`. */
const MOST_BETWEEN = 4;

function callerOf(port: InboundPort, hook: Listener): Caller | null {
  let caller = port.caller(hook);
  for (let depth = 1; depth <= MOST_BETWEEN && caller && isBetween(caller); depth++) caller = port.caller(hook, depth);
  return caller;
}

function isBetween({ path, functionName }: Caller): boolean {
  return SPEAKER.test(path) || functionName === "process.emit";
}
