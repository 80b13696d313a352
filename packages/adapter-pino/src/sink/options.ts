import { LogbridgeError, LogbridgeTypeError } from "@logbridge/core";
import { isList, type LineOptions } from "../map/line-options.ts";
import { isPath } from "../map/redaction.ts";

/** Options of `pinoSink`: those of the pino logger that the stream belonged to. */
export interface PinoSinkOptions extends LineOptions {
  /** Ends the stream when the handler is removed. `false` where somebody else writes to it too. Default `true`; stdout and stderr never. */
  readonly end?: boolean;
}

/** Options of `pino()` that a sink cannot have, and what to do instead. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  level: "give the level to add()",
  customLevels: "use levels",
  useOnlyCustomLevels: "use levels",
  levelComparison: "use levels",
  name: "use base: { name }, or logger.forModule(name)",
  timestamp: "lines have the record's time in milliseconds",
  formatters: "use serializers, or pinoSinks(theirLogger), which has theirs",
  mixin: "use a patcher",
  mixinMergeStrategy: "use a patcher",
  hooks: "use a patcher",
  msgPrefix: "use a patcher",
  transport: "pass pino.transport(…) as the stream",
  enabled: "leave the handler out",
  crlf: "lines end with a line feed",
  depthLimit: "values are shown ten levels deep",
  edgeLimit: "values are shown with 10,000 parts at most",
};
const KINDS: Readonly<Record<keyof PinoSinkOptions, string>> = {
  redact: "object",
  serializers: "object",
  base: "object",
  messageKey: "string",
  errorKey: "string",
  nestedKey: "string",
  levels: "object",
  caller: "boolean",
  end: "boolean",
};

export function checkOptions(options: PinoSinkOptions): void {
  const refuse = (what: string): never => {
    throw new LogbridgeTypeError("LB1527", `pinoSink(): ${what}`);
  };
  if (typeof options !== "object" || options === null) refuse("options must be an object");
  for (const [name, value] of Object.entries(options)) {
    if (ELSEWHERE[name] !== undefined)
      throw new LogbridgeError(
        "LB1526",
        `pinoSink(): the option ${name} of pino() is not available here; ${ELSEWHERE[name]}`,
      );
    const kind = (KINDS as Readonly<Record<string, string>>)[name];
    if (kind === undefined)
      throw new LogbridgeError(
        "LB1002",
        `pinoSink(): unknown option ${JSON.stringify(name)}; allowed are ${Object.keys(KINDS).join(", ")}`,
      );
    if (value !== undefined && typeof value !== kind)
      refuse(`option ${name} must be of type ${kind}, got ${typeof value}`);
  }
  const { redact, serializers, levels } = options;
  const paths = redact === undefined ? [] : isList(redact) ? redact : (redact as typeof redact | null)?.paths;
  if (!Array.isArray(paths) || !paths.every(isPath))
    refuse('option redact must be a list of paths such as "req.headers.cookie", or { paths, censor, remove }');
  for (const [key, value] of Object.entries(serializers ?? {}))
    if (typeof value !== "function") refuse(`option serializers.${key} must be a function`);
  for (const [label, number] of Object.entries(levels ?? {}))
    if (!Number.isFinite(number)) refuse(`option levels.${label} must be a number of pino's scale, such as 35`);
}
