import { report } from "@logbridge/core";
import * as api from "@opentelemetry/api";
import { runtime } from "#runtime";
import { isBridgeProvider } from "./bridge-provider.ts";
import { GlobalBridge, isGlobalBridge, type Member } from "./global-bridge.ts";
import { type RegisteringApi, Registrations } from "./registrations.ts";
import type { OtelLoggerProvider } from "./types.ts";

/** A place in which one generation of OpenTelemetry's API looks for the provider of the process. */
interface Slot {
  readonly key: PropertyKey;
  /** The object that has the place; `null` where nobody of that generation is there. */
  holder(): object | null;
  /** What stands for a provider there, and back. */
  entryOf(provider: OtelLoggerProvider): unknown;
  providerIn(entry: unknown): unknown;
}

const API = Symbol.for("opentelemetry.js.api.1");
/** `@opentelemetry/api-logs` asks for this version of what stands in its slot. */
const API_LOGS_VERSION = 1;

/** Inside `@opentelemetry/api` from 1.10 on. */
const NEW_SLOT: Slot = {
  key: "logs",
  holder: newHolder,
  entryOf: (provider) => provider,
  providerIn: (entry) => entry,
};

/** `@opentelemetry/api-logs`. */
const OLD_SLOT: Slot = {
  key: Symbol.for("io.opentelemetry.js.api.logs"),
  holder: () => globalThis,
  entryOf: (provider) => (version: number) => (version === API_LOGS_VERSION ? provider : undefined),
  providerIn: (entry) =>
    typeof entry === "function" ? (entry as (version: number) => unknown)(API_LOGS_VERSION) : null,
};

const SLOTS: readonly Slot[] = [NEW_SLOT, OLD_SLOT];

/** The logs API of the package that this one was installed with: inside it from 1.10 on. Bundlers warn of names that a module lacks. */
function newApi(): RegisteringApi | undefined {
  return (api as unknown as Readonly<Record<PropertyKey, RegisteringApi | undefined>>)[NEW_SLOT.key];
}

/** The API's object that was looked at last, and whether it is of 1.10 or later: before, nobody looks for logs there. */
let looked: object | undefined;
let isNew = false;

function newHolder(): object | null {
  const holder = (globalThis as Record<symbol, unknown>)[API] as { readonly version?: unknown } | undefined;
  if (!holder) return null;
  if (holder !== looked) {
    const [, minor] = /^1\.(\d+)\./.exec(String(holder.version)) ?? [];
    looked = holder;
    isNew = minor !== undefined && Number(minor) >= 10;
  }
  return isNew ? holder : null;
}

/** The provider behind what the API hands out: proxies stand for their delegates. `null`: none, or one of ours. */
export function realProvider(value: unknown): OtelLoggerProvider | null {
  if (typeof value !== "object" || value === null || isGlobalBridge(value) || isBridgeProvider(value)) return null;
  const { getLogger, _getDelegateLogger, _delegate } = value as Partial<Record<string, unknown>>;
  if (typeof _getDelegateLogger === "function") return realProvider(_delegate);
  return typeof getLogger === "function" ? (value as OtelLoggerProvider) : null;
}

/** It is we who read: who else reads a slot with a bridge in it is found out by the stack. */
let isReading = false;

function found(slot: Slot): unknown {
  const holder = slot.holder() as Record<PropertyKey, unknown> | null;
  if (!holder) return null;
  isReading = true;
  try {
    return slot.providerIn(holder[slot.key]);
  } finally {
    isReading = false;
  }
}

/** What is in a slot, one of ours included. */
function standing(slot: Slot): OtelLoggerProvider | null {
  const there = found(slot);
  return isGlobalBridge(there) ? there : realProvider(there);
}

/** The providers that were registered for the process, each once: those of the API from 1.10 on first. Ours are none of them. */
export function globalProviders(): readonly OtelLoggerProvider[] {
  const all = SLOTS.map((slot) => realProvider(found(slot))).filter((provider) => provider !== null);
  return [...new Set(all)];
}

/** The first of them, `null` where there is none. For each record: nothing is allocated. */
export function firstProvider(): OtelLoggerProvider | null {
  return realProvider(found(NEW_SLOT)) ?? realProvider(found(OLD_SLOT));
}

/** Do both get what is emitted to the provider of the process, so that what came in by the one has reached the other as well? */
export function receiveTogether(one: object, other: object): boolean {
  return SLOTS.some((slot) => {
    const there = found(slot);
    if (!isGlobalBridge(there)) return false;
    const providers: readonly object[] = there.targets();
    return providers.includes(one) && providers.includes(other);
  });
}

/** All who have joined, whether anybody stands in a slot for them or not. */
let members: readonly Member[] = [];
/** What stands in a slot when that is empty. */
const bridges = new Map<Slot, GlobalBridge>();
const registrations: Registrations = new Registrations(lookAgain);

/**
 * Makes a provider that of the process, in each slot that has none. Where one of ours is there already, both get each record. A real
 * provider that is registered later takes the slot, and one that is taken away leaves it to us again.
 *
 * @param replaced called once with each real provider that takes a slot later
 * @returns takes it out again
 */
