import { LogbridgeError, shown } from "../../diagnostics.ts";
import { parseTemplate } from "../../format/template.ts";
import { compilePathTime, type Zone } from "../../format/time.ts";

/**
 * The name of a log file, with `{time}` and `{time:PATTERN}` filled in.
 *
 * @throws LogbridgeError LB1302 for any other field
 */
export function filePathAt(path: string, micros: number, zone: Zone): string {
  const template = parseTemplate(path);
  return template.parts
    .map((part) => {
      if (typeof part === "string") return part;
      if (part.head !== "time" || part.path.length > 0 || typeof part.spec !== "string")
        throw new LogbridgeError(
          "LB1302",
          `add(${shown(path)}): ${part.source} is no field of a file name; only {time} and {time:PATTERN} are`,
        );
      return compilePathTime(part.spec)(micros, zone);
    })
    .join("");
}
