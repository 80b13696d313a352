// The approved interface of @logbridge/adapter-pino; "npm run api:update" writes it anew.
export {
  type AddedLevels,
  type PinoFace,
  type PinoLevels,
  type PinoLogger,
  type PinoModule,
  type PinoOptions,
  type PinoOptionsContext,
  type PinoRedaction,
  type PinoSinkOptions,
  type PinoStream,
  type TransportMaker,
  asPino,
  fromPinoOptions,
  interceptPino,
  pinoSink,
  pinoSinks,
  propagateToPino,
};

// facade.d.ts
export type AddedLevels<Ours> = Exclude<Extract<keyof Ours, string>, keyof Logger>;
export type PinoFace<Ours> = TheirLogger<AddedLevels<Ours>> & {
    success: TheirLogger["info"];
};
export declare function asPino<Ours extends Logger>(logger: Ours): PinoFace<Ours>;

// intercept.d.ts
type PinoFunction = (...args: never[]) => unknown;
export type PinoModule = PinoFunction | {
    readonly default: PinoFunction;
};
export declare function interceptPino(target: PinoModule | PinoLogger, options?: InterceptOptions): Interception;

// levels.d.ts
export interface PinoLevels {
    readonly values: Readonly<Record<string, number>>;
    readonly labels: Readonly<Record<number, string>>;
}

// map/line-options.d.ts
export interface PinoRedaction {
    readonly paths: readonly string[];
    readonly censor?: string | ((value: unknown, path: string[]) => unknown);
    readonly remove?: boolean;
}
export interface LineOptions {
    readonly redact?: readonly string[] | PinoRedaction;
    readonly serializers?: Readonly<Record<string, (value: never) => unknown>>;
    readonly base?: Readonly<Record<string, unknown>> | null;
    readonly messageKey?: string;
    readonly errorKey?: string;
    readonly nestedKey?: string;
    readonly levels?: Readonly<Record<string, number>>;
    readonly caller?: boolean;
}

// map/their-logger.d.ts
export interface PinoLogger {
    readonly levels: PinoLevels;
    level: string;
    child(bindings: never, options?: never): unknown;
}

// options.d.ts
export interface PinoOptionsContext {
    readonly pino?: TransportMaker;
}
export declare function fromPinoOptions(options?: PinoOptions | PinoStream | string, stream?: PinoStream | string, context?: PinoOptionsContext): MovedConfiguration;

// options/destination.d.ts
export interface TransportMaker {
    transport(options: never): unknown;
}

// options/pino-options.d.ts
type Fn = (...args: never[]) => unknown;
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
    readonly formatters?: {
        readonly level?: Fn | undefined;
        readonly bindings?: Fn | undefined;
        readonly log?: Fn | undefined;
    } | undefined;
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

// propagate.d.ts
export declare function propagateToPino(logger: PinoLogger): Sink;

// sink.d.ts
export interface PinoStream {
    write(line: string): unknown;
}
export declare function pinoSink(stream: PinoStream | PromiseLike<PinoStream>, options?: PinoSinkOptions): Sink;
export declare function pinoSinks(logger: PinoLogger): Sink[];

// sink/options.d.ts
export interface PinoSinkOptions extends LineOptions {
    readonly end?: boolean;
}
