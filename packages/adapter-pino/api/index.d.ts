// The approved interface of @logbridge/adapter-pino; "npm run api:update" writes it anew.
export {
  type PinoLevels,
  type PinoLogger,
  type PinoModule,
  type PinoRedaction,
  type PinoSinkOptions,
  type PinoStream,
  interceptPino,
  pinoSink,
  pinoSinks,
  propagateToPino,
};

// intercept.d.ts
export interface PinoModule {
    readonly version?: string;
}
export declare function interceptPino(target: PinoModule | PinoLogger, options?: InterceptOptions): Interception;

// levels.d.ts
export interface PinoLevels {
    readonly values: Readonly<Record<string, number>>;
    readonly labels: Readonly<Record<number, string>>;
}

// map.d.ts
export interface PinoLogger {
    readonly levels: PinoLevels;
    level: string;
    child(bindings: never, options?: never): unknown;
}
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

// propagate.d.ts
export declare function propagateToPino(logger: PinoLogger): Sink;

// sink.d.ts
export interface PinoStream {
    write(line: string): unknown;
}
export interface PinoSinkOptions extends LineOptions {
    readonly end?: boolean;
}
export declare function pinoSink(stream: PinoStream | PromiseLike<PinoStream>, options?: PinoSinkOptions): Sink;
export declare function pinoSinks(logger: PinoLogger): Sink[];
