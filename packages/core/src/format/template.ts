import { LogbridgeError } from "../diagnostics.ts";
import { readyPattern } from "../ready-pattern.ts";
import { CENSOR } from "./censor.ts";
import { type Conversion, converted } from "./conversion.ts";
import { rawText } from "./raw.ts";
import { MISSING, reach, reachAll } from "./reach.ts";
import { formatValue } from "./spec.ts";

const ATTRIBUTE = readyPattern(/^[^.[\]!:{}]*/);
const INDEX = readyPattern(/^\d+$/);
const BEHIND_INDEX = readyPattern(/[.[!:]/);
const ZONE = readyPattern(/^![A-Z]/);

/** A replacement field: `{head.attribute[index]!conversion:spec}`. */
export interface Field {
  /** As written, braces included. */
  readonly source: string;
  /** A position, or the name of a keyword value. */
  readonly head: number | string;
  readonly path: readonly (string | number)[];
  readonly conversion: Conversion | null;
  /** The format spec; a template where it has fields of its own. */
  readonly spec: Template | string;
}

/** A parsed `str.format` template. */
export interface Template {
  readonly source: string;
  readonly parts: readonly (string | Field)[];
  /** How many positional values the fields reach, at most. */
  readonly positional: number;
  /** The keyword values that fields name. */
  readonly names: readonly string[];
}

/** A template with its values. */
export interface Filled {
  readonly text: string;
  /** A field could not be filled. */
  readonly missing: boolean;
  /** The positions that were used. */
  readonly taken: ReadonlySet<number>;
}

/** Numbers automatic fields through a template and its nested specs; both kinds may not be mixed. */
interface Numbering {
  next: number;
  manual: boolean;
}

const DEEPEST_SPEC = 2;

function malformed(text: string, position: number, problem: string): LogbridgeError {
  return new LogbridgeError(
    "LB1101",
    `template ${JSON.stringify(text)}: ${problem} at position ${position}; write {{ and }} for braces that stand for themselves`,
  );
}

/**
 * Parses a template in the syntax of Python's `str.format`.
 *
 * @throws LogbridgeError LB1101 that quotes the template and says where it is malformed
 * @example
 * parseTemplate("{name:<8}|{0!r}").parts.length; // 3
 */
export function parseTemplate(text: string): Template {
  return parse(text, text, 0, { next: 0, manual: false }, DEEPEST_SPEC);
}

function parse(text: string, whole: string, offset: number, numbering: Numbering, depth: number): Template {
  const parts: (string | Field)[] = [];
  let literal = "";
  let at = 0;
  while (at < text.length) {
    const char = text[at] as string;
    if (char !== "{" && char !== "}") {
      literal += char;
      at++;
      continue;
    }
    if (text[at + 1] === char && depth === DEEPEST_SPEC) {
      // A part of its own ends here, so that no colour tag is read across a brace that was written twice.
      parts.push(literal + char);
      literal = "";
      at += 2;
      continue;
    }
    if (char === "}") throw malformed(whole, offset + at, "a single } stands");
    const end = fieldEnd(text, at);
    if (end < 0) throw malformed(whole, offset + at, "a { is not closed");
    if (literal !== "") parts.push(literal);
    literal = "";
    parts.push(parseField(text.slice(at, end + 1), whole, offset + at, numbering, depth));
    at = end + 1;
  }
  if (literal !== "") parts.push(literal);
  let positional = 0;
  const names = new Set<string>();
  for (const part of parts) {
    if (typeof part === "string") continue;
    if (typeof part.head === "number") positional = Math.max(positional, part.head + 1);
    else names.add(part.head);
    if (typeof part.spec === "string") continue;
    positional = Math.max(positional, part.spec.positional);
    for (const name of part.spec.names) names.add(name);
  }
  return { source: text, parts, positional, names: [...names] };
}

/** The brace that closes the field which opens at `start`. Brackets hide braces, as in Python. */
function fieldEnd(text: string, start: number): number {
  let depth = 0;
  let bracket = false;
  let inSpec = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (bracket) {
      if (char === "]") bracket = false;
      continue;
    }
    if (char === "[" && depth === 1 && !inSpec) bracket = true;
    else if (char === ":" && depth === 1) inSpec = true;
    else if (char === "{") depth++;
    else if (char === "}" && --depth === 0) return at;
  }
  return -1;
}

const NAME = readyPattern(/^([^.[\]!:{}]*)/);

