import { isPlainObject } from "@logbridge/core";
import type { ReadableLogRecord } from "../otlp/readable.ts";
import type { SdkProcessor } from "./sdk-provider.ts";

/** What an exporter of the SDK says when it is done. */
export type ExportDone = (result: { readonly code: number; readonly error?: Error }) => void;

/** An exporter of the SDK, of both generations. */
export interface SdkExporter {
  export(records: readonly ReadableLogRecord[], done: ExportDone): void;
}

/** Known to every copy of this package: a processor of ours that takes a record now, and gives how to send it. */
export const TAKES: unique symbol = Symbol.for("logbridge.otel.processorTakes") as never;

/** A processor of ours that exports. */
export interface OwnProcessor extends SdkProcessor {
  [TAKES](record: ReadableLogRecord): () => void;
}

/** A processor that exports, and what it exports by; `exporter: null`: it is one of ours. */
export type Outlet =
  | { readonly processor: OwnProcessor; readonly exporter: null }
  | { readonly processor: SdkProcessor; readonly exporter: SdkExporter };

/** Finds the processors that export among these, and among those that they hand on to, as far as their own properties show them. */
export function outletsOf(processors: readonly SdkProcessor[]): readonly Outlet[] {
  const outlets: Outlet[] = [];
  const seen = new Set<object>();
  for (const processor of processors) search(processor, processor, { outlets, seen });
  return outlets;
}

interface Search {
  readonly outlets: Outlet[];
  readonly seen: Set<object>;
}

function search(value: unknown, processor: SdkProcessor, found: Search): void {
  if (typeof value !== "object" || value === null || found.seen.has(value)) return;
  found.seen.add(value);
  if (isOwnProcessor(value)) found.outlets.push({ processor: value, exporter: null });
  else if (isExporter(value)) add({ processor, exporter: value }, found);
  else if (isProcessor(value)) searchWithin(value, value, found);
  else if (Array.isArray(value) || isPlainObject(value)) searchWithin(value, processor, found);
}

function add(outlet: Outlet & { readonly exporter: SdkExporter }, { outlets }: Search): void {
  if (isOpen(outlet.processor, "onEmit") && isOpen(outlet.exporter, "export")) outlets.push(outlet);
}

function searchWithin(holder: object, processor: SdkProcessor, found: Search): void {
  for (const { value } of Object.values(Object.getOwnPropertyDescriptors(holder)) as PropertyDescriptor[])
    search(value, processor, found);
}

/** True for one of any copy. */
export function isOwnProcessor(value: unknown): value is OwnProcessor {
  return typeof value === "object" && value !== null && hasMethod(value, TAKES);
}

function isProcessor(value: object): value is SdkProcessor {
  return hasMethod(value, "onEmit");
}

function isExporter(value: object): value is SdkExporter {
  return hasMethod(value, "export") && hasMethod(value, "shutdown");
}

/** Can a method of it be patched? What is frozen cannot. */
function isOpen(value: object, key: PropertyKey): boolean {
  const own = Object.getOwnPropertyDescriptor(value, key);
  return own ? own.configurable === true : Object.isExtensible(value);
}

/** Own or inherited, without running a getter. */
function hasMethod(value: object, key: PropertyKey): boolean {
  for (let at: object | null = value; at; at = Object.getPrototypeOf(at) as object | null) {
    const found = Object.getOwnPropertyDescriptor(at, key);
    if (found) return typeof found.value === "function";
  }
  return false;
}
