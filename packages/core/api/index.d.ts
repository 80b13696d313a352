// The approved interface of @logbridge/core; "npm run api:update" writes it anew.
export {
  type AddOptions,
  type Bridge,
  type Caller,
  type Catch,
  type CatchDecorator,
  type CatchOptions,
  type Caught,
  type CompleteOptions,
  type ConfigureOptions,
  type Contextualize,
  type Counts,
  type EarlyHold,
  type EnteredContext,
  type ErrorClass,
  type ErrorParts,
  type ExceptionData,
  type ExceptionInfo,
  type FacadePort,
  type FailureKind,
  type FileOptions,
  type Filter,
  type ForeignSinks,
  type Frame,
  type HandlerConfig,
  type HandlerHandle,
  type HandlerId,
  type HandlerOptions,
  type HandlerStats,
  type HoldEarlyOptions,
  HostedOwners,
  type HostedStream,
  type Inbound,
  type InboundPort,
  type InterceptOptions,
  type Interception,
  KEEP,
  type Keep,
  type KeyValue,
  LEVEL_TABLE,
  LOGURU_TO_PINO,
  type Level,
  type LevelByName,
  type LevelOptions,
  type LevelRow,
  type LineParser,
  type LineParsers,
  type LinePreset,
  type LogMethod,
  type LogRecord,
  LogbridgeError,
  LogbridgeTypeError,
  type Logger,
  type LoggerOptions,
  type MemorySink,
  type MemorySinkOptions,
  type Method,
  type MovedConfiguration,
  NATURE,
  type NamedSeverity,
  type NotTaken,
  type OpenFile,
  type OptOptions,
  type Origin,
  Overlaps,
  PINO_TO_LOGURU,
  type ParseCast,
  type ParseOptions,
  type ParseSource,
  type ParsedGroups,
  type ParsedLine,
  type PatchSite,
  type Patcher,
  type RawText,
  type RecordData,
  type RecordException,
  type RecordFile,
  type RecordLevel,
  type RecordProcess,
  type RecordThread,
  type SampleOptions,
  type Scale,
  type Serialize,
  type Sink,
  type SinkAdapter,
  type SinkFunction,
  SinkHost,
  type SinkHostOptions,
  type SinkInlet,
  type SinkLike,
  type SinkNature,
  type SinkNeeds,
  type Stats,
  StreamsBehind,
  type SuppressingFilter,
  type SuppressionOptions,
  type ThrottleOptions,
  type ThrottlePart,
  type WritableLike,
  checkInterceptOptions,
  compileMessageRedaction,
  consoleSink,
  consoleText,
  createLogger,
  describeException,
  drainFile,
  errorFromData,
  errorToHand,
  escapeMarkup,
  formatConsole,
  freeKey,
  givenName,
  inspect,
  interception,
  isError,
  isHarmless,
  isLogger,
  isPatch,
  isPlainObject,
  isPromised,
  isProxy,
  isReadableError,
  logger,
  memorySink,
  mergeFields,
  moduleNameOf,
  nameOfSeverity,
  nearestLevel,
  openFacade,
  openPort,
  parse,
  patchMethod,
  plainBuiltIn,
  promisedSink,
  raw,
  readError,
  readyPattern,
  recordFromJSON,
  registerSinkAdapter,
  report,
  rescale,
  reserveStdout,
  sample,
  severityOfName,
  severityOfNumber,
  stackText,
  throttle,
  toPlain,
  withoutColors,
};

// bridge/crossing.d.ts
export interface CrossingTarget {
    readonly id: number;
    readonly hub: object;
    leadsTo(bridge: string, target: unknown): boolean;
}
export interface CrossingSource {
    readonly hub: object;
    readonly bridge: string;
    readonly target: unknown;
    readonly output: boolean;
}

// bridge/given-name.d.ts
export declare function givenName(record: LogRecord): string | null;

// bridge/hosted-owners.d.ts
export declare class HostedOwners {
    #private;
    begin(owner: object | null): () => void;
    has(owner: object): boolean;
    get isOpen(): boolean;
}

// bridge/inbound.d.ts
export interface Bridge {
    readonly name: string;
    readonly packages: readonly string[];
    readonly mode: "tee" | "replace";
    readonly output?: boolean;
    readonly caller?: string;
}
export interface Inbound {
    readonly target: unknown;
    readonly level: {
        readonly name: string;
        readonly no: number;
    };
    readonly message: string;
    readonly harmless?: string | undefined;
    readonly isComputed?: boolean | undefined;
    readonly template?: string | undefined;
    readonly args?: readonly unknown[] | undefined;
    readonly printed?: readonly unknown[] | undefined;
    readonly reprint?: Reprint | undefined;
    readonly fields?: Fields | undefined;
    readonly error?: unknown;
    readonly timeMs?: number | undefined;
    readonly name?: string | null | undefined;
    readonly origin: Origin;
    readonly caller?: Caller | null | undefined;
}

