import type { OtelLogger, OtelLoggerOptions, OtelLoggerProvider, OtelLogRecord } from "./types.ts";

/** Known to every copy of this package. */
const BRAND = Symbol.for("logbridge.otel.globalBridge");

/** One who gets what is emitted to the process's provider while there is no real one. */
export interface Member {
  readonly provider: OtelLoggerProvider;
  /** A real provider has taken the slot. */
  readonly replaced: (real: OtelLoggerProvider) => void;
}

/**
 * What stands in a global slot where no provider was registered: it hands each record to all who have joined. A real provider that is
 * registered later takes the slot, and loggers that were obtained before hand over to it.
 */
export class GlobalBridge implements OtelLoggerProvider {
  members: readonly Member[] = [];
  readonly #successor: () => OtelLoggerProvider | null;
  #real: OtelLoggerProvider | null = null;

  /** @param successor the provider that is in the slot now, once all members have left: a real one, or another bridge */
  constructor(successor: () => OtelLoggerProvider | null) {
    this.#successor = successor;
  }

  getLogger(name: string, version?: string, options?: OtelLoggerOptions): OtelLogger {
    return new HandingLogger(this, (provider) => provider.getLogger(name, version, options));
  }

  async forceFlush(): Promise<void> {
    await Promise.all(this.targets().map((provider) => provider.forceFlush?.()));
  }

  /** A real provider has taken the slot, and gets what loggers from before emit. */
  get hasYielded(): boolean {
    return this.#real !== null;
  }

  /** The slot was taken. */
  yieldTo(real: OtelLoggerProvider | null): void {
    this.#real = real;
    if (real) for (const { replaced } of this.members) replaced(real);
  }

  /** Who gets what is emitted now. */
  targets(): readonly OtelLoggerProvider[] {
    if (this.#real) return [this.#real];
    if (this.members.length > 0) return this.members.map(({ provider }) => provider);
    const successor = this.#successor();
    return successor && successor !== this ? [successor] : [];
  }
}

Object.defineProperty(GlobalBridge.prototype, BRAND, { value: true });

/** True for one of any copy. */
export function isGlobalBridge(value: unknown): value is GlobalBridge {
  return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[BRAND] === true;
}

class HandingLogger implements OtelLogger {
  readonly #bridge: GlobalBridge;
  readonly #loggerFrom: (provider: OtelLoggerProvider) => OtelLogger;
  readonly #loggers = new WeakMap<OtelLoggerProvider, OtelLogger>();

  constructor(bridge: GlobalBridge, loggerFrom: (provider: OtelLoggerProvider) => OtelLogger) {
    this.#bridge = bridge;
    this.#loggerFrom = loggerFrom;
  }

  emit(record: OtelLogRecord): void {
    for (const provider of this.#bridge.targets()) this.#loggerOf(provider).emit(record);
  }

  enabled(options?: Parameters<NonNullable<OtelLogger["enabled"]>>[0]): boolean {
    return this.#bridge.targets().some((provider) => this.#loggerOf(provider).enabled?.(options) ?? true);
  }

  #loggerOf(provider: OtelLoggerProvider): OtelLogger {
    let logger = this.#loggers.get(provider);
    if (!logger) this.#loggers.set(provider, (logger = this.#loggerFrom(provider)));
    return logger;
  }
}

/** The function that an application calls where a global bridge stands in: the caller is above it. */
export const EMITS: OtelLogger["emit"] = HandingLogger.prototype.emit;