export function registerProvider(
  provider: OtelLoggerProvider,
  replaced: (real: OtelLoggerProvider) => void = () => {},
): () => void {
  const member = memberOf(provider, replaced);
  members = [...members, member];
  lookAgain();
  return () => {
    members = members.filter((one) => one !== member);
    for (const slot of SLOTS) leave(slot, member);
    if (members.length === 0) registrations.end();
  };
}

/** It is told of a provider by whoever sees that first. */
function memberOf(provider: OtelLoggerProvider, replaced: (real: OtelLoggerProvider) => void): Member {
  const known = new WeakSet<OtelLoggerProvider>(globalProviders());
  return {
    provider,
    replaced(real) {
      if (known.has(real)) return;
      known.add(real);
      replaced(real);
    },
  };
}

let isLooking = false;

/** Stands in each slot that is empty, and tells of real providers that have come to one. */
function lookAgain(): void {
  if (isLooking || members.length === 0) return;
  isLooking = true;
  try {
    registrations.watch(loadedApis());
    for (const slot of SLOTS) lookAt(slot);
  } finally {
    isLooking = false;
  }
}

function lookAt(slot: Slot): void {
  const there = found(slot);
  const real = realProvider(there);
  if (real !== null) {
    for (const { replaced } of members) replaced(real);
    return;
  }
  const bridge = isGlobalBridge(there) ? there : occupy(slot);
  if (bridge) bridge.members = [...bridge.members, ...members.filter((one) => !bridge.members.includes(one))];
}

function leave(slot: Slot, member: Member): void {
  const there = found(slot);
  for (const bridge of new Set([there, bridges.get(slot)]))
    if (isGlobalBridge(bridge)) bridge.members = bridge.members.filter((one) => one !== member);
  if (isGlobalBridge(there) && there.members.length === 0) Reflect.deleteProperty(slot.holder() as object, slot.key);
}

function loadedApis(): readonly RegisteringApi[] {
  const own = newApi();
  return [...(own ? [own] : []), ...runtime.loadedApiLogs().map(({ logs }) => logs)];
}

/** The bridge of a slot: a new one where the one before has gone over to a real provider, as have its loggers. */
function bridgeOf(slot: Slot): GlobalBridge {
  const known = bridges.get(slot);
  if (known && !known.hasYielded) return known;
  const made = new GlobalBridge(() => standing(slot));
  bridges.set(slot, made);
  return made;
}

/**
 * The APIs refuse a second registration, without a word or with one on a channel that nobody reads: whoever set up their SDK after us
 * would export nothing. So the slot looks empty to the function that registers, and to nobody else.
 */
function occupy(slot: Slot): GlobalBridge | null {
  if (!canTellWhoReads()) {
    tellOfEmptySlot();
    return null;
  }
  const bridge = bridgeOf(slot);
  // The API makes its object itself, and hands proxies that were obtained before over to the bridge.
  if (slot === NEW_SLOT) newApi()?.setGlobalLoggerProvider(bridge);
  const holder = slot.holder();
  if (!holder) return null;
  const entry = slot.entryOf(bridge);
  Object.defineProperty(holder, slot.key, {
    configurable: true,
    enumerable: true,
    get: () => (!isReading && isRegistering() ? undefined : entry),
    set: (value: unknown) => {
      const provider = slot.providerIn(value);
      if (provider === bridge) return;
      Object.defineProperty(holder, slot.key, { value, configurable: true, enumerable: true, writable: true });
      bridge.yieldTo(realProvider(provider));
    },
  });
  if (slot === OLD_SLOT) handOverProxies(bridge);
  return bridge;
}

/** Loggers that were obtained before, while there was no provider, wait for one that is registered by their own copy of `@opentelemetry/api-logs`. */
function handOverProxies(bridge: GlobalBridge): void {
  for (const { logs } of runtime.loadedApiLogs()) logs.setGlobalLoggerProvider(bridge);
}

/** Frames from the accessor up to the function that an application calls. */
const FRAMES = 6;

/** Is the slot read by `setGlobalLoggerProvider`? Only the stack tells. Loggers are obtained seldom, so that it may cost something. */
function isRegistering(): boolean {
  const restore = plainStacks();
  try {
    return String(new Error().stack).includes("setGlobalLoggerProvider");
  } catch {
    return false;
  } finally {
    restore();
  }
}

/** A program may have no stacks. */
function canTellWhoReads(): boolean {
  // Compared, since JavaScriptCore gives no frame to a function that returns a call as it is.
  const probe = { setGlobalLoggerProvider: (): boolean => isRegistering() === true };
  return probe.setGlobalLoggerProvider();
}

let isTold = false;

function tellOfEmptySlot(): void {
  if (isTold) return;
  isTold = true;
  report(
    "LB1659",
    "OpenTelemetry's place for the process's logger provider is left empty, since stacks cannot be read here: what is emitted before a provider is registered does not come in",
  );
}

/** Has the engine write stacks, in its own words and long enough. Where intrinsics are frozen they stay as they are. */
function plainStacks(): () => void {
  const { stackTraceLimit, prepareStackTrace } = Error;
  try {
    Error.stackTraceLimit = FRAMES;
    // What an application makes of stacks need be no text.
    Error.prepareStackTrace = undefined as never;
  } catch {
    return () => {};
  }
  return () => {
    Error.stackTraceLimit = stackTraceLimit;
    if (prepareStackTrace) Error.prepareStackTrace = prepareStackTrace;
    else Reflect.deleteProperty(Error, "prepareStackTrace");
  };
}
