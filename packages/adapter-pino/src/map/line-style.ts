import type { LineOptions } from "./line-options.ts";

/** All that the options of a pino logger say of its lines. */
export interface LineStyle extends LineOptions {
  /** There are no levels but those of `levels`. */
  readonly onlyLevels?: boolean | undefined;
  readonly formatLevel?: ((label: string, number: number) => object) | undefined;
  readonly formatLog?: ((object: Record<string, unknown>) => object) | undefined;
  readonly mixin?: ((object: object, number: number, logger: object) => object) | undefined;
  readonly mergeMixin?: ((object: object, mixed: object) => object) | undefined;
  /** The time as a part of the line, as `,"time":1700000000000`; empty for none. */
  readonly clock?: (() => string) | undefined;
  readonly messagePrefix?: string | undefined;
  readonly lineEnd?: string | undefined;
  readonly changeLine?: ((line: string) => string) | undefined;
}
