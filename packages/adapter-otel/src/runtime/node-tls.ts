import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import type { TlsFault, TlsFiles } from "./runtime.ts";

const CERTIFICATE =
  /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]*?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** @see Runtime.tlsFault */
export function tlsFault({ certificate, clientKey, clientCertificate }: TlsFiles): TlsFault | null {
  return (
    faultOf("certificate", () => void certificates(certificate)) ??
    faultOf("clientCertificate", () => void certificates(clientCertificate)) ??
    faultOf("clientKey", () => checkPair(clientKey, clientCertificate))
  );
}

function faultOf(name: keyof TlsFiles, check: () => void): TlsFault | null {
  try {
    check();
    return null;
  } catch (cause) {
    return { name, cause };
  }
}

/** All certificates of a file; the TLS of the runtime passes over what it cannot read. */
function certificates(pem: Uint8Array | undefined): readonly X509Certificate[] {
  if (pem === undefined) return [];
  const found = Buffer.from(pem).toString("latin1").match(CERTIFICATE);
  if (found === null) throw new Error("there is no certificate in it, in the form of PEM");
  return found.map((one) => new X509Certificate(one));
}

function checkPair(clientKey: Uint8Array | undefined, clientCertificate: Uint8Array | undefined): void {
  if (clientKey === undefined && clientCertificate === undefined) return;
  if (clientKey === undefined) throw new Error("a client's certificate is of no use without its key");
  const key: KeyObject = createPrivateKey(Buffer.from(clientKey));
  const [own] = certificates(clientCertificate);
  if (own === undefined) throw new Error("a client's key is of no use without its certificate");
  if (!own.checkPrivateKey(key)) throw new Error("it is not the key of the client's certificate");
}
