// The approved interface of @logbridge/core/conformance; "npm run api:update" writes it anew.
export {
  type AdapterCase,
  type CaseGroup,
  ConformanceFailure,
  type Delivered,
  type DeliveredError,
  type ForeignCall,
  type Harness,
  type MakeOptions,
  type PatchedProperty,
  type RunOptions,
  type Subject,
  type Verb,
  type Waivers,
  adapterCases,
  describeProperties,
  waiverTable,
};

// ../bridge/crossing.d.ts
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

// ../bridge/inbound.d.ts
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

// ../format/exception.d.ts
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

// ../format/markup.d.ts
export interface Token {
    readonly kind: "text" | "raw" | "ansi" | "level" | "close";
    readonly value: string;
}
export type Markup = readonly Token[];

// ../format/zone.d.ts
export interface Zone {
    offsetSecondsAt(ms: number): number;
    nameAt(ms: number): string;
}

// ../handler/defaults.d.ts
export type Shape = "flat" | "ecs" | "gcp" | "logfmt";

// ../handler/filter.d.ts
export type LevelByName = Readonly<Record<string, string | number | boolean>> | ReadonlyMap<string | null, string | number | boolean>;
export type Filter<Extra extends object = Record<string, unknown>> = string | LevelByName | ((record: LogRecord<Extra>) => unknown) | SuppressingFilter<Extra> | readonly Filter<Extra>[];

// ../handler/handle.d.ts
export interface HandlerHandle {
    readonly id: number;
    get level(): number;
    set level(level: string | number);
    readonly suppressed: number;
    update(options: HandlerOptions): void;
    [Symbol.asyncDispose](): Promise<void>;
}

// ../handler/options.d.ts
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

// ../handler/suppressing-filter.d.ts
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

// ../hub.d.ts
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

// ../logger/call.d.ts
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

// ../logger/catch-options.d.ts
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

// ../logger/catch-types.d.ts
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

// ../logger/configure.d.ts
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

// ../logger/contextualize.d.ts
export interface EnteredContext {
    end(): void;
    [Symbol.dispose](): void;
}
export interface Contextualize {
    <R>(values: object, fn: () => R): R;
    (values: object): EnteredContext;
    wrap<A extends unknown[], R>(values: object, fn: (...args: A) => R): (...args: A) => R;
}

// ../logger/early.d.ts
export interface HoldEarlyOptions {
    readonly capacity?: number;
}
export interface EarlyHold {
    release(): void;
    [Symbol.dispose](): void;
}

// ../logger/face.d.ts
export type LogMethod = (message?: unknown, ...values: unknown[]) => void;

// ../logger/handlers.d.ts
export type HandlerId = number;
export interface HandlerStats extends Counts {
    readonly id: HandlerId;
    readonly failed: number;
    readonly suppressed: number;
}
export interface CompleteOptions {
    readonly timeout?: number;
}

// ../logger/logger.d.ts
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

// ../logger/opt.d.ts
export interface OptOptions {
    readonly exception?: unknown;
    readonly record?: boolean;
    readonly lazy?: boolean;
    readonly colors?: boolean;
    readonly raw?: boolean;
    readonly capture?: boolean;
    readonly depth?: number;
}

// ../logger/parse-source.d.ts
export interface OpenFile {
    createReadStream(options: {
        readonly autoClose: boolean;
    }): AsyncIterable<string | Uint8Array>;
}
export type ParseSource = string | URL | OpenFile | ReadableStream<string | Uint8Array> | AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

// ../logger/parse.d.ts
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

// ../record/base.d.ts
export interface Base {
    readonly fields: Fields;
    json: string | null;
}
export interface BaseCache {
    configured: Fields | null;
    context: Fields | null;
    base: Base | null;
}

// ../record/call-sites.d.ts
export type Skipped = (...args: never[]) => unknown;

// ../record/caller.d.ts
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

// ../record/catch-point.d.ts
export interface CatchPoint {
    readonly caller: Caller | null;
    readonly trace: Trace | null;
    readonly depth: number;
}
export interface Trace {
    readonly stack?: unknown;
}

// ../record/clock.d.ts
export type Clock = () => number;

// ../record/context.d.ts
export type Fields = Readonly<Record<string, unknown>>;

// ../record/data.d.ts
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

// ../record/kept-call.d.ts
export interface KeptCall {
    readonly args: readonly unknown[];
    readonly message: string;
    readonly template: string;
    readonly colors: boolean;
    readonly capture: boolean;
    readonly strict: boolean;
    readonly readsRecord: boolean;
}

// ../record/level.d.ts
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

// ../record/origin.d.ts
export interface Origin {
    readonly name: string;
    readonly level?: {
        readonly name: string;
        readonly no?: number;
    } | undefined;
    readonly line?: string | undefined;
    readonly depth?: number | undefined;
}

