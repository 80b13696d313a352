import { platform } from "#platform";
import { reportOnce, shown } from "../diagnostics.ts";
import { levelAnsi } from "../format/markup.ts";
import { processState } from "../state.ts";
import { type Level, Levels, STANDARD_LEVELS } from "./level.ts";

// A wrong variable is said once, however many loggers are made.
const warned: Set<string> = processState("environment", () => new Set<string>());

/** Loguru's levels, with what `LOGBRIDGE_<LEVEL>_NO`, `_COLOR` and `_ICON` say of them. A wrong value is reported and not used. */
export function standardLevels(): Levels {
  return new Levels(STANDARD_LEVELS.map((level) => [level.name, withEnvironment(level)]));
}

function withEnvironment({ name, no, color, icon }: Level): Level {
  return {
    name,
    no: attribute(name, "NO", no, readNumber),
    color: attribute(name, "COLOR", color, readColor),
    icon: attribute(name, "ICON", icon, String),
  };
}

function attribute<Value>(level: string, name: string, builtIn: Value, read: (text: string) => Value): Value {
  const variable = `LOGBRIDGE_${level}_${name}`;
  const text = platform.env(variable);
  if (text === undefined) return builtIn;
  try {
    return read(text);
  } catch (error) {
    reportOnce(
      warned,
      variable,
      "LB1013",
      `${variable}=${shown(text)} is not used, ${shown(builtIn)} stays: ${(error as Error).message}`,
    );
    return builtIn;
  }
}

function readNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new RangeError("expected an integer from 0 up");
  return Number(text);
}

function readColor(text: string): string {
  levelAnsi(text);
  return text;
}
