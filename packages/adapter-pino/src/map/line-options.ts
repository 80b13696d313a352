/** What is hidden in a line. */
export interface PinoRedaction {
  readonly paths: readonly string[];
  /** What stands in place of the value. Default `"[Redacted]"`. */
  readonly censor?: string | ((value: unknown, path: string[]) => unknown);
  /** Leaves the key out. Default `false`. */
  readonly remove?: boolean;
}

/** What a line looks like: the options of the pino logger that the stream belonged to. */
export interface LineOptions {
  /** Paths to hide, as `"password"`, `"req.headers.cookie"`, `"*.token"`, `"users[*].name"`. */
  readonly redact?: readonly string[] | PinoRedaction;
  /** Shows the values of these keys. `err` shows exceptions. */
  readonly serializers?: Readonly<Record<string, (value: never) => unknown>>;
  /** Fields of every line, `null` for none. Default: `pid` and `hostname`, which many transports read. */
  readonly base?: Readonly<Record<string, unknown>> | null;
  /** Default `"msg"`. */
  readonly messageKey?: string;
  /** Default `"err"`. */
  readonly errorKey?: string;
  /** Puts fields and exception below this key. Default: none. */
  readonly nestedKey?: string;
  /** Further levels by name, with pino's numbers. The six of pino and `success` (35) are there. */
  readonly levels?: Readonly<Record<string, number>>;
  /** Adds `caller` to each line, as `"/app/src/orders.js:17"`. Costs a look at the stack per record. Default `false`. */
  readonly caller?: boolean;
}

export function isList(value: readonly string[] | PinoRedaction): value is readonly string[] {
  return Array.isArray(value);
}
