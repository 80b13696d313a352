import { isError, report, toPlain } from "@logbridge/core";
import { FAILED } from "../map/application-functions.ts";
import type { PinoRedaction } from "../map/line-options.ts";
import { jsonText } from "../map/percent-text.ts";
import { boundOf, dataOf, put } from "../map/put.ts";
import { innerRedaction, redaction } from "../map/redaction.ts";
import { errorFrom, OPEN_SERIALIZERS } from "../map/taken-error.ts";
import { isBare, isWhole } from "../map/whole-error.ts";
import { httpKind, httpView } from "./http-objects.ts";

/** Shows the values of a key. */
export type Serializer = (value: unknown) => unknown;

/** Functions that change what a line has. */
export interface Formatters {
  readonly level?: ((label: string, number: number) => object) | undefined;
  readonly bindings?: ((bindings: Record<string, unknown>) => object) | undefined;
  readonly log?: ((object: Record<string, unknown>) => object) | undefined;
}

/** What a call or a child says, as it may be shown. */
export interface ShownFields {
  readonly fields: Record<string, unknown>;
  readonly error: { readonly value: unknown } | null;
  readonly text: unknown;
}

/** The keys under which pino has text and error. */
export const MESSAGE_KEY = "msg";
export const ERROR_KEY = "err";

/** How a facade shows what it is given: a logger's serializers, its formatters, and what it hides. */
export class Ways {
  readonly serializers: Readonly<Record<string, Serializer>>;
  readonly formatters: Formatters;
  readonly redact: PinoRedaction | null;
  readonly #hide: ((line: Record<string, unknown>) => void) | null;
  readonly #failed: Set<string>;

  constructor(
    parts: Pick<Ways, "serializers" | "formatters" | "redact">,
    /** What was reported already. */
    failed: Set<string>,
  ) {
    this.serializers = parts.serializers;
    this.formatters = parts.formatters;
    this.redact = parts.redact;
    this.#hide = parts.redact && redaction(parts.redact);
    this.#failed = failed;
  }

  /** The same with some parts changed. */
  with(parts: Partial<Pick<Ways, "serializers" | "formatters" | "redact">>): Ways {
    const { serializers, formatters, redact } = this;
    return new Ways({ serializers, formatters, redact, ...parts }, this.#failed);
  }

  /** An object in a text, as JSON. */
  json(value: unknown): string {
    return jsonText(this.inText(value));
  }

  /** A value that stands in a text: without what is hidden, and no request as a whole. */
  inText(value: unknown): unknown {
    if (typeof value !== "object" || value === null || isError(value)) return value;
    const kind = httpKind(value);
    const shown = kind ? httpView(value, kind) : value;
    if (!this.#hide && !kind) return value;
    const plain = toPlain(shown);
    if (typeof plain === "object" && plain !== null) this.#hide?.(plain as Record<string, unknown>);
    return plain;
  }

  /** The fields that a child's bindings make. */
  bindings(given: object, format: Formatters["bindings"]): Record<string, unknown> {
    const own = boundOf(given);
    const formatted = format ? this.#formatted("formatters.bindings", () => format(own)) : own;
    const fields: Record<string, unknown> = {};
    for (const key of Object.keys(formatted))
      if (!NO_BINDINGS.has(key) && formatted[key] !== undefined) this.#show(fields, key, formatted[key]);
    if (!this.#hide) return fields;
    const plain = plainFields(fields);
    this.#hide(plain);
    return plain;
  }

  /** The fields, error and text of a call, in pino's order: formatter, serializers, redaction. */
  call(given: Record<string, unknown>, text: unknown, label: string, number: number): ShownFields {
    const { level, log } = this.formatters;
    const formatted = log ? this.#formatted("formatters.log", () => log(given)) : given;
    const found = errorAmong(formatted);
    const fields: Record<string, unknown> = {};
    if (level) {
      const { level: _level, ...named } = this.#formatted("formatters.level", () => level(label, number));
      for (const key of Object.keys(named)) put(fields, key, named[key]);
    }
    let error: ShownFields["error"] = null;
    let shownText = text === undefined ? undefined : this.#text(text);
    for (const key of Object.keys(formatted)) {
      if (formatted[key] === undefined) continue;
      if (key === MESSAGE_KEY && text === undefined) {
        shownText = this.#text(formatted[key]);
        continue;
      }
      if (key === found?.key) error = this.#error(fields, found);
      else this.#show(fields, key, formatted[key]);
    }
    return this.#hide
      ? this.#hidden(this.#hide, fields, error, shownText, found?.key ?? ERROR_KEY)
      : { fields, error, text: shownText };
  }

  /** A text has a serializer too, under its key. */
  #text(text: unknown): unknown {
    const serializer = this.#serializerOf(MESSAGE_KEY);
    return serializer ? this.#serialized(MESSAGE_KEY, serializer, text) : text;
  }

  #show(fields: Record<string, unknown>, key: string, value: unknown): void {
    const serializer = this.#serializerOf(key);
    const kind = serializer || isError(value) ? null : httpKind(value);
    let shown = value;
    if (serializer) shown = this.#serialized(key, serializer, value);
    else if (kind) shown = toPlain(httpView(value as object, kind));
    if (shown !== undefined) put(fields, key, shown);
  }

  /** The error itself where its serializer shows all of it, else what the serializer shows. */
  #error(fields: Record<string, unknown>, { key, value }: { key: string; value: unknown }): ShownFields["error"] {
    const serializer = this.#serializerOf(key);
    if (!serializer || OPEN_SERIALIZERS.has(serializer.name)) return { value };
    const shown = this.#serialized(key, serializer, value);
    if (isWhole(shown, value as object, true, isBare)) return { value };
    const rebuilt = errorFrom(shown);
    if (rebuilt) return { value: rebuilt };
    if (shown !== undefined) put(fields, key, shown);
    return null;
  }

