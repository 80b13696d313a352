import { isError } from "@logbridge/core";
import { addBareCauses, bareCopy, framesOf, type Mask, someCause } from "./bare-copy.ts";
import { hide, type Info, put, valueOf } from "./info.ts";
import { ANSI, holdsSecret, maskedValue, masker, stackIn, textsHidden, wordsHidden } from "./masking.ts";

/** An error as it was before a format ran, which may write on the error itself. */
export interface ErrorBefore {
  readonly value: Error;
  readonly message: string;
  readonly stack: string;
  readonly properties: readonly (readonly [string, unknown])[];
  readonly cause: unknown;
  readonly errors: unknown;
  /** The format gets its parts: it is the info, or was copied to it. Not so the errors that a text's placeholders take. */
  readonly copied: boolean;
}

/** What is left of an error, and what hides the texts that were hidden. */
export interface ErrorLeft {
  readonly value: unknown;
  readonly mask: Mask;
}

/** What winston writes on an error itself. */
const WRITTEN: ReadonlySet<string> = new Set(["level", "timestamp", "message", "stack", "cause", "errors"]);

export function errorBefore(value: Error, info: Info): ErrorBefore {
  const parts = value as unknown as Info;
  const properties = Object.keys(value)
    .filter((key) => !WRITTEN.has(key))
    .map((key) => [key, valueOf(parts, key)] as const);
  const copied =
    (info as unknown) === value ||
    isError(valueOf(info, "message")) ||
    valueOf(info, "stack") !== undefined ||
    properties.some(([key]) => Object.hasOwn(info, key));
  const [message, stack] = [String(value.message), String(value.stack ?? "")];
  return {
    value,
    message,
    stack,
    properties,
    cause: valueOf(parts, "cause"),
    errors: valueOf(parts, "errors"),
    copied,
  };
}

/** An info before its format ran. */
interface Before {
  readonly info: Info;
  readonly message: unknown;
  readonly stack: unknown;
}

/**
 * The error itself where the format has left all of it. Else a copy that has what was left: a secret that is masked or dropped must stand
 * neither in the text, nor in the stack, nor on the error or its causes.
 *
 * @param seen what the format shows
 * @param message the text that it made
 */
export function errorLeft(error: ErrorBefore, seen: Info, before: Before, message: string): ErrorLeft {
  const { value, message: text } = error;
  const said = isError(before.message) ? text : before.message;
  const textChanged = typeof said === "string" && text !== "" && said.includes(text) && !message.includes(text);
  const isBare = isNothingLeft(error, seen, before);
  const properties = propertiesLeft(error, seen, isBare);
  const stack = isBare ? undefined : stackLeft(error, seen, before);
  const causes = causesLeft(error, seen);
  const mask = masker([
    ...(typeof said === "string" ? wordsHidden(said, message) : []),
    ...(typeof stack === "string" ? titleHidden(error.stack, stack) : []),
    ...causeHidden(error.cause, partOf(seen, "cause")?.value),
    ...causeHidden(error.errors, partOf(seen, "errors")?.value),
    ...hiddenIn(error, properties, message),
  ]);
  const isTold = (one: unknown): boolean => one === mask(String(one));
  const unchanged =
    !textChanged &&
    !isBare &&
    stack === undefined &&
    properties === null &&
    causes.size === 0 &&
    value.message === text &&
    isTold(text) &&
    isTold(titleOf(error.stack)) &&
    !losesCauses(error, seen, before) &&
    !someCause(
      value,
      (cause) => (isError(cause) || typeof cause === "string") && !isTold(isError(cause) ? cause.message : cause),
    );
  if (unchanged) return { value, mask };
  const shown = mask(textChanged ? message : text);
  const copy = bareCopy(
    value,
    shown,
    stack === undefined ? withTitle(error, shown, text) : stackOf(stack, value, shown, mask),
  );
  addBareCauses(copy, value, mask);
  for (const [key, one] of causes) hide(copy, key, one);
  for (const [key, one] of properties ?? (isBare ? [] : error.properties)) put(copy as unknown as Info, key, one);
  return { value: copy, mask };
}

function titleOf(stack: string): string {
  return stack.slice(0, stack.length - framesOf(stack).length);
}

/** The words of the first lines of a stack that a format has hidden there. A stack without such lines says nothing of them. */
function titleHidden(before: string, after: string): string[] {
  const title = titleOf(after);
  return title.trim() === "" ? [] : wordsHidden(titleOf(before), title);
}

