/** A small logger of somebody else's, as the adapters of this folder find it. */
export interface MiniEntry {
  readonly level: string;
  readonly time: number;
  readonly text: string;
  readonly args: readonly unknown[];
  readonly fields: Record<string, unknown>;
  readonly error: Error | undefined;
  readonly channel: string | undefined;
  readonly at: { readonly file: string; readonly line: number } | undefined;
}

/** Where entries go. `done` says that the entry is delivered. */
export type MiniOutput = (entry: MiniEntry, done: () => void) => void;

/** Higher is worse. */
export const MINI_LEVELS: Readonly<Record<string, number>> = { chatty: 1, note: 2, alarm: 4, doom: 5 };

/** The same in Loguru's numbers. */
export const MINI_SEVERITIES: Readonly<Record<string, number>> = { chatty: 10, note: 20, alarm: 40, doom: 50 };

export interface MiniOptions {
  readonly levels?: Readonly<Record<string, number>>;
  readonly outputs?: MiniOutput[];
  readonly hide?: readonly string[];
  readonly channel?: string | undefined;
  readonly bound?: Readonly<Record<string, unknown>>;
}

export class MiniLogger {
  readonly levels: Readonly<Record<string, number>>;
  readonly outputs: MiniOutput[];
  readonly hide: readonly string[];
  readonly channel: string | undefined;
  readonly bound: Readonly<Record<string, unknown>>;

  constructor(options: MiniOptions = {}) {
    this.levels = options.levels ?? MINI_LEVELS;
    this.outputs = options.outputs ?? [];
    this.hide = options.hide ?? [];
    this.channel = options.channel;
    this.bound = options.bound ?? {};
  }

  child(bound: Readonly<Record<string, unknown>>, channel: string | undefined = this.channel): MiniLogger {
    return new MiniLogger({ ...this, channel, bound: { ...this.bound, ...bound } });
  }

  /** The library's one way in: `%s` in the text takes the arguments. */
  put(level: string, text: string, rest: Partial<Omit<MiniEntry, "level" | "text">> = {}): void {
    const args = [...(rest.args ?? [])];
    const filled =
      args.length === 0 ? text : text.replaceAll("%s", (mark) => (args.length > 0 ? String(args.shift()) : mark));
    const fields: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const from of [this.bound, rest.fields ?? {}])
      for (const key of Object.keys(from)) if (!this.hide.includes(key)) fields[key] = from[key];
    this.emit({
      level,
      text: filled,
      fields,
      args: rest.args ?? [],
      time: rest.time ?? Date.now(),
      error: rest.error,
      channel: rest.channel ?? this.channel,
      at: rest.at,
    });
  }

  emit(entry: MiniEntry): void {
    if (!(entry.level in this.levels)) throw new RangeError(`no level ${entry.level}`);
    for (const output of this.outputs) output(entry, () => {});
  }
}
