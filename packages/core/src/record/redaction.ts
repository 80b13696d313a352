import { CENSOR } from "../format/censor.ts";
import type { ExceptionInfo } from "../format/exception.ts";
import { withHanded } from "../format/handed.ts";
import { type Fields, mergeFields } from "./context.ts";
import { describeException } from "./exception.ts";
import type { KeptCall } from "./kept-call.ts";
import { type Reading, readCall } from "./message.ts";
import type { Origin } from "./origin.ts";
import { readableRecord } from "./readable-record.ts";
import { LogRecord, NONE } from "./record.ts";
import { redactedException } from "./redact-exception.ts";
import { withoutHidden } from "./redact-exception-texts.ts";
import { compilePaths, type PathState } from "./redact-paths.ts";
import { RedactingWalk } from "./redact-walk.ts";
import { isTagged } from "./tagged.ts";

type AnyRecord = LogRecord<object>;

/** Gives the record as it may be shown: itself where no path reaches anything. Never changes it, never throws. */
export type Redact = (record: AnyRecord) => AnyRecord;

/**
 * Compiles the option `redact`.
 *
 * @param paths where what is to be hidden stands, from the values of a call on; empty: `null`
 * @param where what the error messages name: `"add()"`
 * @throws LogbridgeTypeError LB1040, LogbridgeError LB1041 for a malformed path
 * @example
 * compileRedaction(["**.password", "user.card.number"], "add()")?.(record);
 */
export function compileRedaction(paths: unknown, where: string): Redact | null {
  const start = compilePaths(paths, where);
  if (start.dead) return null;
  return (record) => {
    try {
      return redacted(record, start);
    } catch {
      // Whatever an object did to the walk: better nothing than a secret.
      const nothing = { extra: {}, args: [], handed: record._thrown === NONE ? NONE : CENSOR };
      const view = new RedactedRecord(record, nothing, () => describeException(CENSOR));
      view.message = view.template = CENSOR;
      view._markup = view._call = null;
      return view;
    }
  };
}

function redacted(record: AnyRecord, start: PathState): AnyRecord {
  const walk = new RedactingWalk();
  const call = record._call ?? null;
  const extra = walk.root(record.extra, start) as Record<string, unknown>;
  const args = each(record.args, (value) => walk.root(value, start));
  const values =
    call && each(call.args, (value, index) => (index === 0 && isText(value) ? value : walk.root(value, start)));
  const printed = record._printed && each(record._printed, (value) => walk.root(value, start));
  const thrown = handedBy(record);
  const handed = walk.root(thrown, start);
  // Found already, or set by a patcher: then it may say what the thrown value does not.
  const known = record._exception ?? null;
  const exception = known && redactedException(known, start, walk);
  const isShown = values === (call?.args ?? null) && printed === (record._printed ?? null);
  if (extra === record.extra && args === record.args && isShown)
    if (handed === thrown && exception === known) return record;
  const describe = (): ExceptionInfo => exception ?? redactedException(record.exception as ExceptionInfo, start, walk);
  const isReprinted = printed !== (record._printed ?? null);
  const isSaid = isReprinted && !record._reprint && record._thrown !== NONE;
  const said = isSaid ? withoutHidden(describe(), walk.leaves) : null;
  const view = new RedactedRecord(record, { extra, args, handed: said ? said.value : handed }, () =>
    said ? withHanded(said, said.value) : withHanded(describe(), handed),
  );
  view._printed = printed;
  view._reprint = record._reprint ?? null;
  const isSafe = isReprinted && printAgain(view);
  if (!call || !values) hideInText(view, walk, isSafe);
  else if (values !== call.args || (call.readsRecord && extra !== record.extra)) readAgain(view, call, values, walk);
  else hideInPatched(view, call, walk);
  return view;
}

/** The value that is handed on as what was thrown: a redaction may have come before. */
function handedBy(record: AnyRecord): unknown {
  const { _handed: before } = record as Partial<RedactedRecord>;
  return before && before.of === record._thrown ? before.as : record._thrown;
}

function isText(value: unknown): boolean {
  return typeof value === "string" || isTagged(value);
}

/** The list itself where no value is another. */
function each(values: readonly unknown[], shown: (value: unknown, index: number) => unknown): readonly unknown[] {
  const list = values.map(shown);
  return list.every((value, index) => Object.is(value, values[index])) ? values : list;
}

