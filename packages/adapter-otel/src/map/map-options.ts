import type { SeverityTable } from "../levels.ts";

/** How records become OpenTelemetry's. */
export interface MapOptions {
  /** OpenTelemetry's numbers for levels by name. */
  readonly severity?: SeverityTable | undefined;
  /** Attributes of every record. */
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
  /** Write `code.*`, where the caller is known. Default `true`. */
  readonly code?: boolean | undefined;
  /** Give each record a `log.record.uid`. Default `false`. */
  readonly uid?: boolean | undefined;
  /** Write the message's template and its arguments, where it has any. Default `false`. */
  readonly template?: boolean | undefined;
  /** The process that the resource names: records of another one say which. */
  readonly processId?: number | undefined;
  /** At most so many attributes; what is more is counted as dropped. Default: no limit. */
  readonly attributeCountLimit?: number | undefined;
  /** Texts in attributes have at most so many UTF-16 units. Default: no limit. */
  readonly attributeValueLengthLimit?: number | undefined;
}