// bridge/interception.d.ts
export interface Interception {
    readonly origin: string;
    restore(): void;
    [Symbol.dispose](): void;
}
export interface InterceptOptions {
    readonly logger?: Logger;
    readonly mode?: "tee" | "replace";
    readonly level?: string | number | "follow";
    readonly name?: string | ((theirs: unknown) => string);
    readonly stage?: "formatted" | "raw";
    readonly parse?: LineParsers;
}
export declare function checkInterceptOptions(options: InterceptOptions, caller: string, more: readonly string[]): void;
export declare function interception(origin: string, undo: () => void): Interception;

// bridge/levels.d.ts
export interface LevelRow {
    readonly loguru: string;
    readonly no: number;
    readonly npm: string;
    readonly syslog: string;
    readonly pino: number;
    readonly log4js: number;
    readonly otel: number;
    readonly console: "debug" | "info" | "log" | "warn" | "error" | "trace";
}
export declare const LEVEL_TABLE: readonly LevelRow[];
export declare function severityOfName(name: string): number | null;
export declare function severityOfNumber(no: number): NamedSeverity;
export declare function nameOfSeverity(no: number, foreign: string): string;
export type Scale = readonly (readonly [from: number, to: number])[];
export declare function rescale(value: number, scale: Scale): number;
export declare const PINO_TO_LOGURU: Scale;
export declare const LOGURU_TO_PINO: Scale;
export interface NamedSeverity {
    readonly name: string;
    readonly no: number;
}
export declare function nearestLevel(level: {
    readonly name: string;
    readonly no: number;
}, set: readonly NamedSeverity[]): NamedSeverity | null;

// bridge/line-colors.d.ts
export declare function withoutColors(text: string): string;

// bridge/line-parsed.d.ts
export interface ParsedLine {
    readonly level?: string | number | undefined;
    readonly name?: string | undefined;
    readonly message?: string | undefined;
    readonly fields?: Readonly<Record<string, unknown>> | undefined;
    readonly timeMs?: number | undefined;
    readonly error?: unknown;
}

// bridge/line-parser.d.ts
export type LineParser = RegExp | ((text: string) => ParsedLine | null | undefined);
export type LineParsers = LineParser | LinePreset | readonly (LineParser | LinePreset)[];

// bridge/line-presets.d.ts
export type LinePreset = "brackets" | "prefix" | "json" | "logfmt";

// bridge/moved-configuration.d.ts
export interface NotTaken {
    readonly option: string;
    readonly why: string;
    readonly instead: string;
}
export interface MovedConfiguration {
    readonly handlers: readonly HandlerConfig[];
    readonly levels?: readonly (LevelOptions & {
        readonly name: string;
    })[];
    readonly extra?: object;
    readonly notTaken: readonly NotTaken[];
}

// bridge/overlaps.d.ts
export declare class Overlaps<Place> {
    #private;
    constructor(overlap: (one: Place, other: Place) => boolean, bridge?: string);
    enter(place: Place, logger: Logger, tell: (other: Place) => void): () => void;
}

// bridge/patch.d.ts
export type Method = (this: unknown, ...args: never[]) => unknown;
export interface PatchSite<Subscriber> {
    subscribers: readonly Subscriber[];
    readonly before: PropertyDescriptor | null;
    readonly original: Method;
}
export declare function isPatch(value: object): boolean;
export declare function patchMethod<Subscriber>(target: object, key: PropertyKey, subscriber: Subscriber, wrap: (site: PatchSite<Subscriber>) => Method): () => void;

// bridge/port.d.ts
export interface InboundPort {
    readonly mode: "tee" | "replace";
    readonly stage: "formatted" | "raw";
    readonly follows: boolean;
    wants(no: number): boolean;
    levelNamed(name: string): {
        readonly name: string;
        readonly no: number;
    } | null;
    readonly needsCaller: boolean;
    caller(skip: (...args: never[]) => unknown, depth?: number): Caller | null;
    deliver(inbound: Inbound, skip: (...args: never[]) => unknown): boolean;
    leadsTo(target: unknown): boolean;
    isEcho(target: unknown, message: string): boolean;
    through<R>(run: () => R): R;
    follow(set: (threshold: number) => void): void;
    fail(error: unknown): void;
    close(): void;
}
export declare function openPort(bridge: Bridge, options: InterceptOptions, logger: Logger): InboundPort;
export interface FacadePort {
    wants(no: number): boolean;
    readonly threshold: number;
    levelNamed(name: string): {
        readonly name: string;
        readonly no: number;
    } | null;
    readonly needsCaller: boolean;
    caller(skip: (...args: never[]) => unknown, depth?: number): Caller | null;
    deliver(inbound: Inbound, skip: (...args: never[]) => unknown): void;
}
export declare function openFacade(bridge: Bridge, logger: Logger): FacadePort;

// bridge/promised-sink.d.ts
export declare function promisedSink<Transport>(promise: PromiseLike<Transport>, make: (transport: Transport) => Sink, needs: SinkNeeds & {
    readonly text: false;
}, refusal?: (cause: unknown) => unknown): Sink;

