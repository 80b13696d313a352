import type { LogRecord } from "@logbridge/core";
import { makeError } from "../errors.ts";
import { revived } from "../values.ts";
import type { Operation } from "./step.ts";

/** Applies the operations of a patcher, format function or filter function to a record. */
export function apply(operations: readonly Operation[], record: LogRecord, note: (text: string) => void): void {
  for (const operation of operations) change(operation, record, note);
}

function change([name, ...operands]: Operation, record: LogRecord, note: (text: string) => void): void {
  const [first, second] = operands.map((operand) => revived(operand));
  const { extra } = record;
  const key = String(first);
  switch (name) {
    case "extra.set":
      extra[key] = second;
      return;
    case "extra.incr":
      extra[key] = Number(extra[key] ?? 0) + Number(second ?? 1);
      return;
    case "extra.mul":
      extra[key] = Number(extra[key]) * Number(second);
      return;
    case "extra.delete":
      delete extra[key];
      return;
    case "extra.push":
      (extra[key] as unknown[]).push(second);
      return;
    case "extra.replace":
      record.extra = first as Record<string, unknown>;
      return;
    case "extra.from_message":
      extra[key] = record.message;
      return;
    case "message.append":
      record.message += key;
      return;
    case "message.set":
      record.message = key;
      return;
    case "record.set":
      Object.assign(record, { [key]: second });
      return;
    case "level.name":
      record.level.name = key;
      return;
    case "level.no":
      record.level.no = Number(first);
      return;
    case "exception.clear":
      record.exception = null;
      return;
    case "note":
      note(key);
      return;
    case "note.message":
      note(`${key} ${record.message}`);
      return;
    case "throw":
      throw makeError({ type: key, message: String(second) });
    default:
      throw new Error(`the runner does not know the operation ${name}`);
  }
}
