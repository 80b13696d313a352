import { runtime } from "#runtime";
import { saysHowToSend } from "../options/checks.ts";
import { mapOptions, type OwnSettings, resolveOwnSettings } from "../options/own-settings.ts";
import type { OtelSinkOptions } from "../options.ts";
import type { OtelLoggerProvider } from "../providers.ts";
import { AutomaticRoute } from "./automatic-route.ts";
import { NoRoute } from "./no-route.ts";
import { afterReady, openOutlet } from "./outlet.ts";
import { OwnRoute } from "./own-route.ts";
import { ProviderRoute } from "./provider-route.ts";
import type { Route } from "./route.ts";
import { Scopes } from "./scopes.ts";

/** As long as a delivery of our own waits. */
const FLUSH_TIMEOUT_MS = 10_000;
const EXIT_TIMEOUT_MS = 5_000;

/** The sink that a route is for. */
export interface RouteOwner {
  /** What the context of records that are emitted is marked with. */
  readonly mark: object;
  readonly fail: (error: unknown) => void;
}

/** What the options mean, checked; a route is opened when records come. */
export type Plan =
  | { readonly kind: "own"; readonly settings: OwnSettings }
  | { readonly kind: "provider"; readonly provider: OtelLoggerProvider }
  | { readonly kind: "automatic" };

/** @throws LogbridgeTypeError LB1630, LogbridgeError LB1631 and LB1634 for options that are wrong */
export function planRoute(options: OtelSinkOptions): Plan {
  if (options.provider) return { kind: "provider", provider: options.provider as OtelLoggerProvider };
  if (saysHowToSend(options)) return { kind: "own", settings: resolveOwnSettings(options) };
  return { kind: "automatic" };
}

/** Opens the route of a plan. */
export function openRoute(plan: Exclude<Plan, { kind: "own" }>, options: OtelSinkOptions, owner: RouteOwner): Route {
  const through = (provider: OtelLoggerProvider): Route => openProviderRoute(provider, options, owner);
  if (plan.kind === "provider") return through(plan.provider);
  return new AutomaticRoute({
    own: () => openOwnRoute(resolveOwnSettings(options), options, owner) ?? new NoRoute(),
    through,
  });
}

function openProviderRoute(provider: OtelLoggerProvider, options: OtelSinkOptions, owner: RouteOwner): Route {
  return new ProviderRoute(provider, {
    scopes: scopesOf(options),
    map: mapOptions(options),
    flushTimeoutMs: options.flushTimeoutMs ?? FLUSH_TIMEOUT_MS,
    exitTimeoutMs: options.exitTimeoutMs ?? EXIT_TIMEOUT_MS,
    mark: owner.mark,
  });
}

/** Opens a delivery of our own; `null` where the environment has switched sending off. */
export function openOwnRoute(settings: OwnSettings, options: OtelSinkOptions, owner: RouteOwner): Route | null {
  return openOutlet<Route>(settings, owner.fail, (outlet) => {
    const spool = options.spool === undefined ? null : runtime.openSpool(options.spool);
    const exporter = afterReady(outlet.exporter, settings.resource.ready);
    return new OwnRoute(
      { ...outlet, exporter },
      { scopes: scopesOf(options), map: settings.map, delivery: { ...settings.delivery, spool }, fail: owner.fail },
    );
  });
}

function scopesOf({ scope, code }: OtelSinkOptions): Scopes {
  return new Scopes(scope, code ?? true);
}