// bridge/recognisers.d.ts
export interface SinkAdapter {
    readonly name: string;
    matches(value: unknown): boolean;
    toSink(value: unknown): Sink;
}
export declare function registerSinkAdapter(adapter: SinkAdapter): void;

// bridge/reserve-stdout.d.ts
export declare function reserveStdout(caller: string, logger: Logger): () => void;

// bridge/sink-host.d.ts
export interface HostedStream<Item> {
    send(item: Item): boolean;
    inFlight(): number;
    isDead?(): boolean;
    isBusy?(): boolean;
    weightOf?(item: Item): number;
}
export interface SinkHostOptions {
    readonly capacity?: number;
    readonly flushTimeout?: number;
    readonly fail: (error: unknown) => void;
}
export declare class SinkHost<Item> {
    #private;
    constructor(stream: HostedStream<Item>, options: SinkHostOptions);
    push(item: Item): void;
    ready(): void;
    drain(): void;
    settled(): void;
    flush(): Promise<void>;
    pending(): number;
    dropped(): number;
}

// bridge/streams-behind.d.ts
export declare class StreamsBehind {
    #private;
    during<R>(call: () => R): R;
    changed(): void;
    pending(): number;
    drainSync(): void;
    known(): readonly object[];
}
export declare function drainFile(stream: object, after?: readonly (string | Uint8Array)[]): boolean;

// diagnostics.d.ts
export declare class LogbridgeError extends Error {
    readonly name: string;
    readonly code: string;
    constructor(code: string, message: string, options?: {
        readonly cause?: unknown;
    });
}
export declare class LogbridgeTypeError extends TypeError {
    readonly name: string;
    readonly code: string;
    constructor(code: string, message: string, options?: {
        readonly cause?: unknown;
    });
}
export declare function report(code: string, message: string): void;

// format/built-ins.d.ts
export declare const KEEP: unique symbol;
export declare function plainBuiltIn(value: object): unknown;

// format/error-parts.d.ts
export interface ErrorParts {
    readonly type: string;
    readonly message: string;
    readonly stack: string;
    readonly code: string | number | undefined;
    readonly cause: unknown;
    readonly errors: readonly unknown[] | null;
    readonly properties: Record<string, unknown> | null;
}
export declare function isReadableError(value: unknown): value is Error;
export declare function readError(error: Error): ErrorParts;

// format/escape.d.ts
export declare function isHarmless(text: string): boolean;

// format/exception.d.ts
export interface Frame {
    readonly function: string | null;
    readonly file: string;
    readonly line: number | null;
    readonly column: number | null;
    readonly native: boolean;
    readonly text: string;
    readonly catchPoint?: true;
}
export interface ExceptionInfo {
    readonly type: string;
    readonly value: unknown;
    readonly message: string;
    readonly stack: readonly Frame[];
    readonly cause?: ExceptionInfo;
    readonly errors?: readonly ExceptionInfo[];
    readonly code?: string | number;
    readonly properties?: Readonly<Record<string, unknown>>;
}

// format/free-key.d.ts
export declare function freeKey(key: string, isTaken: (key: string) => boolean): string;

// format/handed.d.ts
export declare function errorToHand(exception: ExceptionInfo): unknown;

// format/markup.d.ts
export interface Token {
    readonly kind: "text" | "raw" | "ansi" | "level" | "close";
    readonly value: string;
}
export type Markup = readonly Token[];
export declare function escapeMarkup(text: string): string;

// format/plain.d.ts
export declare function toPlain(value: unknown): unknown;

// format/raw.d.ts
export declare class RawText {
    readonly text: string;
    constructor(text: string);
    toString(): string;
    toJSON(): string;
}
export declare function raw(value: unknown): RawText;

// format/stack-text.d.ts
export declare function stackText(info: ExceptionInfo, withProperties?: (info: ExceptionInfo) => string): string;

// format/value.d.ts
export declare function inspect(value: unknown): string;
export declare function formatConsole(args: readonly unknown[], options?: Readonly<Record<string, unknown>>): string;
export declare function consoleText(args: readonly unknown[]): string;
export declare function isError(value: unknown): value is Error;
export declare function isProxy(value: unknown): boolean;

// format/zone.d.ts
export interface Zone {
    offsetSecondsAt(ms: number): number;
    nameAt(ms: number): string;
}

// handler/defaults.d.ts
export type Shape = "flat" | "ecs" | "gcp" | "logfmt";

// handler/filter.d.ts
export type LevelByName = Readonly<Record<string, string | number | boolean>> | ReadonlyMap<string | null, string | number | boolean>;
export type Filter<Extra extends object = Record<string, unknown>> = string | LevelByName | ((record: LogRecord<Extra>) => unknown) | SuppressingFilter<Extra> | readonly Filter<Extra>[];

// handler/handle.d.ts
export interface HandlerHandle {
    readonly id: number;
    get level(): number;
    set level(level: string | number);
    readonly suppressed: number;
    update(options: HandlerOptions): void;
    [Symbol.asyncDispose](): Promise<void>;
}

