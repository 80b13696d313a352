// The approved interface of @logbridge/intercept-console; "npm run api:update" writes it anew.
export {
  type ConsoleFacade,
  type ConsoleInterceptOptions,
  type ConsoleLike,
  type CreateDebug,
  asConsole,
  interceptConsole,
  interceptDebug,
};

// debug.d.ts
export interface CreateDebug {
    (namespace: string): unknown;
    formatArgs(this: never, args: never): void;
    coerce?(value: never): unknown;
    log?(...args: never[]): unknown;
}
export declare function interceptDebug(createDebug: CreateDebug, options?: InterceptOptions): Interception;

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
}
export declare function asConsole(logger: Logger): ConsoleFacade;

// intercept.d.ts
export interface ConsoleInterceptOptions extends InterceptOptions {
    readonly console?: ConsoleLike;
}
export declare function interceptConsole(options?: ConsoleInterceptOptions): Interception;

// talk.d.ts
export interface ConsoleLike {
    log(...data: never[]): unknown;
}
