// The approved interface of @logbridge/adapter-nest; "npm run api:update" writes it anew.
export {
  type NestLevel,
  type NestLogger,
  asNest,
};

// facade.d.ts
export interface NestLogger extends LoggerService {
    log(message: unknown, ...more: unknown[]): void;
    error(message: unknown, ...more: unknown[]): void;
    warn(message: unknown, ...more: unknown[]): void;
    debug(message: unknown, ...more: unknown[]): void;
    verbose(message: unknown, ...more: unknown[]): void;
    fatal(message: unknown, ...more: unknown[]): void;
    setLogLevels(levels: readonly NestLevel[]): void;
}
export declare function asNest(logger: Logger, context?: string): NestLogger;

// levels.d.ts
export type NestLevel = "verbose" | "debug" | "log" | "warn" | "error" | "fatal";
