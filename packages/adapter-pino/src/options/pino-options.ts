import type { PinoRedaction } from "../map/line-options.ts";

type Fn = (...args: never[]) => unknown;

/** The options of `pino()`, of any version from 7. */
export interface PinoOptions {
  readonly level?: string | number | undefined;
  readonly enabled?: boolean | undefined;
  readonly customLevels?: Readonly<Record<string, number>> | undefined;
  readonly useOnlyCustomLevels?: boolean | undefined;
  readonly levelComparison?: string | Fn | undefined;
  readonly name?: string | undefined;
  readonly base?: Readonly<Record<string, unknown>> | null | undefined;
  readonly messageKey?: string | undefined;
  readonly errorKey?: string | undefined;
  readonly nestedKey?: string | undefined;
  readonly msgPrefix?: string | undefined;
  readonly redact?: readonly string[] | PinoRedaction | object | undefined;
  readonly serializers?: Readonly<Record<string, Fn>> | undefined;
  readonly formatters?:
    | { readonly level?: Fn | undefined; readonly bindings?: Fn | undefined; readonly log?: Fn | undefined }
    | undefined;
  readonly mixin?: Fn | undefined;
  readonly mixinMergeStrategy?: Fn | undefined;
  readonly timestamp?: boolean | Fn | undefined;
  readonly crlf?: boolean | undefined;
  readonly hooks?: object | undefined;
  readonly transport?: object | undefined;
  readonly depthLimit?: number | undefined;
  readonly edgeLimit?: number | undefined;
  readonly onChild?: Fn | undefined;
  readonly browser?: object | undefined;
}
