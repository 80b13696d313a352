import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { report } from "@logbridge/core";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { resolveOwnSettings } from "../src/options/own-settings.ts";
import { otelSink } from "../src/sink.ts";
import { type Certificates, makeCertificates } from "./certificates.ts";
import { environment, logging, receiving } from "./sink-support.ts";

vi.mock("@logbridge/core", async (original) => ({ ...(await original<object>()), report: vi.fn() }));

const ALL = "OTEL_EXPORTER_OTLP_";
const LOGS = "OTEL_EXPORTER_OTLP_LOGS_";

let made: Certificates;
beforeAll(() => {
  made = makeCertificates();
});
afterAll(() => made.remove());
beforeEach(() => void vi.mocked(report).mockClear());

const path = (name: string): string => join(made.folder, name);

/** Which files are used, and what was said of the others. */
function resolved(variables: Readonly<Record<string, string>>): {
  readonly used: readonly string[];
  readonly said: readonly string[];
} {
  environment({ [`${ALL}ENDPOINT`]: "https://localhost:1", ...variables });
  const { destination } = resolveOwnSettings({});
  if (!("target" in destination)) throw new Error(`goes to ${destination.kind}`);
  const tls = destination.target.tls as Readonly<Record<string, unknown>>;
  return {
    used: Object.keys(tls).filter((name) => tls[name] !== undefined),
    said: vi.mocked(report).mock.calls.map(([code, text]) => `${code} ${text as unknown as string}`),
  };
}

describe("a variable for certificates", () => {
  test("may have the contents of the file, as the option may", async () => {
    const receiver = await receiving({ tls: { ...made.server, ca: made.ca } });
    environment({
      [`${ALL}ENDPOINT`]: receiver.endpoint,
      [`${ALL}CERTIFICATE`]: made.ca,
      [`${LOGS}CLIENT_KEY`]: made.client.key,
      [`${ALL}CLIENT_CERTIFICATE`]: made.client.cert,
    });
    const { logger, told } = logging();
    logger.info("x");
    expect(await logger.complete(), told.join()).toMatchObject({ sent: 1 });
    expect(vi.mocked(report)).not.toHaveBeenCalled();
  });

  test("that is of a client's key is never shown", () => {
    const texts = [
      "-----BEGIN PRIVATE KEY-----\nhunter2",
      "-----BEGIN PRIVATE KEY-----\\nhunter2\\n-----END PRIVATE KEY-----",
      "MIGHAgEAMBMhunter2",
      "hunter2\nhunter2",
      "/keys/hunter2.pem",
    ];
    for (const text of texts) expect(resolved({ [`${ALL}CLIENT_KEY`]: text }).used).toEqual([]);
    const { said } = resolved({});
    expect(said).toContain(
      `LB1633 ${ALL}CLIENT_KEY: expected PEM text, or the path of a file that can be read; it is not used`,
    );
    expect(said).toContainEqual(expect.stringContaining(`LB1633 ${ALL}CLIENT_KEY: expected PEM that can be used (`));
    expect(said.join()).not.toContain("hunter2");
  });

  test("and has several lines without being PEM is not shown; the path of a certificate is", () => {
    const { used, said } = resolved({
      [`${LOGS}CERTIFICATE`]: "hunter2\nhunter2",
      [`${ALL}CERTIFICATE`]: "/nowhere/ca.pem",
    });
    expect(used).toEqual([]);
    expect(said).toEqual([
      `LB1633 ${LOGS}CERTIFICATE: expected PEM text, or the path of a file that can be read; it is not used`,
      `LB1633 ${ALL}CERTIFICATE: expected PEM text, or the path of a file that can be read, got "/nowhere/ca.pem"; it is not used`,
    ]);
  });

  test.each([ALL, LOGS])("is named as it is set where what it has cannot be used: %s…", (prefix) => {
    writeFileSync(path("no.pem"), "nothing");
    const wrong = resolved({ [`${prefix}CERTIFICATE`]: path("no.pem") });
    expect(wrong.said).toEqual([expect.stringContaining(`LB1633 ${prefix}CERTIFICATE: expected PEM that can be used`)]);
    vi.mocked(report).mockClear();
    const other = prefix === ALL ? LOGS : ALL;
    const mismatch = resolved({
      [`${prefix}CLIENT_KEY`]: path("server.key"),
      [`${other}CLIENT_CERTIFICATE`]: path("client.pem"),
    });
    expect(mismatch.used).toEqual([]);
    expect(mismatch.said).toEqual([
      expect.stringMatching(new RegExp(`^LB1633 ${prefix}CLIENT_KEY: .* not the key of`)),
    ]);
    vi.mocked(report).mockClear();
    const alone = resolved({ [`${prefix}CLIENT_CERTIFICATE`]: path("client.pem") });
    expect(alone.said).toEqual([
      expect.stringMatching(new RegExp(`^LB1633 ${prefix}CLIENT_CERTIFICATE: .*no use without its key`)),
    ]);
  });

  test("is named beside the option that it does not go with", () => {
    environment({ [`${ALL}CLIENT_CERTIFICATE`]: path("no-certificate.pem") });
    writeFileSync(path("no-certificate.pem"), "nothing");
    expect(() => otelSink({ url: "https://localhost:1", clientKey: made.client.key })).toThrow(
      expect.objectContaining({
        code: "LB1634",
        message: expect.stringContaining(
          `option clientKey cannot be used with ${ALL}CLIENT_CERTIFICATE: there is no certificate in it`,
        ) as string,
      }),
    );
  });
});

test("an option for a key that is no path is not shown by the system's words either", () => {
  environment({});
  let thrown: unknown;
  try {
    otelSink({ url: "https://localhost:1", clientKey: "MIGHAgEAMBMhunter2" });
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({
    code: "LB1634",
    message: expect.stringContaining("clientKey cannot be read: ENOENT"),
  });
  expect(String((thrown as Error).stack) + String((thrown as Error).cause)).not.toContain("hunter2");
});
