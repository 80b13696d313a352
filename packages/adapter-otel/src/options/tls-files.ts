import { LogbridgeError } from "@logbridge/core";
import { runtime } from "#runtime";
import type { TlsFiles } from "../runtime/runtime.ts";
import { firstOf, otlpNames, textOf, warnOfVariable } from "./variables.ts";

const PEM = /^\s*-----BEGIN /;

/** What options and variables say of certificates. */
export interface ResolvedTls {
  readonly files: TlsFiles;
  /** The options among them, by name. */
  readonly options: readonly string[];
}

/**
 * The contents of the certificate files. A file that a variable names and nobody can read is warned of.
 *
 * @throws LogbridgeError LB1634 for a file of an option that cannot be read
 */
export function resolveTls(
  given: { readonly [Name in keyof TlsFiles]?: string | Uint8Array | undefined },
): ResolvedTls {
  const names = ["certificate", "clientKey", "clientCertificate"] as const;
  const files: { -readonly [Name in keyof TlsFiles]: TlsFiles[Name] } = {};
  for (const name of names) {
    const option = given[name];
    const file = option === undefined ? ofVariables(name) : ofOption(name, option);
    if (file !== undefined) files[name] = file;
  }
  return { files, options: names.filter((name) => given[name] !== undefined) };
}

function ofOption(name: string, value: string | Uint8Array): Uint8Array {
  if (typeof value !== "string") return value;
  if (PEM.test(value)) return new TextEncoder().encode(value);
  try {
    return runtime.readFile(value);
  } catch (cause) {
    throw new LogbridgeError("LB1634", `otelSink(): the file of option ${name} cannot be read: ${String(cause)}`, {
      cause,
    });
  }
}

function ofVariables(name: keyof TlsFiles): Uint8Array | undefined {
  return firstOf(otlpNames(SETTINGS[name]), (variable) => {
    const path = textOf(variable);
    if (path === undefined) return undefined;
    try {
      return runtime.readFile(path);
    } catch {
      warnOfVariable(variable, "a file that can be read", path);
      return undefined;
    }
  });
}

const SETTINGS: Readonly<Record<keyof TlsFiles, string>> = {
  certificate: "CERTIFICATE",
  clientKey: "CLIENT_KEY",
  clientCertificate: "CLIENT_CERTIFICATE",
};
