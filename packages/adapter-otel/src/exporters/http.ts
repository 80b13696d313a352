import { runtime } from "#runtime";
import type { BatchExporter, Outcome } from "../delivery/outcome.ts";
import { PACKAGE_VERSION } from "../options/package-version.ts";
import type { HttpSender, TlsFiles } from "../runtime/runtime.ts";
import { outcomeOfAnswer } from "./http-outcome.ts";
import type { RequestForm } from "./request-form.ts";
import { currentHeaders, type HeadersOption } from "./request-headers.ts";

/** Where an exporter sends to, and how. */
export interface HttpTarget {
  readonly url: URL;
  readonly compression: "gzip" | "none";
  /** What the environment says; `headers` comes over it. */
  readonly fixedHeaders: Readonly<Record<string, string>>;
  readonly headers?: HeadersOption | undefined;
  readonly tls: TlsFiles;
}

/** Sends batches by OTLP over HTTP. */
class HttpExporter<Item> implements BatchExporter<Item> {
  readonly #target: HttpTarget;
  readonly #form: RequestForm<Item>;
  readonly #sender: HttpSender;

  constructor(target: HttpTarget, form: RequestForm<Item>) {
    this.#target = target;
    this.#form = form;
    this.#sender = runtime.createHttpSender(target);
  }

  async export(items: readonly Item[], timeoutMs: number): Promise<Outcome> {
    let body: readonly Uint8Array[];
    try {
      body = this.#form.assemble(items);
    } catch (error) {
      return { kind: "refused", error };
    }
    let repeats = 0;
    const again = (): void => void repeats++;
    const outcome = await this.#send(body, timeoutMs, again).catch(
      (error: unknown): Outcome => ({ kind: "later", error }),
    );
    return repeats === 0 ? outcome : { ...outcome, repeats };
  }

  async #send(body: readonly Uint8Array[], timeoutMs: number, again: () => void): Promise<Outcome> {
    const headers = await currentHeaders(this.#target.fixedHeaders, this.#target.headers, timeoutMs);
    headers["content-type"] = this.#form.contentType;
    // Browsers set their own, and refuse to send another.
    if (runtime.language === "nodejs") headers["user-agent"] ??= `logbridge-adapter-otel/${PACKAGE_VERSION}`;
    const answer = await this.#sender.send({ headers, body, timeoutMs, again });
    return outcomeOfAnswer(answer, Date.now(), this.#target.url.pathname);
  }

  async close(): Promise<void> {
    this.#sender.close();
  }
}

/** An exporter that sends batches by OTLP over HTTP, in protobuf or JSON. */
export function httpExporter<Item>(target: HttpTarget, form: RequestForm<Item>): BatchExporter<Item> {
  return new HttpExporter(target, form);
}
