import type { ReadableLogRecord } from "../otlp/readable.ts";
import type { BatchExporter, Outcome } from "./outcome.ts";
import { outcomeOfError } from "./sdk-outcome.ts";
import { withoutTracing } from "./suppressed-tracing.ts";
import { startTimer } from "./timer.ts";

/** What an exporter of OpenTelemetry's SDK says of a batch: 0 is success. */
export interface SdkExportResult {
  readonly code: number;
  readonly error?: Error | undefined;
}

/** An exporter of logs as OpenTelemetry's SDK knows it, of both generations; structural, so that every copy's is accepted. */
export interface SdkLogRecordExporter {
  // A method: what implementations take is their own SDK's type of a record.
  export(records: ReadableLogRecord[], done: (result: SdkExportResult) => void): void;
  shutdown?(): Promise<void>;
  forceFlush?(): Promise<void>;
}

/** A collector's word that it has left out some records of a request. */
interface PartialSuccess {
  readonly rejectedLogRecords?: unknown;
  readonly errorMessage?: unknown;
}

interface ResponseHandler {
  handleResponse(response: { readonly partialSuccess?: PartialSuccess } | null | undefined): void;
}

/** A resource whose attributes are still being found out. */
interface AsyncResource {
  readonly asyncAttributesPending?: boolean;
  waitForAsyncAttributes?(): Promise<void>;
}

/**
 * Where the SDK's own exporters hear of partial success. They tell nobody but the diagnostic log; the handler runs right before the result
 * is given.
 */
function responseHandlerOf(exporter: SdkLogRecordExporter): ResponseHandler | null {
  const delegate = (exporter as { _delegate?: { _responseHandler?: ResponseHandler } })._delegate;
  const handler = delegate?._responseHandler;
  return typeof handler?.handleResponse === "function" ? handler : null;
}

class SdkBatchExporter implements BatchExporter<ReadableLogRecord> {
  readonly #exporter: SdkLogRecordExporter;
  readonly #unwatch: () => void;
  #partial: PartialSuccess | null = null;

  constructor(exporter: SdkLogRecordExporter) {
    this.#exporter = exporter;
    this.#unwatch = this.#watchResponses(responseHandlerOf(exporter));
  }

  async export(items: readonly ReadableLogRecord[], timeoutMs: number): Promise<Outcome> {
    try {
      await this.#resourcesKnown(items);
      return await this.#run(items, timeoutMs);
    } catch (error) {
      // Thrown in the call: what it was given cannot be encoded.
      return { kind: "refused", error };
    }
  }

  async close(): Promise<void> {
    this.#unwatch();
    await this.#exporter.shutdown?.();
  }

  #run(items: readonly ReadableLogRecord[], timeoutMs: number): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const error = new Error(`the exporter has not answered for ${timeoutMs} ms`);
      const cancel = startTimer(() => resolve({ kind: "later", error }), timeoutMs);
      const done = (result: SdkExportResult): void => {
        cancel();
        resolve(this.#outcomeOf(result));
      };
      try {
        withoutTracing(() => this.#exporter.export([...items], done));
      } catch (thrown) {
        cancel();
        reject(thrown);
      }
    });
  }

  #outcomeOf({ code, error }: SdkExportResult): Outcome {
    const partial = this.#partial;
    this.#partial = null;
    if (code !== 0) return outcomeOfError(error ?? new Error("the exporter has failed and gives no reason"));
    const rejected = Number(partial?.rejectedLogRecords ?? 0);
    return rejected > 0 ? { kind: "sent", rejected, message: String(partial?.errorMessage ?? "") } : { kind: "sent" };
  }

  async #resourcesKnown(items: readonly ReadableLogRecord[]): Promise<void> {
    const pending = new Set<AsyncResource>();
    for (const item of items) {
      const resource = item.resource as AsyncResource;
      if (resource.asyncAttributesPending) pending.add(resource);
    }
    for (const resource of pending) await resource.waitForAsyncAttributes?.();
  }

  #watchResponses(handler: ResponseHandler | null): () => void {
    if (!handler) return () => {};
    const { handleResponse } = handler;
    const watching: ResponseHandler["handleResponse"] = (response) => {
      this.#partial = response?.partialSuccess ?? null;
      handleResponse.call(handler, response);
    };
    handler.handleResponse = watching;
    return () => {
      if (handler.handleResponse === watching) handler.handleResponse = handleResponse;
    };
  }
}

/**
 * Lets a delivery use an exporter of OpenTelemetry's SDK, official or not.
 *
 * It runs outside of traces, waits for resources whose attributes are still being found out, and answers in time whatever the exporter does.
 * What an error means is read from its code, see {@link outcomeOfError}; what a collector has rejected of a batch is in the outcome where
 * the exporter is one of the SDK's own.
 *
 * @example
 * const exporter = sdkExporter(new OTLPLogExporter({ url }));
 * await exporter.export(records, 10_000); // { kind: "sent" }
 */
export function sdkExporter(exporter: SdkLogRecordExporter): BatchExporter<ReadableLogRecord> {
  return new SdkBatchExporter(exporter);
}
