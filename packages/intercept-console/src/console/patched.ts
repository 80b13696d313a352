import type { Bridge, InboundPort, NamedSeverity, Origin, PatchSite } from "@logbridge/core";
import { mutes } from "../levels.ts";
import type { Method, Talk } from "./talk.ts";

/** What this bridge says of itself. */
export const BRIDGE: Bridge = {
  name: "console",
  packages: [],
  mode: "replace",
  output: true,
  caller: "interceptConsole()",
};

/** Who listens at a patched method. */
export interface Subscriber {
  readonly port: InboundPort;
  readonly level: NamedSeverity;
  /** Of what the console warns of instead. */
  readonly warning: NamedSeverity;
  readonly follows: boolean;
}

/** One patched method. */
export interface Patched {
  readonly talk: Talk;
  readonly method: string;
  readonly site: PatchSite<Subscriber>;
  readonly hook: Method;
  /** Of a call outside any group. */
  readonly origin: Origin;
}

/** What the function that takes a method's place works with. */
export function patchedMethod(talk: Talk, method: string, site: PatchSite<Subscriber>, hook: Method): Patched {
  // Shared by the records of the method, so it is the same for all of them whatever a patcher does.
  const origin: Origin = Object.freeze({ name: BRIDGE.name, level: Object.freeze({ name: method }) });
  return { talk, method, site, hook, origin };
}

const NOBODY: readonly Subscriber[] = [];

/** Who wants what the method says. */
export function listenersOf({ site }: Patched): readonly Subscriber[] {
  const { subscribers } = site;
  const [first] = subscribers;
  if (first && subscribers.length === 1) return first.port.wants(first.level.no) ? subscribers : NOBODY;
  return subscribers.filter(({ port, level }) => port.wants(level.no));
}

/** Who listens, and has said that such a call is no record: neither is what the console prints of it to a stream. */
export function refusing({ site }: Patched): Subscriber | undefined {
  return site.subscribers.find(({ port, level }) => !port.wants(level.no) && port.wants(Number.MAX_VALUE));
}

/** Does this one silence the console? */
export function replaces({ port }: Subscriber): boolean {
  return port.mode === "replace";
}

/** Does a call that nobody wants fall silent? */
export function isMuted({ site }: Patched): boolean {
  return site.subscribers.some(({ port, follows }) => mutes(port, follows));
}
