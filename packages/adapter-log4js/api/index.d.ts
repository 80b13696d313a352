// The approved interface of @logbridge/adapter-log4js; "npm run api:update" writes it anew.
export {
  type Log4jsAppender,
  type Log4jsAppenderConfig,
  type Log4jsAppenderModule,
  type Log4jsAppenderSource,
  type Log4jsLevel,
  type Log4jsLevels,
  type Log4jsLogger,
  type Log4jsModule,
  type Log4jsSinkOptions,
  interceptLog4js,
  log4jsSink,
  log4jsSinks,
  propagateToLog4js,
};

// intercept.d.ts
export declare function interceptLog4js(log4js: Log4jsModule, options?: InterceptOptions): Interception;

// levels.d.ts
export interface Log4jsLevel {
    readonly level: number;
    readonly levelStr: string;
}
export interface Log4jsLevels {
    readonly levels: readonly Log4jsLevel[];
    addLevels(levels: object): void;
}

// propagate.d.ts
export interface Log4jsLogger {
    readonly category: string;
    log(level: never, ...values: never[]): unknown;
    isLevelEnabled(level?: never): boolean;
    addContext(key: string, value: unknown): unknown;
}
export interface Log4jsModule {
    readonly levels: Log4jsLevels;
    getLogger(category?: string): Log4jsLogger;
    configure(...configuration: never[]): unknown;
}
export declare function propagateToLog4js(theirs: Log4jsLogger | Log4jsModule): Sink;

// sink.d.ts
export interface Log4jsAppender {
    (event: never): unknown;
    shutdown?(callback: (error?: Error) => void): unknown;
}
export interface Log4jsAppenderModule {
    configure(...parts: never[]): unknown;
}
export type Log4jsAppenderConfig = {
    readonly type: string | Log4jsAppenderModule;
} | {
    readonly type: string | Log4jsAppenderModule;
    readonly [option: string]: unknown;
};
export type Log4jsAppenderSource = Log4jsAppender | Log4jsAppenderConfig | Log4jsAppenderModule;
export interface Log4jsSinkOptions {
    readonly appenders?: Readonly<Record<string, Log4jsAppenderSource>>;
    readonly log4js?: Log4jsModule;
}
export declare function log4jsSink(source: Log4jsAppenderSource | PromiseLike<Log4jsAppenderSource>, options?: Log4jsSinkOptions): Sink;
export declare function log4jsSinks(theirs: Log4jsLogger | Log4jsModule): Sink[];