// handler/key-text.d.ts
export type KeyValue = string | number | bigint | boolean | null | undefined;

// handler/options.d.ts
export type FailureKind = "temporary" | "permanent" | "final";
export type Serialize<Extra extends object = Record<string, unknown>> = boolean | Shape | ((record: LogRecord<Extra>) => string);
export interface HandlerOptions<Extra extends object = Record<string, unknown>> {
    readonly level?: string | number;
    readonly format?: string | ((record: LogRecord<Extra>) => string);
    readonly filter?: Filter<Extra>;
    readonly colorize?: boolean;
    readonly serialize?: Serialize<Extra>;
    readonly backtrace?: boolean;
    readonly diagnose?: boolean | "values";
    readonly catch?: boolean;
    readonly key?: string;
    readonly patch?: (record: LogRecord<Extra>) => void;
    readonly redact?: readonly string[];
    readonly escape?: "lines";
    readonly onError?: (kind: FailureKind, records: readonly LogRecord[], error: unknown) => void;
    readonly needs?: SinkNeeds;
}
export type AddOptions<Extra extends object = Record<string, unknown>> = HandlerOptions<Extra> & FileOptions;

// handler/record-key.d.ts
export type ThrottlePart<Extra extends object = Record<string, unknown>> = "message" | "level" | "name" | "site" | ((record: LogRecord<Extra>) => KeyValue);

// handler/sample.d.ts
export interface SampleOptions<Extra extends object = Record<string, unknown>> extends SuppressionOptions<Extra> {
    readonly rate: number | Readonly<Record<string, number>>;
    readonly key?: string | ((record: LogRecord<Extra>) => KeyValue);
    readonly seed?: number;
}
export declare function sample<Extra extends object = Record<string, unknown>>(options: SampleOptions<Extra>): SuppressingFilter<Extra>;

// handler/suppressing-filter.d.ts
export declare const OPEN: unique symbol;
export type Suppressor = "sample" | "throttle";
export interface Summary {
    readonly by: Suppressor;
    readonly level: {
        readonly name: string;
        readonly no: number;
    };
    readonly name: string | null;
    readonly key: string;
    readonly suppressed: number;
    readonly since: number;
    readonly until: number;
}
export interface FilterHost {
    readonly levels: ReadonlyMap<string, Level>;
    readonly exact: boolean;
    now(): number;
    summarise(summary: Summary): void;
    fail(error: unknown): void;
}
export interface OpenFilter<Extra extends object = Record<string, unknown>> {
    accepts(record: LogRecord<Extra>): boolean;
    readonly needsCaller: boolean;
    readonly runsUserCode: boolean;
    readonly suppressed: number;
    flush(): void;
    close(): void;
}
export interface SuppressingFilter<Extra extends object = Record<string, unknown>> {
    readonly [OPEN]: (host: FilterHost) => OpenFilter<Extra>;
}

// handler/suppression-options.d.ts
export type Keep<Extra extends object = Record<string, unknown>> = string | number | false | ((record: LogRecord<Extra>) => unknown);
export interface SuppressionOptions<Extra extends object = Record<string, unknown>> {
    readonly keep?: Keep<Extra>;
    readonly window?: number;
    readonly summary?: boolean;
}

// handler/throttle.d.ts
export interface ThrottleOptions<Extra extends object = Record<string, unknown>> extends SuppressionOptions<Extra> {
    readonly per?: ThrottlePart<Extra> | readonly ThrottlePart<Extra>[];
    readonly burst?: number;
    readonly maxKeys?: number;
}
export declare function throttle<Extra extends object = Record<string, unknown>>(options?: ThrottleOptions<Extra>): SuppressingFilter<Extra>;

// hub.d.ts
export type Patcher<Extra extends object = Record<string, unknown>> = (record: LogRecord<Extra>) => void;
export interface Counts {
    readonly sent: number;
    readonly dropped: number;
    readonly pending: number;
}
export interface HandlerEntry extends CrossingTarget {
    readonly key: string | undefined;
    readonly levelNo: number;
    readonly needsCaller: boolean;
    readonly passesErrors: boolean;
    readonly redacts: boolean;
    readonly foreign: boolean;
    readonly failures: number;
    readonly suppressed?: number;
    handle(record: LogRecord<object>): void;
    update(options: object): void;
    dropped(): void;
    counts(): Counts;
    flush(): Promise<void>;
    close(rethrow?: boolean): Promise<{
        readonly error: unknown;
    } | null>;
}
export interface Hold {
    readonly size: number;
    join(capacity: number): () => void;
    keep(record: LogRecord<object>, source: CrossingSource | null, throughOrigin: boolean): void;
    handlersCame(): void;
}
export interface Hub {
    handlers: readonly HandlerEntry[];
    nextId: number;
    threshold: number;
    readonly accepting: Map<number, readonly HandlerEntry[]>;
    callerThreshold: number;
    readonly levels: Levels;
    extra: Fields;
    patcher: Patcher | null;
    redact: Redact | null;
    passesErrors: boolean;
    keepsCalls: boolean;
    readonly activation: Map<string, boolean>;
    unnamedActive: boolean;
    strict: boolean;
    clock: Clock;
    startedMicros: number;
    zone: Zone;
    interceptions: number;
    armed: boolean;
    readonly thresholdListeners: Set<() => void>;
    readonly levelListeners: Set<(level: Level) => void>;
    readonly warned: Set<string>;
    held: Hold | null;
    earlyDropped: number;
    configured: boolean;
}
export declare function handlersCame(hub: Hub): void;

