import { LogbridgeTypeError, type Method, type PatchSite, patchMethod } from "@logbridge/core";
import { isWinstonLogger, rootOf, type WinstonLogger } from "../propagate/winston-logger.ts";

/** The winston module, as far as it is used here. */
export interface WinstonModule {
  /** Newer versions show the class of all loggers. */
  readonly Logger?: unknown;
  createLogger(...options: never[]): unknown;
}

/** Counts how deep in calls of one child the program is: an interception of that child must not hear its siblings. */
export interface Depth {
  depth: number;
}

function wrapChild(site: PatchSite<Depth>): Method {
  const { original } = site;
  return function (...args) {
    const { subscribers } = site;
    for (const one of subscribers) one.depth++;
    try {
      return original.apply(this, args);
    } finally {
      for (const one of subscribers) one.depth--;
    }
  };
}

/** A child's own `write` cannot be replaced; its level methods can. */
export function patchChild({ logger, depth }: Child): (() => void)[] {
  return ["log", "profile", ...Object.keys(logger.levels)]
    .filter((name) => typeof (logger as unknown as Record<string, unknown>)[name] === "function")
    .map((name) => patchMethod(logger, name, depth, wrapChild));
}

export interface Child {
  readonly logger: WinstonLogger;
  readonly depth: Depth;
}

/** Where the patches go, and whom they concern. */
export interface Place {
  /** The prototype of all loggers: one patch there, whatever the target. */
  readonly holder: object;
  /** The logger that is meant, or that of the child that is meant; `null`: all. */
  readonly root: object | null;
  /** The logger whose level follows from the beginning. */
  readonly logger: object | null;
  readonly child: Child | null;
  concerns(self: object): boolean;
}

export function placeOf(target: WinstonModule | WinstonLogger): Place {
  if (isWinstonLogger(target)) {
    const root = rootOf(target);
    const holder = holderOf(root);
    if (holder && root === target)
      return { holder, root, logger: root, child: null, concerns: (self) => self === root };
    const depth: Depth = { depth: 0 };
    if (holder)
      return {
        holder,
        root,
        logger: null,
        child: { logger: target, depth },
        concerns: (self) => self === root && depth.depth > 0,
      };
  }
  const holder = holderOf(classOf(target)?.prototype) ?? holderOf(madeBy(target));
  if (holder) return { holder, root: null, logger: null, child: null, concerns: () => true };
  throw new LogbridgeTypeError(
    "LB1514",
    'interceptWinston(): expected the winston module (import winston from "winston") or a winston logger',
  );
}

function classOf(target: unknown): { readonly prototype?: unknown } | null | undefined {
  return (target as { readonly Logger?: { readonly prototype?: unknown } | null } | null)?.Logger;
}

/** Older versions keep the class to themselves; a logger of theirs leads to it. */
function madeBy(target: unknown): unknown {
  const { createLogger } = (target ?? {}) as { readonly createLogger?: unknown };
  if (typeof createLogger !== "function") return undefined;
  try {
    return createLogger({ silent: true });
  } catch {
    return undefined;
  }
}

function holderOf(start: unknown): object | null {
  if (typeof start !== "object") return null;
  for (let at = start; at; at = Object.getPrototypeOf(at) as object | null)
    if (Object.hasOwn(at, "_transform") && Object.hasOwn(at, "configure")) return at;
  return null;
}
