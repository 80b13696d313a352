import { platform } from "#platform";
import { readyPattern } from "../ready-pattern.ts";
import { type CallSite, captureSites, fileOf } from "./call-sites.ts";
import { dependencyOf } from "./module-path.ts";
import { positionOf } from "./position.ts";

const RUNTIME = readyPattern(/^(?:node:|internal\/|ext:|bun:|native$|\[unknown\]$)/);
const THIS_FILE = readyPattern(/^(.*\/)core\/(?:src|dist\/(?:esm|cjs))\/record\/foreign-frames\.[jt]s$/);
const OWN_PACKAGE = readyPattern(/^(?:core|adapter-[\w-]+|intercept-[\w-]+|register|journal)\/(?:src|dist)\//);

/** Wrappers of monitoring products, which stand between the application and any library. */
const WRAPPERS: readonly string[] = [
  "diagnostic-channel",
  "diagnostic-channel-publishers",
  "dd-trace",
  "newrelic",
  "elastic-apm-node",
  "shimmer",
  "import-in-the-middle",
  "require-in-the-middle",
];
const WRAPPER_SCOPES: readonly string[] = [
  "@logbridge/",
  "@opentelemetry/instrumentation",
  "@sentry/",
  "@newrelic/",
  "@datadog/",
];

/**
 * The frame that called a foreign library: the first that is neither the runtime's, nor this library's, nor one of the packages
 * on the way. `undefined` where none is left.
 *
 * @param packages names as they stand below `node_modules`
 * @param depth how many further frames to leave out
 */
export function callerAmong(
  sites: readonly CallSite[],
  packages: readonly string[],
  depth: number,
): CallSite | undefined {
  let left = depth;
  for (const site of sites) {
    const file = fileOf(site);
    if (file === null || isRuntime(file) || isOnTheWay(site, file, packages)) continue;
    if (left-- === 0) return site;
  }
  return undefined;
}

function isRuntime(file: string): boolean {
  return RUNTIME.test(file);
}

function isOnTheWay(site: CallSite, file: string, packages: readonly string[]): boolean {
  const path = platform.filePath(file);
  const dependency = dependencyOf(path);
  if (dependency !== null) return isSkipped(dependency, packages);
  if (isOwn(path)) return true;
  // In a bundle only its source map knows which package a line is of.
  const { path: original } = positionOf(file, site.getLineNumber() ?? 0, site.getColumnNumber() ?? 0, site);
  const bundled = original === path ? null : dependencyOf(original);
  return bundled !== null && isSkipped(bundled, packages);
}

function isSkipped(dependency: string, packages: readonly string[]): boolean {
  return (
    packages.includes(dependency) ||
    WRAPPERS.includes(dependency) ||
    WRAPPER_SCOPES.some((scope) => dependency.startsWith(scope))
  );
}

/** Is this file part of this library, wherever it is installed? */
export function isOwnFile(path: string): boolean {
  return dependencyOf(path)?.startsWith("@logbridge/") ?? isOwn(path);
}

/** Where the folders of this library's packages are. */
let ownFolder: string | null | undefined;

/** Is this file part of this library, where that is not installed below `node_modules`? */
function isOwn(path: string): boolean {
  if (ownFolder === undefined) ownFolder = findOwnFolder();
  if (ownFolder === null) return false;
  const forward = path.replaceAll("\\", "/");
  return forward.startsWith(ownFolder) && OWN_PACKAGE.test(forward.slice(ownFolder.length));
}

function findOwnFolder(): string | null {
  // The first frame above `captureSites` is this function, so it names this file without asking for the module's address.
  const site = captureSites(captureSites, 1)?.[0];
  const file = site && fileOf(site);
  return file ? (THIS_FILE.exec(platform.filePath(file).replaceAll("\\", "/"))?.[1] ?? null) : null;
}
