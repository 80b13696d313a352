import { isPatch } from "@logbridge/core";
import { builtin, hostProcess } from "../builtin.ts";
import { isNodeConsole } from "../console/talk.ts";

type Methods = Record<string, unknown>;

/**
 * Lets the global console print by `process.stdout` and `process.stderr`, as Node's does. Those of other runtimes write to the
 * descriptors by themselves, where nobody can keep a call away that becomes no record.
 *
 * @returns puts the methods back
 */
export function printByStreams(): () => void {
  const target = globalThis.console as unknown as Methods;
  const module = builtin<typeof import("node:console")>("node:console");
  const process = hostProcess();
  if (!module || !process || isNodeConsole(target)) return () => {};
  const { Console } = module as unknown as { readonly Console: new (...streams: unknown[]) => Methods };
  const printing = new Console(process.stdout, process.stderr);
  const undo: (() => void)[] = [];
  for (const name of Object.keys(target)) {
    const before = Object.getOwnPropertyDescriptor(target, name);
    const method = printing[name];
    if (typeof before?.value !== "function" || typeof method !== "function" || isPatch(before.value)) continue;
    const value: unknown = method.bind(printing);
    Object.defineProperty(target, name, { ...before, value });
    undo.push(() => {
      if (target[name] === value) Object.defineProperty(target, name, before);
    });
  }
  return () => {
    for (const one of undo) one();
  };
}