// ../record/record.d.ts
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

// ../record/redaction.d.ts
type AnyRecord = LogRecord<object>;
export type Redact = (record: AnyRecord) => AnyRecord;

// ../record/reprint.d.ts
export interface Reprint {
    readonly text: string;
    from(values: readonly unknown[]): string;
}

// ../sinks/accept.d.ts
export interface ForeignSinks {
}
export type SinkLike = string | URL | SinkFunction | Sink | WritableLike | WritableStream<string> | ForeignSinks[keyof ForeignSinks];

// ../sinks/file/options.d.ts
export interface FileOptions {
    readonly durability?: "line" | "gathered";
    readonly mode?: "a" | "w";
    readonly delay?: boolean;
    readonly encoding?: "utf8";
    readonly permissions?: number;
    readonly sync?: boolean;
}

// ../sinks/function.d.ts
export type SinkFunction = (text: string, record: LogRecord) => unknown;

// ../sinks/sink.d.ts
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

// ../sinks/stream.d.ts
export interface WritableLike {
    readonly write: CallableFunction;
}

// adapter-case.d.ts
export interface RunOptions {
    readonly cannot?: Waivers;
}
export interface AdapterCase {
    readonly name: string;
    readonly group: CaseGroup;
    readonly verb: Verb;
    readonly explanation: string;
    run(harness: Harness, options?: RunOptions): Promise<void>;
}
export declare function adapterCases(verb: Verb): readonly AdapterCase[];

// delivered.d.ts
export type Verb = "sink" | "propagate" | "intercept" | "facade";
export interface Delivered {
    readonly level: string | undefined;
    readonly levelNo: number | undefined;
    readonly timeMs: number | undefined;
    readonly message: string | undefined;
    readonly args: readonly unknown[] | undefined;
    readonly fields: Readonly<Record<string, unknown>> | undefined;
    readonly error: DeliveredError | undefined;
    readonly name: string | undefined;
    readonly context: Readonly<Record<string, unknown>> | undefined;
    readonly caller: {
        readonly file: string;
        readonly line: number;
    } | undefined;
}
export interface DeliveredError {
    readonly type: string | undefined;
    readonly message: string | undefined;
    readonly stack: string | undefined;
    readonly code: string | number | undefined;
    readonly cause: DeliveredError | undefined;
}
export interface ForeignCall {
    readonly level: string;
    readonly message: string;
    readonly fields?: Readonly<Record<string, unknown>>;
    readonly error?: Error;
    readonly args?: readonly unknown[];
    readonly bound?: Readonly<Record<string, unknown>>;
    readonly name?: string;
    readonly mark: <Value>(value?: Value) => Value;
}
export interface MakeOptions {
    readonly mode?: "tee" | "replace";
    readonly target?: "throws" | "slow" | "stuck" | "recovers" | "meddles";
    readonly customLevel?: {
        readonly name: string;
        readonly no: number;
    };
    readonly redact?: readonly string[];
}
export type PatchedProperty = readonly [target: object, key: PropertyKey, before?: PropertyDescriptor | undefined];
export interface Subject {
    readonly subject: unknown;
    readonly levels?: Readonly<Record<string, number>>;
    log?(call: ForeignCall): void;
    restore?(): void;
    original?(): readonly string[];
    readonly patched?: readonly PatchedProperty[];
    readonly ways?: Readonly<Record<string, (call: ForeignCall) => void>>;
    again?(logger: Logger): {
        restore(): void;
    };
    readonly closeRing?: (() => void) | false;
    readonly redacts?: boolean;
    readonly reserved?: readonly string[];
    dispose?(): void | Promise<void>;
}
export interface Harness {
    make(logger: Logger, options: MakeOptions): Subject | Promise<Subject>;
    read?(): readonly Delivered[] | Promise<readonly Delivered[]>;
    flush?(): void | Promise<void>;
}

// descriptors.d.ts
export declare function describeProperties(target: object, ...keys: readonly PropertyKey[]): readonly PatchedProperty[];

// failure.d.ts
export declare class ConformanceFailure extends Error {
    readonly name: string;
    readonly code: string;
    readonly expected: unknown;
    readonly actual: unknown;
    readonly showDiff: boolean;
    constructor(message: string, values?: {
        readonly expected: unknown;
        readonly actual: unknown;
    });
}

// scenario.d.ts
export type CaseGroup = "level" | "time" | "message" | "fields" | "error" | "context" | "name" | "caller" | "order" | "objects" | "target" | "flush" | "loggers" | "output" | "redaction" | "threshold" | "restore" | "copies" | "ring";

// waivers.d.ts
export type Waivers = Readonly<Record<string, string>>;
export declare function waiverTable(cannot: Partial<Readonly<Record<Verb, Waivers>>>): string;
