import { LogbridgeError } from "@logbridge/core";
import { runtime } from "#runtime";
import { errorText } from "../delivery/error-text.ts";
import type { TlsFiles } from "../runtime/runtime.ts";
import { otlpNames, textOf, warnOfVariable } from "./variables.ts";

// Tools write attributes and comments before it.
const PEM = /^\s*-----BEGIN /m;

type TlsName = keyof TlsFiles;

/** What options and variables say of certificates. */
export interface ResolvedTls {
  readonly files: TlsFiles;
  /** The options among them, by name. */
  readonly options: readonly TlsName[];
  /** The variables that the others are from. */
  readonly variables: Readonly<Partial<Record<TlsName, string>>>;
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
  const files: Partial<Record<TlsName, Uint8Array>> = {};
  const variables: Partial<Record<TlsName, string>> = {};
  for (const name of names) {
    const option = given[name];
    if (option !== undefined) {
      files[name] = ofOption(name, option);
      continue;
    }
    const found = ofVariables(name);
    if (found === null) continue;
    files[name] = found.file;
    variables[name] = found.variable;
  }
  const options = names.filter((name) => given[name] !== undefined);
  return { files, options, variables };
}

/**
 * The files, if they can be used. Wrong options are the application's own fault; wrong variables keep nobody from starting, and are left out.
 *
 * @throws LogbridgeError LB1634 for an option that is no certificate or key, or has nothing that belongs to it
 */
export function usableTls({ files, options, variables }: ResolvedTls): TlsFiles {
  const fault = runtime.tlsFault(files);
  if (fault === null) return files;
  const { name, cause } = fault;
  const partner = PARTNERS[name];
  const option = [name, partner].find((one) => one !== undefined && options.includes(one));
  if (option !== undefined) {
    // Of an option and a variable that belong together the variable may be the one that is wrong.
    const beside = variables[name] === undefined ? "" : ` with ${variables[name]}`;
    const text = `otelSink(): option ${option} cannot be used${beside}: ${errorText(cause)}`;
    throw new LogbridgeError("LB1634", text, { cause });
  }
  const variable = variables[name] ?? (partner && variables[partner]);
  if (variable !== undefined) warnOfVariable(variable, `PEM that can be used (${errorText(cause)})`);
  return usableTls({ files: without(files, name), options, variables });
}

/** A key and its certificate are of no use without each other. */
const PARTNERS: Readonly<Partial<Record<TlsName, TlsName>>> = {
  clientKey: "clientCertificate",
  clientCertificate: "clientKey",
};

function without({ certificate, clientKey, clientCertificate }: TlsFiles, name: TlsName): TlsFiles {
  return name === "certificate" ? { clientKey, clientCertificate } : { certificate };
}

function ofOption(name: TlsName, value: string | Uint8Array): Uint8Array {
  if (typeof value !== "string") return value;
  const contents = pemOf(value);
  if (contents !== null) return contents;
  // No path, and perhaps a key: it is not shown.
  if (value.includes("\n"))
    throw new LogbridgeError(
      "LB1634",
      `otelSink(): option ${name} is a text of several lines without "-----BEGIN"; give PEM text, its bytes, or the path of a file`,
    );
  try {
    return runtime.readFile(value);
  } catch (cause) {
    const text = `otelSink(): the file of option ${name} cannot be read: `;
    // The system's words repeat what it took for a path.
    if (name === "clientKey") throw new LogbridgeError("LB1634", text + codeOf(cause));
    throw new LogbridgeError("LB1634", text + String(cause), { cause });
  }
}

function codeOf(error: unknown): string {
  return String((error as { readonly code?: unknown } | null)?.code ?? "it could not be opened");
}

/** The first of the variables with something that can be had. */
function ofVariables(name: TlsName): { readonly file: Uint8Array; readonly variable: string } | null {
  for (const variable of otlpNames(SETTINGS[name])) {
    const text = textOf(variable);
    const file = text === undefined ? null : ofVariable(name, variable, text);
    if (file !== null) return { file, variable };
  }
  return null;
}

function ofVariable(name: TlsName, variable: string, text: string): Uint8Array | null {
  const contents = pemOf(text);
  if (contents !== null) return contents;
  try {
    return runtime.readFile(text);
  } catch {
    // What is no path is perhaps a key, in some form that is not known here.
    const isShown = name !== "clientKey" && !/[\r\n]/.test(text);
    warnOfVariable(variable, "PEM text, or the path of a file that can be read", isShown ? text : undefined);
    return null;
  }
}

function pemOf(text: string): Uint8Array | null {
  return PEM.test(text) ? new TextEncoder().encode(text) : null;
}

const SETTINGS: Readonly<Record<TlsName, string>> = {
  certificate: "CERTIFICATE",
  clientKey: "CLIENT_KEY",
  clientCertificate: "CLIENT_CERTIFICATE",
};
