import { LogbridgeError } from "@logbridge/core";
import { builtin, hostProcess } from "../builtin.ts";
import { rawWriteSync } from "./descriptor-hook.ts";

const STDOUT = 1;
const STDERR = 2;
/** `fcntl`: the lowest free descriptor from there on, which no child inherits. */
const DUPLICATE_FOR_OURSELVES = 1030;
const FIRST_FREE = 3;
const TRY_AGAIN: ReadonlySet<number> = new Set([11, 35]);

/** A stdout that leads to stderr, for everything in the process but the protocol. */
export interface DivertedStdout {
  /** Writes to the true stdout, as `fs.writeSync` does. */
  readonly write: (bytes: Uint8Array) => number;
  /** Gives stdout back to everybody; `write` goes on. */
  readonly leave: () => void;
}

/** Functions of the C library, as the runtime lets them be called. */
interface Descriptors {
  readonly duplicate: (fd: number) => number;
  readonly replace: (from: number, to: number) => number;
  readonly close: (fd: number) => number;
  readonly write: (fd: number, bytes: Uint8Array) => number;
}

/**
 * Leads descriptor 1 to stderr where JavaScript alone cannot keep it: Bun and Deno do not tell `import { writeSync } from "node:fs"` of a
 * change, and have ways of their own to write (`Bun.write`, `Deno.stdout`).
 *
 * @returns `null` on Node, where the functions of `node:fs` can be changed for everybody
 * @throws LogbridgeError LB1551 where the runtime does not let the C library be called
 */
export function divertStdout(): DivertedStdout | null {
  const scope = globalThis as { readonly Bun?: unknown; readonly Deno?: Deno };
  if (!scope.Bun && !scope.Deno) return null;
  shared.users++;
  try {
    shared.now ??= divert(scope.Deno ? descriptorsOfDeno(scope.Deno) : descriptorsOfBun());
  } catch (error) {
    shared.users--;
    throw error;
  }
  const { write, end } = shared.now;
  let left = false;
  return {
    write,
    leave: () => {
      if (left) return;
      left = true;
      if (--shared.users > 0) return;
      shared.now = null;
      end();
    },
  };
}

interface Diversion {
  readonly write: (bytes: Uint8Array) => number;
  readonly end: () => void;
}

/** One for all copies of the package: a second diversion would keep stderr for the true stdout. */
const shared: { users: number; now: Diversion | null } = sharedState();

function sharedState(): { users: number; now: Diversion | null } {
  const key = Symbol.for("logbridge.diverted-stdout");
  const holder = globalThis as unknown as Record<symbol, { users: number; now: Diversion | null } | undefined>;
  return (holder[key] ??= { users: 0, now: null });
}

function divert(descriptors: Descriptors): Diversion {
  const kept = descriptors.duplicate(STDOUT);
  if (kept < 0 || descriptors.replace(STDERR, STDOUT) < 0)
    throw refusal("could not lead descriptor 1 to stderr: is one of the two closed?");
  let fd = kept;
  return {
    write: (bytes) => descriptors.write(fd, bytes),
    end: () => {
      descriptors.replace(kept, STDOUT);
      descriptors.close(kept);
      fd = STDOUT;
    },
  };
}

function refusal(why: string): LogbridgeError {
  return new LogbridgeError("LB1551", `interceptConsole(): option protectStdout ${why}`);
}

/** The C library by its names on the systems where descriptors are its own. */
function openLibrary<Library>(open: (name: string) => Library): Library {
  const { platform = "", arch } = hostProcess() ?? {};
  const musl = `libc.musl-${arch === "arm64" ? "aarch64" : "x86_64"}.so.1`;
  const names = { linux: ["libc.so.6", musl], darwin: ["libSystem.B.dylib"] }[platform as "linux"] ?? [];
  for (const name of names) {
    try {
      return open(name);
    } catch {
      // The next name.
    }
  }
  throw refusal(
    "needs the C library to lead descriptor 1 to stderr here, which this runtime could not open; run the server with Node",
  );
}

function isLinux(): boolean {
  return hostProcess()?.platform === "linux";
}

type Call = (...args: readonly unknown[]) => unknown;
type Symbols = Readonly<Record<string, Call>>;

interface BunFfi {
  dlopen(name: string, symbols: object): { readonly symbols: Symbols };
}

function descriptorsOfBun(): Descriptors {
  const ffi = builtin<BunFfi>("bun:ffi");
  const write = rawWriteSync();
  if (!ffi || !write) throw refusal("needs bun:ffi on Bun, which this build of it lacks; run the server with Node");
  const of = (count: number): object => ({ args: Array.from({ length: count }, () => "i32"), returns: "i32" });
  const { symbols } = openLibrary((name) => ffi.dlopen(name, signatures(of)));
  return { ...descriptorsBy(symbols), write };
}

interface Deno {
  readonly permissions: { querySync(what: { readonly name: string }): { readonly state: string } };
  readonly UnsafePointerView: new (pointer: unknown) => { getInt32(): number };
  dlopen(name: string, symbols: object): { readonly symbols: Symbols };
}

function descriptorsOfDeno(deno: Deno): Descriptors {
  // Asked for, it would be the user at the terminal who answers.
  if (deno.permissions.querySync({ name: "ffi" }).state !== "granted")
    throw refusal(
      "needs the permission for the C library on Deno, to lead descriptor 1 to stderr; run the server with --allow-ffi",
    );
  const of = (count: number): object => ({ parameters: Array.from({ length: count }, () => "i32"), result: "i32" });
  const errno = isLinux() ? "__errno_location" : "__error";
  const { symbols } = openLibrary((name) =>
    deno.dlopen(name, {
      ...signatures(of),
      write: { parameters: ["i32", "buffer", "usize"], result: "isize" },
      [errno]: { parameters: [], result: "pointer" },
    }),
  );
  // Its node:fs knows the descriptors that it has opened itself.
  const write = (fd: number, bytes: Uint8Array): number => {
    const written = Number(symbols["write"]?.(fd, bytes, BigInt(bytes.length)));
    if (written >= 0) return written;
    throw systemError(new deno.UnsafePointerView(symbols[errno]?.()).getInt32());
  };
  return { ...descriptorsBy(symbols), write };
}

function systemError(errno: number): Error {
  const code = TRY_AGAIN.has(errno) ? "EAGAIN" : errno === 32 ? "EPIPE" : `errno ${errno}`;
  return Object.assign(new Error(`${code}: stdout could not be written to`), { code, errno, syscall: "write" });
}

function signatures(of: (count: number) => object): object {
  return { ...(isLinux() ? { fcntl: of(3) } : { dup: of(1) }), dup2: of(2), close: of(1) };
}

function descriptorsBy(symbols: Symbols): Omit<Descriptors, "write"> {
  const call = (name: string, ...args: readonly number[]): number => Number(symbols[name]?.(...args));
  return {
    duplicate: (fd) => (isLinux() ? call("fcntl", fd, DUPLICATE_FOR_OURSELVES, FIRST_FREE) : call("dup", fd)),
    replace: (from, to) => call("dup2", from, to),
    close: (fd) => call("close", fd),
  };
}
