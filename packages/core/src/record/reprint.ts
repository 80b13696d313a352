/** A foreign text that can be made anew. */
export interface Reprint {
  /** What was made of the values as they are: the message, or a part of it. */
  readonly text: string;
  /** The same of others in their places. May throw. */
  from(values: readonly unknown[]): string;
}
