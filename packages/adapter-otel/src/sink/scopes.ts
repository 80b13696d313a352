import { givenName, type LogRecord } from "@logbridge/core";
import type { ScopeOption } from "../options.ts";
import { arrivalOf } from "../origin-mark.ts";
import type { OtlpScope } from "../otlp/encoded.ts";

/** Names may come from outside: so many have a scope of their own. */
const MOST_SCOPES = 1_000;

/** For records without a name, and for those whose name came too late for a scope of its own. */
const SHARED: OtlpScope = { name: "logbridge" };

/** What the SDK calls a logger without a name; no record is called so. */
const UNNAMED: ReadonlySet<string> = new Set(["", "unknown"]);

/** Is it still the scope of the record that came in with it? A patcher may have given that another name. */
function isOf({ name }: OtlpScope, record: LogRecord): boolean {
  return name === record.name || (UNNAMED.has(name) && givenName(record) === null);
}

/** The scopes of records: one object for each name. */
export class Scopes {
  readonly #fixed: OtlpScope | null;
  readonly #byName = new Map<string, OtlpScope>();
  /** Is the caller's module a name, too? */
  readonly #takesModules: boolean;
  /** The last name that was looked up, and its scope: records of one name follow each other. */
  #lastName: string | null = null;
  #last: OtlpScope = SHARED;
  /** The name of the record that was asked for last, where its scope does not say it. */
  loggerName: string | null = null;

  constructor(fixed: string | ScopeOption | undefined, takesModules: boolean) {
    this.#fixed = fixed === undefined ? null : typeof fixed === "string" ? { name: fixed } : { ...fixed };
    this.#takesModules = takesModules;
  }

  /** The record's scope; `loggerName` is set with it. */
  of(record: LogRecord): OtlpScope {
    this.loggerName = null;
    if (this.#fixed) return this.#fixed;
    const arrived = arrivalOf(record)?.scope;
    if (arrived !== undefined && isOf(arrived, record)) return arrived;
    const name = this.#takesModules ? record.name : givenName(record);
    if (name === null || name === "") return SHARED;
    if (name === this.#lastName) return this.#last;
    const known = this.#byName.get(name);
    if (known === undefined) return this.#scopeFor(name);
    this.#lastName = name;
    return (this.#last = known);
  }

  #scopeFor(name: string): OtlpScope {
    if (this.#byName.size >= MOST_SCOPES) {
      this.loggerName = name;
      return SHARED;
    }
    const scope: OtlpScope = { name };
    this.#byName.set(name, scope);
    return scope;
  }
}
