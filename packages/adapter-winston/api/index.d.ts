// The approved interface of @logbridge/adapter-winston; "npm run api:update" writes it anew.
export {
  type LegacyWinstonTransport,
  type LogbridgeTransportOptions,
  type WinstonFormat,
  type WinstonLevels,
  type WinstonLogger,
  type WinstonModule,
  type WinstonOptions,
  type WinstonSinkOptions,
  type WinstonTransport,
  asWinston,
  fromWinstonOptions,
  interceptWinston,
  logbridgeTransport,
  propagateToWinston,
  winstonSink,
  winstonSinks,
};

// facade.d.ts
export declare function asWinston(logger: Logger): TheirLogger;

// intercept.d.ts
export declare function interceptWinston(target: WinstonModule | WinstonLogger, options?: InterceptOptions): Interception;

// intercept/place.d.ts
export interface WinstonModule {
    readonly Logger?: unknown;
    createLogger(...options: never[]): unknown;
}

// levels.d.ts
export type WinstonLevels = Readonly<Record<string, number>>;

// map/info.d.ts
export interface WinstonFormat {
    transform(info: never, options?: never): unknown;
    readonly options?: unknown;
}

// options.d.ts
export interface WinstonOptions {
    readonly transports?: unknown;
    readonly level?: string | null | undefined;
    readonly levels?: WinstonLevels | null | undefined;
    readonly format?: WinstonFormat | null | undefined;
    readonly defaultMeta?: unknown;
    readonly silent?: boolean | undefined;
    readonly exitOnError?: unknown;
    readonly handleExceptions?: boolean | undefined;
    readonly handleRejections?: boolean | undefined;
    readonly exceptionHandlers?: unknown;
    readonly rejectionHandlers?: unknown;
}
export declare function fromWinstonOptions(options: WinstonOptions | WinstonLogger): MovedConfiguration;

// propagate.d.ts
export declare function propagateToWinston(logger: WinstonLogger): Sink;

// propagate/winston-logger.d.ts
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

// sink.d.ts
export interface WinstonSinkOptions {
    readonly format?: WinstonFormat;
    readonly levels?: WinstonLevels;
    readonly defaultMeta?: object;
}
export declare function winstonSink(transport: WinstonTransport | LegacyWinstonTransport | PromiseLike<WinstonTransport | LegacyWinstonTransport>, options?: WinstonSinkOptions): Sink;
export declare function winstonSinks(logger: WinstonLogger): Sink[];

// sink/transports.d.ts
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

// transport.d.ts
export interface LogbridgeTransportOptions {
    readonly logger?: Logger;
    readonly level?: string;
    readonly format?: WinstonFormat;
    readonly silent?: boolean;
    readonly handleExceptions?: boolean;
    readonly handleRejections?: boolean;
}
export declare function logbridgeTransport(options?: LogbridgeTransportOptions): TheirTransport;