/** Causes and inner errors that the format has put in the place of the error's own. */
function causesLeft({ value, cause, errors }: ErrorBefore, seen: Info): ReadonlyMap<string, unknown> {
  const causes = new Map<string, unknown>();
  if ((seen as unknown) === value) return causes;
  for (const [key, own] of [
    ["cause", cause],
    ["errors", errors],
  ] as const) {
    const shown = own === undefined ? null : partOf(seen, key);
    // A plain copy has lost the class, and tells only which texts it hides.
    if (shown && shown.value !== own && (isErrors(shown.value) || !isErrors(own))) causes.set(key, shown.value);
  }
  return causes;
}

function isErrors(value: unknown): boolean {
  return isError(value) || (Array.isArray(value) && value.length > 0 && value.every(isError));
}

/** The words of causes and inner errors that what the format shows of them has no more. */
function causeHidden(own: unknown, shown: unknown): string[] {
  if (Array.isArray(own))
    return Array.isArray(shown) ? own.flatMap((one, index) => causeHidden(one, shown[index])) : [];
  const before = isError(own) ? own.message : own;
  const after =
    typeof shown === "object" && shown !== null ? (isError(shown) ? shown.message : valueOf(shown, "message")) : shown;
  return typeof before === "string" && typeof after === "string" ? wordsHidden(before, after) : [];
}

function withTitle({ stack, value }: ErrorBefore, shown: string, text: string): string {
  return shown === text && stack !== "" ? stack : `${value.name}: ${shown}${framesOf(stack)}`;
}

function stackOf(stack: string | null, { name }: Error, shown: string, mask: (text: string) => string): string {
  return stack === null ? `${name}: ${shown}` : mask(titleOf(stack)) + framesOf(stack);
}

/** `format.metadata()` and some middleware put fields one level deeper. */
function partOf(seen: Info, key: string): { readonly value: unknown } | null {
  for (const holder of [seen, valueOf(seen, "metadata"), valueOf(seen, "meta")])
    if (typeof holder === "object" && holder !== null && Object.hasOwn(holder, key))
      return { value: valueOf(holder, key) };
  return null;
}

/** Only level and message are left, of all that the format got. */
function isNothingLeft({ copied, value }: ErrorBefore, seen: Info, { info }: Before): boolean {
  if (!copied || seen === info || (seen as unknown) === value) return false;
  return Object.keys(seen).every((key) => key === "level" || key === "message" || key === "timestamp");
}

/** The stack as the format changed it, `null` where it took it away, `undefined` where it left it. */
function stackLeft({ value, stack, copied }: ErrorBefore, seen: Info, before: Before): string | null | undefined {
  const found = isError(seen) ? stackIn(seen) : partOf(seen, "stack")?.value;
  if (typeof found === "string") {
    const plain = found.replace(ANSI, "");
    return plain === (before.stack ?? stack) ? undefined : plain;
  }
  // An error's own stack is in no list of its keys, so who copies the keys does not mean to drop it.
  const isItself = (before.info as unknown) === value;
  const wasThere = isItself ? (seen as unknown) === value : typeof before.stack === "string";
  return copied && wasThere && stack !== "" ? null : undefined;
}

/** The error's own properties as they are left, `null` where all are. */
function propertiesLeft(
  { copied, properties }: ErrorBefore,
  seen: Info,
  isBare: boolean,
): readonly (readonly [string, unknown])[] | null {
  if (isBare) return properties.length > 0 ? [] : null;
  let changed = false;
  const left: [string, unknown][] = [];
  for (const [key, own] of properties) {
    const shown = partOf(seen, key);
    const value = shown ? shown.value : copied ? undefined : holdsSecret(key, own, 0) ? maskedValue(key, own, 0) : own;
    if (value !== own) changed = true;
    if (value !== undefined) left.push([key, value]);
  }
  return changed ? left : null;
}

function hiddenIn(
  { properties }: ErrorBefore,
  left: readonly (readonly [string, unknown])[] | null,
  message: string,
): string[] {
  if (!left) return [];
  const now = new Map(left);
  const printed = [message, ...left.flatMap(([, one]) => textsHidden(one, ""))].join("\n");
  return properties.flatMap(([key, own]) => (key === "name" || now.get(key) === own ? [] : textsHidden(own, printed)));
}

/** Do causes have properties that the format did not leave? */
function losesCauses({ value, copied, cause }: ErrorBefore, seen: Info, { info }: Before): boolean {
  const has = (test: (key: string, one: unknown) => boolean): boolean =>
    someCause(
      value,
      (one) => typeof one === "object" && one !== null && Object.keys(one).some((key) => test(key, valueOf(one, key))),
    );
  if (!copied) return has((key, one) => holdsSecret(key, one, 0));
  if ((seen as unknown) === value) return cause !== valueOf(seen, "cause");
  const shown = partOf(seen, "cause");
  if (shown?.value === cause && cause !== undefined) return false;
  // Older versions of winston do not copy it, so that a format cannot have left it out.
  if (!shown && seen === info) return false;
  return has(() => true);
}
