import { hostname } from "node:os";
import type { NotTaken } from "@logbridge/core";
import type { LineStyle } from "../map/line-style.ts";
import type { PinoOptions } from "./pino-options.ts";

/** Options that are read elsewhere in `fromPinoOptions`, or have their place in the lines. */
const TAKEN: ReadonlySet<string> = new Set([
  ...["level", "enabled", "customLevels", "useOnlyCustomLevels", "name", "base", "messageKey", "errorKey", "nestedKey"],
  ...[
    "msgPrefix",
    "redact",
    "serializers",
    "formatters",
    "mixin",
    "mixinMergeStrategy",
    "timestamp",
    "crlf",
    "transport",
  ],
  ...["hooks", "levelComparison", "safe"],
]);

/** Why options cannot be taken over, and what to do instead. */
const ELSEWHERE: Readonly<Record<string, readonly [why: string, instead: string]>> = {
  onChild: ["There are no children of pino any more.", "Do it where children are made, by bind() or patch()."],
  browser: ["It is for pino in a browser.", "Use consoleSink() there."],
  prettyPrint: ["pino itself takes it no longer.", 'Use transport: { target: "pino-pretty" }.'],
  depthLimit: ["Values are shown ten levels deep.", "Cut deep values in a serializer."],
  edgeLimit: ["Values are shown with 10,000 parts at most.", "Cut large values in a serializer."],
};

/** What the lines of a configuration look like; what they cannot have goes into `notTaken`. */
export function moveLines(options: PinoOptions, notTaken: NotTaken[]): LineStyle {
  const { formatters = {}, hooks = {}, mixin, mixinMergeStrategy, timestamp = true, nestedKey } = options;
  for (const option of Object.keys(options)) {
    if (TAKEN.has(option) || (options as Record<string, unknown>)[option] === undefined) continue;
    const [why, instead] = ELSEWHERE[option] ?? ["pino knows no such option.", "Leave it out."];
    notTaken.push({ option, why, instead });
  }
  const { logMethod, streamWrite } = hooks as { logMethod?: unknown; streamWrite?: LineStyle["changeLine"] };
  if (logMethod !== undefined)
    notTaken.push({
      option: "hooks.logMethod",
      why: "It changes the arguments of pino's calls, which a record no longer has.",
      instead: "Change records by logger.patch() or configure({ patcher }).",
    });
  if (typeof options.levelComparison === "function")
    notTaken.push({
      option: "levelComparison",
      why: "Our levels are compared by their numbers.",
      instead: "Give the handler a filter that decides.",
    });
  const isClocked = typeof timestamp === "function";
  return {
    base: baseOf(options),
    ...defined({
      messageKey: options.messageKey,
      errorKey: options.errorKey,
      redact: options.redact as LineStyle["redact"],
      serializers: options.serializers as LineStyle["serializers"],
      levels: options.customLevels,
    }),
    ...(nestedKey && { nestedKey }),
    onlyLevels: options.useOnlyCustomLevels,
    formatLevel: levelFormatOf(options, notTaken),
    formatLog: formatters.log as LineStyle["formatLog"],
    mixin: mixin as LineStyle["mixin"],
    mergeMixin: mixinMergeStrategy as LineStyle["mergeMixin"],
    clock: isClocked ? (timestamp as () => string) : timestamp ? undefined : () => "",
    messagePrefix: options.msgPrefix,
    lineEnd: options.crlf ? "\r\n" : undefined,
    changeLine: streamWrite,
  };
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}

/** The fields of every line: pino has none where `base` is there without a value, and no `name` where it is null. */
function baseOf(options: PinoOptions): LineStyle["base"] & object {
  const { base, name, formatters } = options;
  if (base === null) return {};
  const shown = "base" in options ? base : { pid: process.pid, hostname: hostname() };
  const fields = { ...shown, ...(name !== undefined && { name }) };
  const format = formatters?.bindings as ((bindings: object) => Record<string, unknown>) | undefined;
  return format ? format(fields) : fields;
}

/** Targets drop a line whose level is no number: with them pino itself refuses a formatter of the level. */
function levelFormatOf({ formatters, transport }: PinoOptions, notTaken: NotTaken[]): LineStyle["formatLevel"] {
  const format = formatters?.level as LineStyle["formatLevel"];
  if (!format || !(transport as { targets?: unknown } | undefined)?.targets) return format;
  notTaken.push({
    option: "formatters.level",
    why: "Targets of a transport read the level as a number.",
    instead: "Format the level in the targets.",
  });
  return undefined;
}
