import { inspect, isProxy } from "@logbridge/core";

/** What inspection reads of a function by name, so that an accessor would run. */
const READ_BY_NAME: readonly PropertyKey[] = ["name", "constructor", Symbol.toStringTag];

/** A function as a developer reads it; where inspection would run code of its owner, by its own name alone. */
export function functionText(value: object): string {
  if (isProxy(value)) return "[Function]";
  if (Reflect.ownKeys(value).every((key) => !isShown(value, key)) && !readsAccessor(value)) return inspect(value);
  const name: unknown = Object.getOwnPropertyDescriptor(value, "name")?.value;
  return typeof name === "string" && name !== "" ? `[Function: ${name}]` : "[Function]";
}

function isShown(value: object, key: PropertyKey): boolean {
  return Object.getOwnPropertyDescriptor(value, key)?.enumerable === true;
}

function readsAccessor(value: object): boolean {
  for (let at: object | null = value; at; at = Object.getPrototypeOf(at) as object | null) {
    if (isProxy(at)) return true;
    for (const key of READ_BY_NAME) if (Object.getOwnPropertyDescriptor(at, key)?.get) return true;
  }
  return false;
}