/** Makes the message anew from the call without its secrets; what a patcher made of the text stays. */
function readAgain(view: RedactedRecord, call: KeptCall, args: readonly unknown[], walk: RedactingWalk): void {
  const again = readSafely(view, call, args);
  if (!again) {
    hideInText(view, walk);
    return;
  }
  const { message, template } = view;
  view._call = { ...call, args, message: again.message, template: again.template };
  view._markup = message === call.message ? again.markup : null;
  view.message = replaced(message, call.message, again.message, walk);
  view.template = replaced(template, call.template, again.template, walk);
}

/** Makes a foreign text anew from its values without their secrets; what was written around it stays. False: it is as it was. */
function printAgain(view: RedactedRecord): boolean {
  const { _reprint: reprint, _printed: printed, message, template } = view;
  if (!reprint || !printed || reprint.text === "" || !message.includes(reprint.text)) return false;
  try {
    const again = reprint.from(printed);
    view.message = message.replace(reprint.text, () => again);
    // Where there was none, the text is its own template.
    view.template = template.replace(reprint.text, () => again);
    view._reprint = { text: again, from: reprint.from };
    return true;
  } catch {
    // The code of a value may not know its copy: what was hidden is searched in the text then.
    return false;
  }
}

/** A patcher may write into the text what it put into the values: the call itself says nothing of that. */
function hideInPatched(view: RedactedRecord, call: KeptCall, walk: RedactingWalk): void {
  const { message, template } = view;
  view.message = replaced(message, call.message, call.message, walk);
  view.template = replaced(template, call.template, call.template, walk);
  if (view.message !== message) view._markup = null;
}

function readSafely(view: RedactedRecord, call: KeptCall, args: readonly unknown[]): Reading | null {
  const { colors, capture, strict, readsRecord } = call;
  // Reading adds the call's values to what it may read: to a copy here.
  const hidden = readsRecord ? { record: { ...readableRecord(view), extra: mergeFields(view.extra as Fields) } } : null;
  try {
    return readCall(args, { colors, capture, strict, lazy: false, hidden });
  } catch {
    // In strict mode a template may not fit the text that stands for a hidden value.
    return null;
  }
}

function replaced(text: string, before: string, after: string, walk: RedactingWalk): string {
  if (text === before) return after;
  return walk.leaves.hide(before === "" ? text : text.replace(before, () => after));
}

/** A finished text, of another library or another process: what was hidden is searched in it. */
function hideInText(view: RedactedRecord, { leaves }: RedactingWalk, isSafe = false): void {
  view.message = isSafe ? leaves.hideKnown(view.message) : leaves.hide(view.message);
  view.template = isSafe ? leaves.hideKnown(view.template) : leaves.hide(view.template);
  view.args = each(view.args, (value) => (typeof value === "string" ? leaves.hide(value) : value));
  view._markup = null;
  view._call = null;
}

/** A record as the handlers that hide something get it. */
class RedactedRecord extends LogRecord<object> {
  /** @internal What stands for the thrown value where other libraries get it. */
  _handed: { readonly of: unknown; readonly as: unknown };
  readonly #original: AnyRecord;
  readonly #describe: () => ExceptionInfo;

  constructor(
    original: AnyRecord,
    shown: { readonly extra: object; readonly args: readonly unknown[]; readonly handed: unknown },
    describe: () => ExceptionInfo,
  ) {
    super({
      seq: original.seq,
      micros: original.micros,
      startedMicros: original._startedMicros,
      level: original.level,
      message: original.message,
      markup: original._markup,
      template: original.template,
      args: shown.args,
      base: null,
      fields: null,
      thrown: original._thrown,
      raw: original._raw,
      name: original._name,
      caller: original._caller,
      callerSource: null,
      process: original.process,
      thread: original.thread,
      origin: withoutLine(original.origin),
    });
    this.extra = shown.extra;
    this._call = original._call ?? null;
    this._handed = { of: original._thrown, as: shown.handed };
    this.#original = original;
    this.#describe = describe;
  }

  /** @internal */
  override _describeException(): ExceptionInfo {
    return this.#describe();
  }

  /** @internal Whether the stack is still that of the call, the original knows. */
  override _readCaller(): ReturnType<LogRecord["_readCaller"]> {
    if (this._caller === undefined) return this.#original._readCaller();
    return this._caller;
  }
}

/** The other library's line says what it said. */
function withoutLine(origin: Origin | null): Origin | null {
  if (!origin || origin.line === undefined) return origin;
  const { name, level, depth } = origin;
  return { name, ...(level && { level }), ...(depth !== undefined && { depth }) };
}
