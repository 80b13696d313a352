import { fillPercent, jsonText } from "../map/percent-text.ts";
import { objectOf } from "../map/taken-error.ts";

type LogMethod = (this: object, args: unknown[], method: (...args: unknown[]) => void, number: number) => void;

/** Functions of the application that change what a logger is told, and what it writes. */
export interface Hooks {
  readonly logMethod?: LogMethod | undefined;
  readonly streamWrite?: ((line: string) => string) | undefined;
}

/** What a call says: its merge object and its text. */
interface Said {
  readonly object: Record<string, unknown>;
  readonly text: unknown;
}

/** What a logger's hook makes of a call; `null` where it calls no method. */
export function hookedCall(hook: LogMethod, logger: object, { object, text }: Said, number: number): Said | null {
  let made: Said | null = null;
  const method = (...args: unknown[]): void => {
    const isText = typeof args[0] !== "object" && args[0] !== undefined;
    const [template, ...values] = isText ? args : args.slice(1);
    const filled = typeof template === "string" ? fillPercent(template, values, jsonText).text : template;
    made = { object: isText ? {} : ({ ...objectOf(args[0]) } as Record<string, unknown>), text: filled };
  };
  hook.call(logger, text === undefined ? [object] : [object, text], method, number);
  return made;
}
