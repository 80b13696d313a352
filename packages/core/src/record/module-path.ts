import { platform } from "#platform";
import { readyPattern } from "../ready-pattern.ts";

const ADDRESS = readyPattern(/^[A-Za-z][\w+.-]+:\/\/[^/]*\/+(.*)$/);
const DOTS = readyPattern(/^(?:\.\/)+/);
const SLASHES = readyPattern(/^\/+/);
const EXTENSION = readyPattern(/([^/\\])\.[^./\\]+$/);
const QUERY = readyPattern(/[?#].*$/);

/**
 * A file's module name as one would import it: inside a dependency `package/lib/file`, inside the application the path from its
 * nearest `package.json`; without extension, with `/`. Where there is no file system, the path of its URL.
 *
 * @example
 * moduleNameOf("/srv/app/node_modules/express/lib/router.js"); // "express/lib/router"
 */
export function moduleNameOf(path: string): string {
  const inside = insideNodeModules(path);
  if (inside !== null) return withoutExtension(withoutQuery(inside));
  const url = ADDRESS.exec(path);
  if (url) return withoutExtension(withoutQuery(url[1] as string).replace(DOTS, ""));
  if (path.startsWith("node:")) return path;
  const found = platform.packageOf(path);
  const relative = found && path.startsWith(found.root) ? path.slice(found.root.length) : baseName(path);
  return withoutExtension(relative.replaceAll("\\", "/").replace(SLASHES, ""));
}

/** The package of a path below the last `node_modules`, scope included; `null` outside of one. */
export function dependencyOf(path: string): string | null {
  const inside = insideNodeModules(path);
  if (inside === null) return null;
  const [first = "", second = ""] = inside.split("/");
  return first.startsWith("@") ? `${first}/${second}` : first;
}

/** A path's last segment. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

/** A path without what stands behind the last dot of its last segment. */
export function withoutExtension(path: string): string {
  return path.replace(EXTENSION, "$1");
}

// pnpm and nested installations have several; the last one is the package's own.
function insideNodeModules(path: string): string | null {
  const forward = path.replaceAll("\\", "/");
  const at = forward.lastIndexOf("/node_modules/");
  return at < 0 ? null : forward.slice(at + "/node_modules/".length);
}

function withoutQuery(path: string): string {
  return path.replace(QUERY, "");
}
