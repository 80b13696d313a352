import type { ResolvedSink, Sink } from "./sink.ts";

type Method = (...data: unknown[]) => void;
type Methods = Readonly<Record<"debug" | "info" | "warn" | "error", Method>>;

// Taken at load, so that an interception of the console sees nothing of it.
const raw: Methods | null = typeof console === "undefined" ? null : taken(console);

/** Small runtimes have a console with fewer methods. */
function taken(from: Partial<Methods> & { readonly log: Method }): Methods {
  const method = (name: keyof Methods): Method => (from[name] ?? from.log).bind(from);
  return { debug: method("debug"), info: method("info"), warn: method("warn"), error: method("error") };
}

/**
 * A sink that writes by the console's own methods, each record by the method of its level; for browsers and workers,
 * where there is no stderr.
 *
 * @example
 * logger.add(consoleSink(), { level: "INFO" });
 */
export function consoleSink(): Sink {
  return {
    write(text, record) {
      if (!raw) return;
      const { no } = record.level;
      const method = no >= 40 ? raw.error : no >= 30 ? raw.warn : no >= 20 ? raw.info : raw.debug;
      // `%` in the text must not become a format, and the console ends the line itself.
      method("%s", text.endsWith("\n") ? text.slice(0, -1) : text);
    },
    leadsTo: (bridge, target) => bridge === "console" && target === globalThis.console,
  };
}

/** The same, resolved: our own code. */
export function resolvedConsole(): ResolvedSink {
  return { sink: consoleSink(), kind: "stream", own: true, colors: false, label: "console" };
}
