import { LogbridgeError } from "@logbridge/core";
import { runtime } from "#runtime";
import { errorText } from "../delivery/error-text.ts";
import type { TlsFiles } from "../runtime/runtime.ts";
import { firstOf, otlpNames, textOf, warnOfVariable } from "./variables.ts";

// Tools write attributes and comments before it.
const PEM = /^\s*-----BEGIN /m;

/** What options and variables say of certificates. */
export interface ResolvedTls {
  readonly files: TlsFiles;
  /** The options among them, by name. */
  readonly options: readonly (keyof TlsFiles)[];
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
  const options = names.filter((name) => given[name] !== undefined);
  return { files, options };
}

/**
 * The files, if they can be used. Wrong options are the application's own fault; wrong variables keep nobody from starting, and are left out.
 *
 * @throws LogbridgeError LB1634 for an option that is no certificate or key, or has nothing that belongs to it
 */
export function usableTls({ files, options }: ResolvedTls): TlsFiles {
  const fault = runtime.tlsFault(files);
  if (fault === null) return files;
  const { name, cause } = fault;
  const isOption = options.includes(name) || (name !== "certificate" && options.some((one) => one !== "certificate"));
  if (isOption)
    throw new LogbridgeError("LB1634", `otelSink(): option ${name} cannot be used: ${errorText(cause)}`, { cause });
  warnOfVariable(otlpNames(SETTINGS[name])[0], `a file that can be used (${errorText(cause)})`);
  return usableTls({ files: without(files, name), options });
}

/** A key and its certificate are of no use without each other. */
function without({ certificate, clientKey, clientCertificate }: TlsFiles, name: keyof TlsFiles): TlsFiles {
  return name === "certificate" ? { clientKey, clientCertificate } : { certificate };
}

function ofOption(name: string, value: string | Uint8Array): Uint8Array {
  if (typeof value !== "string") return value;
  if (PEM.test(value)) return new TextEncoder().encode(value);
  // No path, and perhaps a key: it is not shown.
  if (value.includes("\n"))
    throw new LogbridgeError(
      "LB1634",
      `otelSink(): option ${name} is a text of several lines without "-----BEGIN"; give PEM text, its bytes, or the path of a file`,
    );
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
