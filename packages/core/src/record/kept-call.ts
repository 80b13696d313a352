/** A call as it was read, kept on its record where a handler will read it again without the values that it hides. */
export interface KeptCall {
  /** The arguments; lazy ones with their results. */
  readonly args: readonly unknown[];
  /** What was made of them, before any patcher. */
  readonly message: string;
  readonly template: string;
  readonly colors: boolean;
  readonly capture: boolean;
  readonly strict: boolean;
  /** The message may read the record. */
  readonly readsRecord: boolean;
}
