import { type InboundPort, withoutColors } from "@logbridge/core";

/** What a console is about to print, for each port that has made a record of it. */
const texts = new WeakMap<InboundPort, string>();

/** A console prints this in the same turn: it is a record of the port already. */
export function announce(port: InboundPort, text: string): void {
  texts.set(port, comparable(text));
  // Where the console prints to another stream it does not come here.
  queueMicrotask(() => texts.delete(port));
}

/** Is this what was announced? It is asked once. */
export function wasAnnounced(port: InboundPort, printed: string): boolean {
  const text = texts.get(port);
  return text !== undefined && text === comparable(printed) && texts.delete(port);
}

/** Without colours and the indentation of groups. */
function comparable(text: string): string {
  return withoutColors(text).replace(/^\s+|\s+$/gm, "");
}
