// The approved interface of @logbridge/intercept-console; "npm run api:update" writes it anew.
export {
  type ConsoleFacade,
  type ConsoleInterceptOptions,
  type ConsoleInterception,
  type ConsoleLike,
  type CreateDebug,
  type DebugInterceptOptions,
  type LevelsByNamespace,
  type LevelsBySource,
  type NodeReadableLike,
  type NodeWritableLike,
  type ObjectFirstFacade,
  type OutletLike,
  type ProtocolStream,
  type ReadableLike,
  type StreamInterceptOptions,
  type StreamInterception,
  type StringFirstFacade,
  asConsole,
  asObjectFirst,
  asStringFirst,
  interceptConsole,
  interceptDebug,
  interceptStream,
};

// console/talk.d.ts
export interface ConsoleLike {
    log(...data: never[]): unknown;
}

// debug/hook.d.ts
export interface DebugInterceptOptions extends InterceptOptions {
    readonly levels?: LevelsByNamespace;
}
export interface CreateDebug {
    (namespace: string): unknown;
    formatArgs(this: never, args: never): void;
    coerce?(value: never): unknown;
    log?(...args: never[]): unknown;
    readonly formatters?: object;
}
export declare function interceptDebug(createDebug: CreateDebug, options?: DebugInterceptOptions): Interception;

// debug/levels.d.ts
export type LevelsByNamespace = Readonly<Record<string, string | number>> | ((namespace: string) => string | number | undefined);

// facade.d.ts
export interface ConsoleFacade {
    log(...data: unknown[]): void;
    info(...data: unknown[]): void;
    warn(...data: unknown[]): void;
    error(...data: unknown[]): void;
    debug(...data: unknown[]): void;
    trace(...data: unknown[]): void;
    dir(value?: unknown, options?: object): void;
    dirxml(...data: unknown[]): void;
    table(data?: unknown, columns?: readonly string[]): void;
    assert(condition?: unknown, ...data: unknown[]): void;
    count(label?: string): void;
    countReset(label?: string): void;
    group(...data: unknown[]): void;
    groupCollapsed(...data: unknown[]): void;
    groupEnd(): void;
    time(label?: string): void;
    timeLog(label?: string, ...data: unknown[]): void;
    timeEnd(label?: string): void;
    clear(): void;
    timeStamp(label?: string): void;
    profile(label?: string): void;
    profileEnd(label?: string): void;
}
export declare function asConsole(logger: Logger): ConsoleFacade;

// facade/object-first.d.ts
export interface ObjectFirstMethod {
    (fields: object, message?: string, ...values: unknown[]): void;
    (message?: unknown, ...values: unknown[]): void;
}
export interface ObjectFirstFacade {
    readonly trace: ObjectFirstMethod;
    readonly debug: ObjectFirstMethod;
    readonly info: ObjectFirstMethod;
    readonly warn: ObjectFirstMethod;
    readonly error: ObjectFirstMethod;
    readonly fatal: ObjectFirstMethod;
    child(values?: object): ObjectFirstFacade;
}
export declare function asObjectFirst(logger: Logger): ObjectFirstFacade;

// facade/string-first.d.ts
export type StringFirstMethod = (message?: unknown, ...meta: unknown[]) => void;
export interface StringFirstFacade {
    readonly trace: StringFirstMethod;
    readonly debug: StringFirstMethod;
    readonly info: StringFirstMethod;
    readonly warn: StringFirstMethod;
    readonly error: StringFirstMethod;
    readonly fatal: StringFirstMethod;
    child(values?: object): StringFirstFacade;
}
export declare function asStringFirst(logger: Logger): StringFirstFacade;

// intercept.d.ts
export declare function interceptConsole(options: ConsoleInterceptOptions & {
    readonly protectStdout: true;
}): ConsoleInterception<ProtocolStream>;
export declare function interceptConsole(options?: ConsoleInterceptOptions): ConsoleInterception;

// levels.d.ts
export type LevelsBySource = Readonly<Record<string, string | number>>;

// source.d.ts
export interface ConsoleInterceptOptions extends Omit<InterceptOptions, "stage"> {
    readonly console?: ConsoleLike | "all";
    readonly levels?: LevelsBySource;
    readonly streams?: boolean;
    readonly warnings?: boolean;
    readonly uncaught?: boolean;
    readonly processLog?: boolean;
    readonly protectStdout?: boolean;
}
export interface ConsoleInterception<Stdout extends ProtocolStream | null = ProtocolStream | null> extends Interception {
    readonly stdout: Stdout;
}
export type ProtocolStream = Writable;

// streams/intercept-stream.d.ts
export interface StreamInterceptOptions extends Omit<InterceptOptions, "stage"> {
    readonly at?: string | number;
    readonly to?: OutletLike;
    readonly encoding?: string;
}
export interface StreamInterception extends Interception {
    readonly done: Promise<void>;
}
export declare function interceptStream(readable: ReadableLike, options?: StreamInterceptOptions): StreamInterception;

// streams/outlet.d.ts
export interface NodeWritableLike {
    readonly write: CallableFunction;
    readonly on: CallableFunction;
    readonly removeListener: CallableFunction;
}
export type OutletLike = NodeWritableLike | WritableStream<Uint8Array> | WritableStream<string>;

// streams/readable.d.ts
export interface NodeReadableLike {
    readonly read: CallableFunction;
    readonly on: CallableFunction;
    readonly removeListener: CallableFunction;
    readonly pause: CallableFunction;
    readonly resume: CallableFunction;
}
export type ReadableLike = NodeReadableLike | ReadableStream<Uint8Array> | ReadableStream<string>;
