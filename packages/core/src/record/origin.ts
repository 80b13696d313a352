/** Where an intercepted record came from. */
export interface Origin {
  /** The bridge: "winston", "pino", "console" … */
  readonly name: string;
  /** The other library's own level, so that a round trip is exact. */
  readonly level?: { readonly name: string; readonly no?: number } | undefined;
  /** The line as the other library printed it, where there is one. */
  readonly line?: string | undefined;
  /** How deep in `console.group` the call was. */
  readonly depth?: number | undefined;
}
