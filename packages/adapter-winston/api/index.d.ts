// The approved interface of @logbridge/adapter-winston; "npm run api:update" writes it anew.
export {
  type LegacyWinstonTransport,
  type WinstonFormat,
  type WinstonLevels,
  type WinstonLogger,
  type WinstonModule,
  type WinstonSinkOptions,
  type WinstonTransport,
  interceptWinston,
  propagateToWinston,
  winstonSink,
  winstonSinks,
};

// intercept.d.ts
export interface WinstonModule {
    readonly Logger: {
        readonly prototype: object;
    };
    createLogger(...options: never[]): unknown;
}
export declare function interceptWinston(target: WinstonModule | WinstonLogger, options?: InterceptOptions): Interception;

// levels.d.ts
export type WinstonLevels = Readonly<Record<string, number>>;

// map.d.ts
export interface WinstonFormat {
    transform(info: never, options?: never): unknown;
    readonly options?: unknown;
}

// propagate.d.ts
export interface WinstonLogger {
    readonly levels: WinstonLevels;
    level: string;
    silent?: boolean;
    readonly transports: readonly unknown[];
    readonly defaultMeta?: unknown;
    readonly format?: unknown;
    write(info: never): unknown;
    isLevelEnabled?(level: string): boolean;
}
export declare function propagateToWinston(logger: WinstonLogger): Sink;

// sink.d.ts
export interface WinstonTransport {
    log?(info: never, next: never): unknown;
    write(info: never): boolean;
    on(event: never, listener: never): unknown;
    emit(event: never, argument: never): boolean;
}
export interface LegacyWinstonTransport {
    log(level: never, message: never, meta: never, callback: never): unknown;
    on(event: never, listener: never): unknown;
}
export interface WinstonSinkOptions {
    readonly format?: WinstonFormat;
    readonly levels?: WinstonLevels;
    readonly defaultMeta?: object;
}
export declare function winstonSink(transport: WinstonTransport | LegacyWinstonTransport | PromiseLike<WinstonTransport | LegacyWinstonTransport>, options?: WinstonSinkOptions): Sink;
export declare function winstonSinks(logger: WinstonLogger): Sink[];
