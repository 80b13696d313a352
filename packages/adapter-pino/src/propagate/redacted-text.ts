import { type LogRecord, toPlain } from "@logbridge/core";
import { filledAnew } from "../map/filled-anew.ts";
import { hiddenMessage } from "../map/redaction.ts";
import { type PinoLogger, textStringifierOf } from "../map/their-logger.ts";

const MOST_KNOWN = 500;
const CENSOR = "[Redacted]";

type MessageOf = (record: LogRecord) => string;

/** What a message is without the values that a logger redacts. What its paths are it tells nobody: they are seen by what it hides. */
export class RedactedText {
  readonly #logger: PinoLogger;
  readonly #errorKey: string;
  readonly #known = new Map<string, MessageOf>();

  constructor(logger: PinoLogger, errorKey: string) {
    this.#logger = logger;
    this.#errorKey = errorKey;
  }

  of(record: LogRecord): string {
    const stringify = textStringifierOf(this.#logger);
    if (!stringify) return record.message;
    const found: Found = { paths: new Map(), censor: "" };
    try {
      const { extra, args, exception } = record;
      const fields = {
        ...(toPlain(extra) as object),
        ...(exception && { [this.#errorKey]: toPlain(exception.value) }),
      };
      for (const value of [fields, ...args.map((arg) => toPlain(arg))]) {
        if (typeof value !== "object" || value === null) continue;
        const text = stringify(JSON.parse(JSON.stringify(value)), JSON.stringify);
        compare(value, typeof text === "string" ? JSON.parse(text) : undefined, [], found);
      }
    } catch {
      // Whatever the logger's censor did: better nothing than a secret.
      return CENSOR;
    }
    const shown = filledAnew(record, (value) => hiddenJson(stringify, value));
    return found.paths.size === 0 ? shown.message : this.#messageOf(found)(shown);
  }

  #messageOf({ paths, censor }: Found): MessageOf {
    const key = JSON.stringify([...paths.keys(), censor]);
    let known = this.#known.get(key);
    if (!known) {
      if (this.#known.size >= MOST_KNOWN) this.#known.clear();
      this.#known.set(key, (known = hiddenMessage([...paths.values()], censor, [this.#errorKey])));
    }
    return known;
  }
}

function hiddenJson(stringify: NonNullable<ReturnType<typeof textStringifierOf>>, value: unknown): string {
  try {
    return String(stringify(toPlain(value), JSON.stringify));
  } catch {
    return CENSOR;
  }
}

interface Found {
  readonly paths: Map<string, readonly string[]>;
  censor: string;
}

/** Where a value is another than before. */
function compare(before: unknown, after: unknown, path: readonly string[], found: Found): void {
  if (Object.is(before, after)) return;
  if (typeof before === "object" && before !== null && typeof after === "object" && after !== null) {
    for (const key of Object.keys(before))
      compare((before as Record<string, unknown>)[key], (after as Record<string, unknown>)[key], [...path, key], found);
    return;
  }
  if (path.length === 0 || JSON.stringify(before) === JSON.stringify(after)) return;
  found.paths.set(JSON.stringify(path), path);
  if (typeof after === "string") found.censor = after;
}