// logger/call.d.ts
export interface CallOptions {
    readonly exception: unknown;
    readonly record: boolean;
    readonly lazy: boolean;
    readonly colors: boolean;
    readonly raw: boolean;
    readonly capture: boolean;
    readonly depth: number;
}
export interface Core {
    readonly hub: Hub;
    readonly bound: Fields | null;
    readonly name: string | null | undefined;
    readonly patchers: readonly Patcher<never>[];
    readonly options: CallOptions;
    readonly cache: BaseCache;
}

// logger/catch-options.d.ts
export type ErrorClass = abstract new (...args: never[]) => unknown;
export interface CatchOptions<Default = undefined> {
    readonly exception?: ErrorClass | readonly ErrorClass[];
    readonly exclude?: ErrorClass | readonly ErrorClass[];
    readonly level?: string | number;
    readonly reraise?: boolean;
    readonly onerror?: (error: unknown) => void;
    readonly default?: Default;
    readonly message?: string;
}

// logger/catch-types.d.ts
export type Caught<Result, Default> = Result extends Generator<infer Yielded, infer Returned, infer Next> ? Generator<Yielded, Returned | Default, Next> : Result extends AsyncGenerator<infer Yielded, infer Returned, infer Next> ? AsyncGenerator<Yielded, Returned | Awaited<Default>, Next> : Result extends PromiseLike<infer Value> ? Promise<Value | Awaited<Default>> : Result | Default;
type Reraising = CatchOptions<unknown> & {
    readonly reraise: true;
};
export interface CatchDecorator<Default = undefined> {
    <This, Args extends unknown[], Result>(method: (this: This, ...args: Args) => Result, context: ClassMethodDecoratorContext<This, (this: This, ...args: Args) => Result>): (this: This, ...args: Args) => Result;
    <This, Value>(value: undefined, context: ClassFieldDecoratorContext<This, Value>): (initial: Value) => Value;
    <This, Args extends unknown[], Result>(fn: (this: This, ...args: Args) => Result): (this: This, ...args: Args) => Caught<Result, Default>;
    (target: object, key: string | symbol, descriptor?: PropertyDescriptor): void;
}
export interface Catch extends CatchDecorator {
    <This, Args extends unknown[], Result>(fn: (this: This, ...args: Args) => Result, options: Reraising): (this: This, ...args: Args) => Caught<Result, never>;
    <This, Args extends unknown[], Result, Default = undefined>(fn: (this: This, ...args: Args) => Result, options: CatchOptions<Default>): (this: This, ...args: Args) => Caught<Result, Default>;
    (options: Reraising): CatchDecorator<never>;
    <Default = undefined>(options?: CatchOptions<Default>): CatchDecorator<Default>;
    run<Result>(fn: () => Result, options: Reraising): Caught<Result, never>;
    run<Result, Default = undefined>(fn: () => Result, options?: CatchOptions<Default>): Caught<Result, Default>;
}

// logger/configure.d.ts
export type HandlerConfig<Extra extends object = Record<string, unknown>> = AddOptions<Extra> & {
    readonly sink: SinkLike;
};
export interface ConfigureOptions<Extra extends object = Record<string, unknown>> {
    readonly handlers?: readonly HandlerConfig<Extra>[];
    readonly levels?: readonly (LevelOptions & {
        readonly name: string;
    })[];
    readonly extra?: object;
    readonly patcher?: Patcher<Extra> | null;
    readonly redact?: readonly string[] | null;
    readonly activation?: readonly (readonly [name: string | null, active: boolean])[];
}

// logger/contextualize.d.ts
export interface EnteredContext {
    end(): void;
    [Symbol.dispose](): void;
}
export interface Contextualize {
    <R>(values: object, fn: () => R): R;
    (values: object): EnteredContext;
    wrap<A extends unknown[], R>(values: object, fn: (...args: A) => R): (...args: A) => R;
}

// logger/create.d.ts
export interface LoggerOptions<Extra extends object = Record<string, unknown>> {
    readonly strict?: boolean;
    readonly levels?: readonly (LevelOptions & {
        readonly name: string;
    })[];
    readonly extra?: Extra;
    readonly patcher?: Patcher<Extra>;
    readonly redact?: readonly string[];
    readonly activation?: readonly (readonly [name: string | null, active: boolean])[];
    readonly clock?: () => number;
    readonly startedAt?: number;
    readonly timeZone?: string | {
        readonly offsetSeconds: number;
        readonly name: string;
    };
}
export declare function createLogger<Extra extends object = Record<string, unknown>>(options?: LoggerOptions<Extra>): Logger<Extra>;
export declare const logger: Logger;

