import type { Writable } from "node:stream";
import { type ConsoleInterceptOptions, interceptConsole, type ProtocolStream } from "@logbridge/intercept-console";
import { expectTypeOf, test } from "vitest";

test("the protocol's stream is there where protectStdout is given as true, and may be missing else", () => {
  expectTypeOf(interceptConsole({ protectStdout: true }).stdout).toEqualTypeOf<ProtocolStream>();
  expectTypeOf(interceptConsole({ protectStdout: true, parse: "json" }).stdout).toExtend<Writable>();
  expectTypeOf(interceptConsole().stdout).toEqualTypeOf<ProtocolStream | null>();
  expectTypeOf(interceptConsole({ protectStdout: false }).stdout).toEqualTypeOf<ProtocolStream | null>();
  const options: ConsoleInterceptOptions = { streams: true };
  expectTypeOf(interceptConsole(options).stdout).toEqualTypeOf<ProtocolStream | null>();
});
