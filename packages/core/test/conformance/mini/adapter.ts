import {
  type ExceptionInfo,
  logger as globalLogger,
  type Interception,
  type InterceptOptions,
  interception,
  LEVEL_TABLE,
  type Logger,
  type LogRecord,
  type NamedSeverity,
  nameOfSeverity,
  nearestLevel,
  openPort,
  patchMethod,
  type Sink,
  SinkHost,
} from "@logbridge/core";
import { type MiniEntry, MiniLogger, type MiniOutput } from "./library.ts";

/** A record as the library would have made it. */
export function entryOf(record: LogRecord, set: readonly NamedSeverity[]): MiniEntry {
  return {
    level: nearestLevel(record.level, set)?.name ?? "note",
    time: record.micros / 1000,
    text: record.message,
    args: [...record.args],
    fields: { ...record.extra },
    error: record.exception ? errorOf(record.exception) : undefined,
    channel: record.name ?? undefined,
    at: record.file && record.line !== null ? { file: record.file.path, line: record.line } : undefined,
  };
}

/** What was thrown need not be an error. */
function errorOf({ value, message }: ExceptionInfo): Error {
  return value instanceof Error ? value : new Error(message);
}

export function severities(levels: Readonly<Record<string, number>>): NamedSeverity[] {
  return Object.entries(levels).map(([name, no]) => ({ name, no }));
}

/** An output of the library as a sink. */
export function miniSink(output: MiniOutput, levels: Readonly<Record<string, number>>): Sink {
  let inFlight = 0;
  let fail: (error: unknown) => void = () => {};
  const send = (entry: MiniEntry): boolean => {
    inFlight++;
    try {
      output(entry, () => {
        inFlight--;
        host.settled();
      });
    } catch (error) {
      inFlight--;
      throw error;
    }
    return true;
  };
  const host = new SinkHost<MiniEntry>({ send, inFlight: () => inFlight }, { fail: (error) => fail(error) });
  return {
    needs: { text: false, caller: true },
    attach: (report) => {
      fail = report;
    },
    write: (_text, record) => host.push(entryOf(record, severities(levels))),
    flush: () => host.flush(),
    pending: () => host.pending(),
    dropped: () => host.dropped(),
  };
}

/** Our records through a logger of the library. */
export function propagateToMini(theirs: MiniLogger, levels: Readonly<Record<string, number>>): Sink {
  const sink = miniSink((entry, done) => {
    let open = theirs.outputs.length;
    if (open === 0) done();
    const answered = (): void => {
      if (--open === 0) done();
    };
    // The library's own emit() throws away who answers, so its outputs are called as it calls them.
    const outputs = theirs.outputs.splice(0);
    try {
      theirs.outputs.push(
        ...outputs.map(
          (output): MiniOutput =>
            (one) =>
              output(one, answered),
        ),
      );
      theirs.emit(entry);
    } finally {
      theirs.outputs.splice(0, theirs.outputs.length, ...outputs);
    }
  }, levels);
  return { ...sink, leadsTo: (bridge, target) => bridge === "mini" && target === theirs.outputs };
}

/** What the library logs, in our logger. Children share the prototype, so one patch serves all. */
export function interceptMini(options: InterceptOptions, levels: Readonly<Record<string, number>>): Interception {
  const port = openPort({ name: "mini", packages: ["mini"], mode: "tee" }, options, options.logger ?? globalLogger);
  const leave = patchMethod(
    MiniLogger.prototype,
    "emit",
    { port, levels },
    (site) =>
      function (entry: MiniEntry): void {
        const theirs = this as MiniLogger;
        let silent = false;
        for (const one of site.subscribers) {
          const no = one.levels[entry.level] ?? 20;
          if (!one.port.wants(no)) continue;
          const taken = one.port.deliver(
            {
              target: theirs.outputs,
              level: { name: nameOfSeverity(no, entry.level), no },
              message: entry.text,
              args: entry.args,
              fields: entry.fields,
              ...(entry.error && { error: entry.error }),
              timeMs: entry.time,
              name: entry.channel,
              origin: { name: "mini", level: { name: entry.level } },
            },
            theirs.put,
          );
          silent ||= taken && one.port.mode === "replace";
        }
        if (!silent) port.through(() => site.original.call(theirs, entry as never));
      },
  );
  return interception("mini", () => {
    leave();
    port.close();
  });
}

/** Our logger as one of the library's. */
export function asMini(logger: Logger, levels: Readonly<Record<string, number>>): MiniLogger {
  class Facade extends MiniLogger {
    override put(level: string, text: string, rest: Partial<MiniEntry> = {}): void {
      let log = logger.bind(this.bound) as Logger;
      if (this.channel !== undefined) log = log.forModule(this.channel);
      const name = LEVEL_TABLE.find((row) => row.no === (levels[level] ?? 20))?.loguru ?? level.toUpperCase();
      // Fields are always given, so that the text is always read as a template, and doubled braces as single ones.
      const template = text.replaceAll(/[{}]/g, "$&$&").replaceAll("%s", rest.args ? "{}" : "%s");
      log.opt({ depth: 1, exception: rest.error }).log(name, rest.fields ?? {}, template, ...(rest.args ?? []));
    }
    override child(bound: Readonly<Record<string, unknown>>, channel: string | undefined = this.channel): MiniLogger {
      return new Facade({ ...this, channel, bound: { ...this.bound, ...bound } });
    }
  }
  return new Facade({ levels });
}
