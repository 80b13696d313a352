import { platform } from "#platform";
import { LogbridgeTypeError, shown } from "../diagnostics.ts";
import { moduleNameOf } from "../record/caller.ts";

/** The name that `forModule` fixes. @throws LogbridgeTypeError LB1022 */
export function moduleName(module: { readonly url: string } | string | null): string | null {
  if (module === null || typeof module === "string") return module;
  if (typeof module === "object" && typeof module.url === "string") return moduleNameOf(platform.filePath(module.url));
  throw new LogbridgeTypeError("LB1022", `forModule(): expected import.meta, a name or null, got ${shown(module)}`);
}