  #hidden(
    hide: (line: Record<string, unknown>) => void,
    fields: Record<string, unknown>,
    error: ShownFields["error"],
    text: unknown,
    errorKey: string,
  ): ShownFields {
    const line = plainFields(fields);
    const before = error && toPlain(error.value);
    if (error) put(line, errorKey, structuredClone(before));
    if (text !== undefined) line[MESSAGE_KEY] = typeof text === "string" ? text : toPlain(text);
    hide(line);
    if (this.redact) innerRedaction(this.redact, errorKey)(line[errorKey]);
    const { [MESSAGE_KEY]: shownText, ...rest } = line;
    const textLeft = text === undefined ? undefined : (shownText ?? "");
    if (text === undefined && MESSAGE_KEY in line) rest[MESSAGE_KEY] = shownText;
    if (!error) return { fields: rest, error: null, text: textLeft };
    const { [errorKey]: shown, ...others } = rest;
    if (JSON.stringify(shown) === JSON.stringify(before)) return { fields: others, error, text: textLeft };
    const rebuilt = errorFrom(shown);
    return { fields: rebuilt ? others : rest, error: rebuilt && { value: rebuilt }, text: textLeft };
  }

  #serializerOf(key: string): Serializer | undefined {
    return Object.hasOwn(this.serializers, key) ? this.serializers[key] : undefined;
  }

  #serialized(key: string, serializer: Serializer, value: unknown): unknown {
    try {
      const shown = serializer(value);
      return shown === undefined ? undefined : toPlain(shown);
    } catch (error) {
      this.#fail(`serializers.${key}`, error);
      return FAILED;
    }
  }

  /** What a formatter makes; nothing where it throws: it may be there to hide. */
  #formatted(what: string, format: () => object): Record<string, unknown> {
    try {
      return dataOf(format());
    } catch (error) {
      this.#fail(what, error);
      return {};
    }
  }

  #fail(what: string, error: unknown): void {
    if (this.#failed.has(what)) return;
    this.#failed.add(what);
    const why = isError(error) ? String(error.message) : String(error);
    report("LB1573", `asPino(): ${what} threw ${JSON.stringify(why)}; the record is logged without what it would show`);
  }
}

/** What pino takes for options, in bindings. */
const NO_BINDINGS: ReadonlySet<string> = new Set(["level", "serializers", "formatters", "customLevels"]);

function plainFields(fields: Record<string, unknown>): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const key of Object.keys(fields)) put(plain, key, toPlain(fields[key]));
  return plain;
}

/** The error among the fields of a call: pino's own key first. */
function errorAmong(fields: Record<string, unknown>): { readonly key: string; readonly value: unknown } | null {
  for (const key of [ERROR_KEY, "error", ...Object.keys(fields)]) {
    const value = Object.getOwnPropertyDescriptor(fields, key)?.value as unknown;
    if (isError(value)) return { key, value };
  }
  return null;
}
