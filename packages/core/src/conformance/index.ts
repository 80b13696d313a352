/// <reference lib="esnext.disposable" preserve="true" />

export { type AdapterCase, adapterCases, type RunOptions } from "./adapter-case.ts";
export type {
  Delivered,
  DeliveredError,
  ForeignCall,
  Harness,
  MakeOptions,
  PatchedProperty,
  Subject,
  Verb,
} from "./delivered.ts";
export { describeProperties } from "./descriptors.ts";
export { ConformanceFailure } from "./failure.ts";
export type { CaseGroup } from "./scenario.ts";
export { type Waivers, waiverTable } from "./waivers.ts";
