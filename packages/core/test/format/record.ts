import { type CompiledFormat, compileFormat, type FormatOptions, type FormatRecord } from "../../src/format/compile.ts";
import { utcZone } from "../../src/format/time.ts";

/** A record with every field set; `changes` replace some of them. */
export function recordOf(changes: Partial<FormatRecord> = {}): FormatRecord {
  return {
    seq: 1,
    micros: 1_709_636_645_123_456,
    elapsed: 12.5,
    level: { name: "INFO", no: 20, icon: "ℹ️" },
    message: "hello",
    extra: {},
    exception: null,
    name: "app/main",
    function: "run",
    line: 7,
    column: 3,
    file: { name: "main.ts", path: "/srv/app/main.ts" },
    module: "main",
    process: { id: 42, name: "node" },
    thread: { id: 0, name: "main" },
    origin: null,
    ...changes,
  };
}

/** Compiles with options that a test does not care about. */
export function compiled(format: string, changes: Partial<FormatOptions> = {}): CompiledFormat {
  return compileFormat(format, {
    colorize: false,
    zone: utcZone,
    levelColor: () => "\x1b[1m",
    exceptionText: () => "",
    colouredMessage: () => null,
    ...changes,
  });
}