function parseField(source: string, whole: string, offset: number, numbering: Numbering, depth: number): Field {
  if (depth < 1) throw malformed(whole, offset, "format specs are nested too deeply");
  const inner = source.slice(1, -1);
  const head = (NAME.exec(inner) as RegExpExecArray)[1] as string;
  let at = head.length;
  const path: (string | number)[] = [];
  while (inner[at] === "." || inner[at] === "[") {
    if (inner[at] === ".") {
      const name = (ATTRIBUTE.exec(inner.slice(at + 1)) as RegExpExecArray)[0];
      if (name === "") throw malformed(whole, offset + at + 1, "an attribute has no name");
      path.push(name);
      at += name.length + 1;
    } else {
      const close = inner.indexOf("]", at);
      if (close < 0) throw malformed(whole, offset + at + 1, "a [ is not closed");
      const key = inner.slice(at + 1, close);
      if (key === "") throw malformed(whole, offset + at + 1, "an index is empty");
      path.push(INDEX.test(key) ? Number(key) : key);
      at = close + 1;
      if (at < inner.length && !BEHIND_INDEX.test(inner[at] as string))
        throw malformed(whole, offset + at + 1, "only . or [ may follow ]");
    }
  }
  let conversion: Field["conversion"] = null;
  // `{time!UTC}`: no conversion begins with a capital, every zone does, so the colon before it may be left out.
  const isZone = head === "time" && path.length === 0 && ZONE.test(inner.slice(at));
  if (inner[at] === "!" && !isZone) {
    const letter = inner[at + 1];
    if (letter !== "s" && letter !== "r" && letter !== "a" && letter !== "j")
      throw malformed(
        whole,
        offset + at + 1,
        `the conversion ${JSON.stringify(letter ?? "")} is unknown (s, r, a and j are)`,
      );
    conversion = letter;
    at += 2;
    if (at < inner.length && inner[at] !== ":")
      throw malformed(whole, offset + at + 1, "only : may follow a conversion");
  }
  if (at < inner.length && inner[at] !== ":" && !isZone)
    throw malformed(whole, offset + at + 1, `${JSON.stringify(inner[at])} is unexpected`);
  const numbered = numberHead(head, whole, offset, numbering);
  const specText = inner.slice(isZone ? at : at + 1);
  const spec =
    specText.includes("{") || specText.includes("}")
      ? parse(specText, whole, offset + at + 2, numbering, depth - 1)
      : specText;
  return { source, head: numbered, path, conversion, spec };
}

function numberHead(head: string, whole: string, offset: number, numbering: Numbering): number | string {
  if (head === "") {
    if (numbering.manual) throw malformed(whole, offset, "automatic and numbered fields are mixed");
    return numbering.next++;
  }
  if (!INDEX.test(head)) return head;
  if (numbering.next > 0) throw malformed(whole, offset, "automatic and numbered fields are mixed");
  numbering.manual = true;
  return Number(head);
}

/**
 * Fills a template.
 *
 * @param args positional values
 * @param named keyword values
 * @param strict Python's rules: what cannot be filled is an error. Otherwise such a field stays as written.
 * @throws LogbridgeError LB1102 (missing), LB1103 (spec), only when strict
 * @example
 * fillTemplate(parseTemplate("{} is {age}"), ["Ann"], { age: 42 }, false).text; // "Ann is 42"
 */
export function fillTemplate(
  template: Template,
  args: readonly unknown[],
  named: Readonly<Record<string, unknown>> | null,
  strict: boolean,
): Filled {
  const taken = new Set<number>();
  const state = { missing: false, raw: false };
  let text = "";
  for (const part of template.parts)
    text += typeof part === "string" ? part : fillField(part, args, named, strict, taken, state);
  return { text, missing: state.missing, taken };
}

/** What filling a field tells. */
export interface FillState {
  /** A field could not be filled. */
  missing: boolean;
  /** The last field shows a text that `raw()` has marked. */
  raw: boolean;
}

/** Fills one field; the parts of a coloured message use it too. */
export function fillField(
  field: Field,
  args: readonly unknown[],
  named: Readonly<Record<string, unknown>> | null,
  strict: boolean,
  taken: Set<number>,
  state: FillState,
): string {
  const value = valueOf(field, args, named);
  state.raw = field.conversion === null && rawText(value) !== null;
  if (value === MISSING) {
    if (strict) throw missing(field);
    state.missing = true;
    return field.source;
  }
  try {
    const spec = typeof field.spec === "string" ? field.spec : fillTemplate(field.spec, args, named, true).text;
    // What stands for a hidden value is a text, also where a number was.
    const text = value === CENSOR ? CENSOR : formatValue(converted(value, field.conversion), spec);
    if (typeof field.head === "number") taken.add(field.head);
    if (typeof field.spec !== "string")
      for (const part of field.spec.parts)
        if (typeof part !== "string" && typeof part.head === "number") taken.add(part.head);
    return text;
  } catch (error) {
    if (strict) throw error;
    state.missing = true;
    return field.source;
  }
}

function valueOf(field: Field, args: readonly unknown[], named: Readonly<Record<string, unknown>> | null): unknown {
  if (typeof field.head === "number")
    return field.head < args.length ? reachAll(args[field.head], field.path) : MISSING;
  const top = named ? reach(named, field.head) : MISSING;
  return top === MISSING ? MISSING : reachAll(top, field.path);
}

function missing(field: Field): Error {
  const what =
    typeof field.head === "number" ? `no positional value ${field.head}` : `no value ${JSON.stringify(field.head)}`;
  const where = field.path.length > 0 ? ` with ${field.path.map(String).join(".")}` : "";
  return new LogbridgeError("LB1102", `the message's field ${field.source} cannot be filled: there is ${what}${where}`);
}
