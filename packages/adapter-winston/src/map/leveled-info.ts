import { isError } from "@logbridge/core";
import { type Info, LEVEL } from "./info.ts";
import { freshInfo } from "./remembered.ts";

/** A copy of an info for one more format, with its level under the name that the format takes. */
export function leveledInfo(info: Info, name: string): Info {
  const copy: Info = isError(info) ? freshInfo(info) : { ...info };
  // A format before this one may have coloured it.
  if (copy["level"] === copy[LEVEL]) copy["level"] = name;
  copy[LEVEL] = name;
  return copy;
}