// logger/early.d.ts
export interface HoldEarlyOptions {
    readonly capacity?: number;
}
export interface EarlyHold {
    release(): void;
    [Symbol.dispose](): void;
}

// logger/face.d.ts
export type LogMethod = (message?: unknown, ...values: unknown[]) => void;

// logger/handlers.d.ts
export type HandlerId = number;
export interface HandlerStats extends Counts {
    readonly id: HandlerId;
    readonly failed: number;
    readonly suppressed: number;
}
export interface CompleteOptions {
    readonly timeout?: number;
}

// logger/logger.d.ts
export interface Stats {
    readonly handlers: readonly HandlerStats[];
    readonly early: {
        readonly held: number;
        readonly dropped: number;
    };
    readonly echoes: number;
}
export type Derived<Self, Extra extends object> = [Exclude<keyof Self, keyof Logger>] extends [never] ? Logger<Extra> : Logger<Extra> & Pick<Self, Exclude<keyof Self, keyof Logger>>;
export declare class Logger<Extra extends object = Record<string, unknown>> {
     readonly _core: Core;
    trace: LogMethod;
    debug: LogMethod;
    info: LogMethod;
    success: LogMethod;
    warning: LogMethod;
    warn: LogMethod;
    error: LogMethod;
    critical: LogMethod;
    fatal: LogMethod;
     readonly _methods: (LogMethod | undefined)[];
    constructor(core: Core);
    add(sink: SinkLike, options?: AddOptions<Extra>): HandlerId;
    remove(id?: HandlerId): Promise<void>;
    complete(options?: CompleteOptions): Promise<Counts>;
    handler(id: HandlerId): HandlerHandle;
    stats(): Stats;
    bind<Values extends object>(values: Values): Derived<this, {
        [Name in keyof Extra as string extends Name ? never : Name extends keyof Values ? never : Name]: Extra[Name];
    } & {
        [Name in keyof Values]: Values[Name];
    }>;
    get contextualize(): Contextualize;
    patch(patcher: Patcher<Extra>): this;
    opt(options?: OptOptions): this;
    forModule(module: {
        readonly url: string;
    } | string | null): this;
    level(name: string, options?: LevelOptions): Level;
    withLevels<const Levels extends Readonly<Record<string, LevelOptions>>>(levels: Levels): this & {
        readonly [Name in Extract<keyof Levels, string> as Lowercase<Name>]: LogMethod;
    };
    configure(options: ConfigureOptions<Extra>): HandlerId[];
    enable(name: string | null): void;
    disable(name: string | null): void;
    isEnabled(level: string | number): boolean;
    get log(): (level: string | number, message?: unknown, ...values: unknown[]) => void;
    get exception(): LogMethod;
    get catch(): Catch;
    emit(record: LogRecord<object>): void;
    holdEarly(options?: HoldEarlyOptions): EarlyHold;
    parse<Cast extends object, Pattern extends RegExp | string>(source: ParseSource, pattern: Pattern, options?: ParseOptions<Cast>): AsyncGenerator<CastGroups<Cast>, void, undefined>;
    parse<Groups extends object>(source: ParseSource, pattern: RegExp | string, options?: ParseOptions<Groups>): AsyncGenerator<Groups, void, undefined>;
    _derive(changes: Partial<Core>): this;
}
export declare function isLogger(value: unknown): value is Logger;

// logger/opt.d.ts
export interface OptOptions {
    readonly exception?: unknown;
    readonly record?: boolean;
    readonly lazy?: boolean;
    readonly colors?: boolean;
    readonly raw?: boolean;
    readonly capture?: boolean;
    readonly depth?: number;
}

// logger/parse-source.d.ts
export interface OpenFile {
    createReadStream(options: {
        readonly autoClose: boolean;
    }): AsyncIterable<string | Uint8Array>;
}
export type ParseSource = string | URL | OpenFile | ReadableStream<string | Uint8Array> | AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

// logger/parse.d.ts
export type ParsedGroups = Record<string, string | null>;
type Converter<Value> = {
    convert(text: string | null): Value;
}["convert"];
export type ParseCast<Groups extends object = ParsedGroups> = {
    readonly [Name in keyof Groups]?: Converter<Groups[Name]>;
} | ((groups: Record<string, unknown>) => void);
export type CastGroups<Cast extends object> = [keyof Cast] extends [never] ? ParsedGroups : ParsedGroups & Cast;
export interface ParseOptions<Groups extends object = ParsedGroups> {
    readonly cast?: ParseCast<Groups>;
    readonly chunk?: number;
}
export declare function parse<Cast extends object, Pattern extends RegExp | string>(source: ParseSource, pattern: Pattern, options?: ParseOptions<Cast>): AsyncGenerator<CastGroups<Cast>, void, undefined>;
export declare function parse<Groups extends object>(source: ParseSource, pattern: RegExp | string, options?: ParseOptions<Groups>): AsyncGenerator<Groups, void, undefined>;

