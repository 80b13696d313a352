// The approved interface of @logbridge/adapter-log4js; "npm run api:update" writes it anew.
export {
  type FromLog4jsConfigOptions,
  type Log4jsAppender,
  type Log4jsAppenderConfig,
  type Log4jsAppenderModule,
  type Log4jsAppenderSource,
  type Log4jsCategory,
  type Log4jsConfiguration,
  type Log4jsFacade,
  type Log4jsLayout,
  type Log4jsLevel,
  type Log4jsLevels,
  type Log4jsLogger,
  type Log4jsModule,
  type Log4jsRecording,
  type Log4jsSinkOptions,
  type MakeLog4jsLayout,
  asLog4js,
  fromLog4jsConfig,
  interceptLog4js,
  log4jsSink,
  log4jsSinks,
  module "@logbridge/core",
  propagateToLog4js,
};

// facade.d.ts
export interface Log4jsRecording {
    configure(): (event: LoggingEvent) => void;
    replay(): LoggingEvent[];
    playback(): LoggingEvent[];
    reset(): void;
    erase(): void;
}
export type Log4jsFacade = TheirLogger & Log4js & {
    recording(): Log4jsRecording;
    useCallStack: boolean;
    readonly context: Readonly<Record<string, unknown>>;
};
export declare function asLog4js(logger: Logger, category?: string): Log4jsFacade;

// index.d.ts
declare module "@logbridge/core" {
    interface ForeignSinks {
        readonly log4js: Log4jsAppenderConfig;
    }
}

// intercept.d.ts
export declare function interceptLog4js(theirs: Log4jsModule | Log4jsLogger, options?: InterceptOptions): Interception;

// levels.d.ts
export interface Log4jsLevel {
    readonly level: number;
    readonly levelStr: string;
}
export interface Log4jsLevels {
    readonly levels: readonly Log4jsLevel[];
    addLevels(levels: object): void;
}

// options.d.ts
export type Log4jsLayout = {
    lay(event: LoggingEvent): unknown;
}["lay"];
export type MakeLog4jsLayout = {
    make(config: Readonly<Record<string, unknown>>): Log4jsLayout;
}["make"];
export interface FromLog4jsConfigOptions {
    readonly log4js?: Log4jsModule;
    readonly layouts?: Readonly<Record<string, MakeLog4jsLayout>>;
    readonly remake?: boolean;
}
export declare function fromLog4jsConfig(source: Log4jsConfiguration | string, options?: FromLog4jsConfigOptions): MovedConfiguration;

// options/configuration.d.ts
export interface Log4jsCategory {
    readonly appenders?: readonly string[];
    readonly level?: string;
    readonly enableCallStack?: boolean;
    readonly inherit?: boolean;
}
export interface Log4jsConfiguration {
    readonly appenders: Readonly<Record<string, Log4jsAppenderConfig>>;
    readonly categories: Readonly<Record<string, Log4jsCategory>>;
    readonly levels?: object;
    readonly pm2?: boolean;
    readonly pm2InstanceVar?: string;
    readonly disableClustering?: boolean;
}

// propagate.d.ts
export interface Log4jsLogger {
    readonly category?: string;
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
export interface Log4jsSinkOptions {
    readonly appenders?: Readonly<Record<string, Log4jsAppenderSource>>;
    readonly log4js?: Log4jsModule;
    readonly remake?: boolean;
}
export declare function log4jsSink(source: Log4jsAppenderSource | PromiseLike<Log4jsAppenderSource>, options?: Log4jsSinkOptions): Sink;
export declare function log4jsSinks(theirs: Log4jsLogger | Log4jsModule): Sink[];

// sink/appender.d.ts
type Append = {
    append(event: LoggingEvent): unknown;
}["append"];
export interface Log4jsAppender extends Append {
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
