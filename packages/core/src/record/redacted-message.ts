import { CENSOR } from "../format/censor.ts";
import type { LogRecord } from "./record.ts";
import { compileRedaction } from "./redaction.ts";

/**
 * For adapters whose library hides fields of its lines: the message of a record without the values that stand at `paths`. It is made anew
 * from the call where that was kept (`needs: { redacts: true }`), else the values are searched in the text.
 *
 * @param paths as those of the option `redact`, from the values of a call on; what was thrown is read like such a value
 * @param where what error messages name
 * @param censor what stands in place of a value
 * @throws LogbridgeTypeError LB1040, LogbridgeError LB1041 for a malformed path
 * @example
 * const messageOf = compileMessageRedaction(["password"], "pinoSink()", "[Redacted]");
 */
export function compileMessageRedaction(
  paths: readonly string[],
  where: string,
  censor: string,
): (record: LogRecord) => string {
  const redact = compileRedaction(paths, where);
  if (!redact) return (record) => record.message;
  return (record) => {
    const shown = redact(record);
    return shown === record ? record.message : shown.message.replaceAll(CENSOR, () => censor);
  };
}