// promised.d.ts
export declare function isPromised(answer: unknown, failed?: (error: unknown) => void): boolean;

// ready-pattern.d.ts
export declare function readyPattern(pattern: RegExp): RegExp;

// record/base.d.ts
export interface Base {
    readonly fields: Fields;
    json: string | null;
}
export interface BaseCache {
    configured: Fields | null;
    context: Fields | null;
    base: Base | null;
}

// record/call-sites.d.ts
export type Skipped = (...args: never[]) => unknown;

// record/caller.d.ts
export interface CallerSource {
    readonly skip: Skipped;
    readonly depth: number;
    readonly packages?: readonly string[] | undefined;
}
export interface Caller {
    readonly functionName: string | null;
    readonly path: string;
    readonly fileName: string;
    readonly line: number;
    readonly column: number;
    readonly name: string | null;
    readonly module: string;
}

// record/catch-point.d.ts
export interface CatchPoint {
    readonly caller: Caller | null;
    readonly trace: Trace | null;
    readonly depth: number;
}
export interface Trace {
    readonly stack?: unknown;
}

// record/clock.d.ts
export type Clock = () => number;

// record/context.d.ts
export type Fields = Readonly<Record<string, unknown>>;
export declare function mergeFields(...parts: readonly (Fields | null | undefined)[]): Record<string, unknown>;

// record/data.d.ts
export interface ExceptionData {
    readonly type: string;
    readonly message: string;
    readonly stack: string | null;
    readonly code?: string | number;
    readonly cause?: ExceptionData;
    readonly errors?: readonly ExceptionData[];
    readonly properties?: Readonly<Record<string, unknown>>;
}
export interface RecordData {
    readonly micros: number;
    readonly elapsed: number;
    readonly level: {
        readonly name: string;
        readonly no: number;
        readonly icon: string;
    };
    readonly message: string;
    readonly template: string;
    readonly args: readonly unknown[];
    readonly extra: Readonly<Record<string, unknown>>;
    readonly exception: ExceptionData | null;
    readonly name: string | null;
    readonly function: string | null;
    readonly line: number | null;
    readonly column: number | null;
    readonly file: {
        readonly name: string;
        readonly path: string;
    } | null;
    readonly module: string | null;
    readonly process: {
        readonly id: number;
        readonly name: string;
    };
    readonly thread: {
        readonly id: number;
        readonly name: string;
    };
    readonly origin: Origin | null;
}

// record/exception.d.ts
export interface Catching {
    readonly point: CatchPoint | null;
    readonly caller: Caller | null;
}
export declare function describeException(value: unknown, catching?: Catching | null): ExceptionInfo;

// record/kept-call.d.ts
export interface KeptCall {
    readonly args: readonly unknown[];
    readonly message: string;
    readonly template: string;
    readonly colors: boolean;
    readonly capture: boolean;
    readonly strict: boolean;
    readonly readsRecord: boolean;
}

// record/level.d.ts
export interface Level {
    readonly name: string;
    readonly no: number;
    readonly color: string;
    readonly icon: string;
}
export interface LevelOptions {
    readonly no?: number;
    readonly color?: string;
    readonly icon?: string;
}
export declare class Levels extends Map<string, Level> {
    revision: number;
    set(name: string, level: Level): this;
    delete(name: string): boolean;
    clear(): void;
}

// record/module-path.d.ts
export declare function moduleNameOf(path: string): string;

// record/origin.d.ts
export interface Origin {
    readonly name: string;
    readonly level?: {
        readonly name: string;
        readonly no?: number;
    } | undefined;
    readonly line?: string | undefined;
    readonly depth?: number | undefined;
}

// record/plain-object.d.ts
export declare function isPlainObject(value: unknown): value is Fields;

// record/record-parts.d.ts
export type RecordException = NonNullable<LogRecord["exception"]>;
export type RecordFile = NonNullable<LogRecord["file"]>;
export type RecordProcess = LogRecord["process"];
export type RecordThread = LogRecord["thread"];

