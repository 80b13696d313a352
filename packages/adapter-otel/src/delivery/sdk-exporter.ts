import { runtime } from "#runtime";
import type { ReadableLogRecord } from "../otlp/readable.ts";
import type { BatchExporter, Outcome } from "./outcome.ts";
import { resourceKnown } from "./resource-wait.ts";
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

/** What the SDK's own exporters have inside. */
interface Delegate {
  /** Hears of partial success, right before the result is given; they tell nobody else but the diagnostic log. */
  readonly _responseHandler?: ResponseHandler;
  /** How long a request may take, in milliseconds; read when one begins. */
  _timeout?: number;
}

function delegateOf(exporter: SdkLogRecordExporter): Delegate {
  return (exporter as { _delegate?: Delegate })._delegate ?? {};
}

/** Has what the exporter begins in `work` end in time: nobody waits for it any longer, and a request under way keeps the process alive. */
function withTimeout<T>(delegate: Delegate, timeoutMs: number, work: () => T): T {
  const own = delegate._timeout;
  if (typeof own !== "number" || own <= timeoutMs) return work();
  delegate._timeout = Math.ceil(timeoutMs);
  try {
    return work();
  } finally {
    delegate._timeout = own;
  }
}

const WHERE = "an exporter of OpenTelemetry's SDK";

/** What is made of a call of `done` without one. */
const NO_RESULT: SdkExportResult = { code: 1, error: new Error("the exporter has given no result") };

function refusedBy(error: unknown): Outcome {
  return { kind: "refused", error };
}

class SdkBatchExporter implements BatchExporter<ReadableLogRecord> {
  readonly #exporter: SdkLogRecordExporter;
  readonly #delegate: Delegate;
  readonly #unwatch: () => void;
  #partial: PartialSuccess | null = null;
  readonly #waits = new WeakMap<AsyncResource, Promise<void>>();

  constructor(exporter: SdkLogRecordExporter) {
    this.#exporter = exporter;
    this.#delegate = delegateOf(exporter);
    this.#unwatch = this.#watchResponses(this.#delegate._responseHandler);
  }

  async export(items: readonly ReadableLogRecord[], timeoutMs: number): Promise<Outcome> {
    try {
      const waits = this.#resourcesKnown(items);
      // Without a wait the exporter has the records when this call is over.
      if (waits.length > 0) await Promise.all(waits);
      return await this.#run(items, timeoutMs);
    } catch (error) {
      // Thrown in the call: what it was given cannot be encoded.
      return { kind: "refused", error };
    }
  }

  async flush(): Promise<void> {
    await runtime.asExport(() => withoutTracing(() => this.#exporter.forceFlush?.()));
  }

  async close(): Promise<void> {
    this.#unwatch();
    await runtime.asExport(() => this.#exporter.shutdown?.());
  }

  #run(items: readonly ReadableLogRecord[], timeoutMs: number): Promise<Outcome> {
    const answer = this.#handOver(items, timeoutMs);
    return new Promise((resolve, reject) => {
      const error = new Error(`the exporter has not answered for ${timeoutMs} ms`);
      const cancel = startTimer(() => resolve({ kind: "later", error, answer: answer.catch(refusedBy) }), timeoutMs);
      answer.finally(cancel).then(resolve, reject);
    });
  }

  /** What the exporter says, whenever it does. Rejects with what it throws in the call. */
  #handOver(items: readonly ReadableLogRecord[], timeoutMs: number): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const done = (result: SdkExportResult): void => resolve(this.#outcomeOf(result));
      try {
        const exporting = (): unknown => this.#exporter.export([...items], done);
        const returned = runtime.asExport(() =>
          withoutTracing(() => withTimeout(this.#delegate, timeoutMs, exporting)),
        );
        // Some are asynchronous, which the SDK does not know of.
        Promise.resolve(returned).catch((error: unknown) => resolve(outcomeOfError(error)));
      } catch (thrown) {
        reject(thrown);
      }
    });
  }

  #outcomeOf(result: SdkExportResult | undefined): Outcome {
    const partial = this.#partial;
    this.#partial = null;
    const { code, error } = result ?? NO_RESULT;
    if (code !== 0) return outcomeOfError(error ?? new Error("the exporter has failed and gives no reason"));
    const rejected = Number(partial?.rejectedLogRecords ?? 0);
    return rejected > 0 ? { kind: "sent", rejected, message: String(partial?.errorMessage ?? "") } : { kind: "sent" };
  }

  #resourcesKnown(items: readonly ReadableLogRecord[]): readonly Promise<void>[] {
    const pending = new Set<AsyncResource>();
    for (const item of items) {
      const resource = item.resource as AsyncResource;
      if (resource.asyncAttributesPending) pending.add(resource);
    }
    return [...pending].map((resource) => this.#known(resource));
  }

  /** Waits for each resource once. */
  #known(resource: AsyncResource): Promise<void> {
    let wait = this.#waits.get(resource);
    if (!wait) this.#waits.set(resource, (wait = resourceKnown(WHERE, () => resource.waitForAsyncAttributes?.())));
    return wait;
  }

  #watchResponses(handler: ResponseHandler | undefined): () => void {
    if (typeof handler?.handleResponse !== "function") return () => {};
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
