import { describeException, inspect, type RecordException } from "@logbridge/core";
import type { ArrivedException } from "../origin-mark.ts";

/** What is said of an exception by convention. */
export type ExceptionTexts = Pick<ArrivedException, "type" | "message" | "stack">;

/** The texts as which an exception came in; `null`: it came otherwise, or says something else by now. */
export function arrivedTexts(
  exception: RecordException,
  arrived: ArrivedException | null | undefined,
): ExceptionTexts | null {
  if (!arrived || exception.value !== arrived.value) return null;
  // Redaction and patchers may have changed what is told of the value, which stays the same.
  return isSame(exception, describeException(arrived.value)) ? arrived : null;
}

function isSame(one: RecordException, other: RecordException): boolean {
  return (
    one.type === other.type &&
    one.message === other.message &&
    one.code === other.code &&
    inspect(one.properties) === inspect(other.properties) &&
    isSameList(one.stack, other.stack, ({ text }, frame) => text === frame.text) &&
    isSameList(one.cause ? [one.cause] : [], other.cause ? [other.cause] : [], isSame) &&
    isSameList(one.errors ?? [], other.errors ?? [], isSame)
  );
}

function isSameList<Item>(
  one: readonly Item[],
  other: readonly Item[],
  isSameItem: (one: Item, other: Item) => boolean,
): boolean {
  return one.length === other.length && one.every((item, index) => isSameItem(item, other[index] as Item));
}