// record/record.d.ts
export interface RecordLevel {
    name: string;
    no: number;
    icon: string;
}
export interface RecordParts {
    readonly seq: number;
    readonly micros: number;
    readonly startedMicros: number;
    readonly level: Readonly<RecordLevel>;
    readonly message: string;
    readonly markup: Markup | null;
    readonly template: string;
    readonly args: readonly unknown[];
    readonly base: Base | null;
    readonly fields: Fields | null;
    readonly thrown: unknown;
    readonly raw: boolean;
    readonly name: string | null | undefined;
    readonly caller: Caller | null | undefined;
    readonly callerSource: CallerSource | null;
    readonly process: {
        readonly id: number;
        readonly name: string;
    };
    readonly thread: {
        readonly id: number;
        readonly name: string;
    };
    readonly origin: Origin | null;
    readonly harmless?: string | undefined;
}
export declare class LogRecord<Extra extends object = Record<string, unknown>> {
    readonly seq: number;
    micros: number;
    message: string;
    template: string;
    args: readonly unknown[];
    process: {
        readonly id: number;
        readonly name: string;
    };
    thread: {
        readonly id: number;
        readonly name: string;
    };
    origin: Origin | null;
     _level: Readonly<RecordLevel>;
     _ownLevel: RecordLevel | null;
     _base: Base | null;
     _fields: Fields | null;
     _extra: Extra | null;
     _markup: Markup | null;
     _raw: boolean;
     _startedMicros: number;
     _thrown: unknown;
     _exception: ExceptionInfo | null | undefined;
     _catchPoint: CatchPoint | null;
     _call: KeptCall | null;
     _printed: readonly unknown[] | null;
     _reprint: Reprint | null;
    _harmless: string | null;
     _name: string | null | undefined;
     _caller: Caller | null | undefined;
     _callerSource: CallerSource | null;
    constructor(parts: RecordParts);
    get time(): Date;
    set time(value: Date);
    get elapsed(): number;
    set elapsed(milliseconds: number);
    get level(): RecordLevel;
    set level(level: RecordLevel);
    get extra(): Extra & Record<string, unknown>;
    set extra(extra: Extra);
    get exception(): ExceptionInfo | null;
    set exception(value: ExceptionInfo | null);
    get name(): string | null;
    set name(value: string | null);
    get function(): string | null;
    set function(functionName: string | null);
    get line(): number | null;
    set line(line: number | null);
    get column(): number | null;
    set column(column: number | null);
    get file(): {
        readonly name: string;
        readonly path: string;
    } | null;
    set file(file: {
        readonly name: string;
        readonly path: string;
    } | null);
    get module(): string | null;
    set module(module: string | null);
    toJSON(): RecordData;
    _describeException(): ExceptionInfo;
    _readCaller(): Caller | null;
    _mend(): void;
    _settle(): void;
    _copy(): LogRecord<Extra>;
    _endOfCall(): void;
    private _setCaller;
}

// record/redacted-message.d.ts
export declare function compileMessageRedaction(paths: readonly string[], where: string, censor: string): (record: LogRecord) => string;

// record/redaction.d.ts
type AnyRecord = LogRecord<object>;
export type Redact = (record: AnyRecord) => AnyRecord;

// record/reprint.d.ts
export interface Reprint {
    readonly text: string;
    from(values: readonly unknown[]): string;
}

// record/revive.d.ts
export declare function errorFromData(data: ExceptionData): Error;
export declare function recordFromJSON(data: RecordData): LogRecord;

// sinks/accept.d.ts
export interface ForeignSinks {
}
export type SinkLike = string | URL | SinkFunction | Sink | WritableLike | WritableStream<string> | ForeignSinks[keyof ForeignSinks];

// sinks/console.d.ts
export declare function consoleSink(): Sink;

// sinks/file/options.d.ts
export interface FileOptions {
    readonly durability?: "line" | "gathered";
    readonly mode?: "a" | "w";
    readonly delay?: boolean;
    readonly encoding?: "utf8";
    readonly permissions?: number;
    readonly sync?: boolean;
}

// sinks/function.d.ts
export type SinkFunction = (text: string, record: LogRecord) => unknown;

// sinks/memory.d.ts
export interface MemorySinkOptions {
    readonly capacity?: number;
    readonly flushLevel?: string | number;
    readonly target?: SinkLike;
    readonly overflow?: "flush" | "drop";
    readonly by?: string | ((record: LogRecord) => unknown);
    readonly buffers?: number;
    readonly flushOnClose?: boolean;
}
export interface MemorySink extends Sink {
    readonly size: number;
    release(key?: unknown): void;
    discard(key?: unknown): number;
}
export declare function memorySink(options?: MemorySinkOptions): MemorySink;

// sinks/sink.d.ts
export interface SinkNeeds {
    readonly text?: boolean;
    readonly caller?: boolean;
    readonly context?: boolean;
    readonly redacts?: boolean;
}
export interface SinkInlet {
    readonly isOpen: boolean;
    wants(no: number): boolean;
    levelNamed(name: string): {
        readonly name: string;
        readonly no: number;
    } | null;
    deliver(bridge: Bridge, inbound: Inbound, skip: (...args: never[]) => unknown): void;
}
export interface Sink {
    readonly needs?: SinkNeeds;
    write(text: string, record: LogRecord): void | Promise<void>;
    flush?(): void | Promise<void>;
    flushSync?(): void;
    close?(): void | Promise<void>;
    attach?(fail: (error: unknown) => void, inlet?: SinkInlet): void;
    leadsTo?(bridge: string, target: unknown): boolean;
    pending?(): number;
    dropped?(): number;
}
export declare const NATURE: unique symbol;
export type SinkNature = Pick<ResolvedSink, "own" | "colors" | "label">;
export interface ResolvedSink {
    readonly sink: Sink;
    readonly kind: "file" | "stream" | "function" | "object" | "foreign";
    readonly own: boolean;
    readonly colors: boolean;
    readonly label: string;
}

// sinks/stream.d.ts
export interface WritableLike {
    readonly write: CallableFunction;
}
