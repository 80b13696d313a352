export const METADATA: unique symbol = Symbol.for("pino.metadata") as never;
const CARRIED = ["lastLevel", "lastObj", "lastMsg", "lastTime", "lastLogger"] as const;

/** What a stream with metadata reads goes from the one to the other. */
export function carry(from: Record<PropertyKey, unknown>, to: Record<PropertyKey, unknown>): void {
  if (to[METADATA] === true) for (const key of CARRIED) to[key] = from[key];
}
