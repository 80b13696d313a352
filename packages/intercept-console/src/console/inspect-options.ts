import { hiddenSymbol } from "./hidden-part.ts";

/** Node's `inspectOptions` of a console. */
export type InspectOptions = Readonly<Record<string, unknown>>;

type Ask = (this: unknown, stream: unknown) => InspectOptions;

/**
 * How a console was told to show values, by `new Console({ inspectOptions })`; `null` where it was told nothing besides colours.
 *
 * It is the object that its owner gave, and Node writes into it whether the first stream that is printed to has colours. Asked while the console
 * knows of none, it decides nothing, so that what it prints stays as it is.
 */
export function inspectOptionsOf(console: object): InspectOptions | null {
  const asked = hiddenSymbol(console, "kGetInspectOptions");
  const colors = hiddenSymbol(console, "kColorMode");
  const mode = colors && Object.getOwnPropertyDescriptor(console, colors);
  if (!asked || !colors || !mode?.configurable) return null;
  const ask = (console as Readonly<Record<symbol, unknown>>)[asked];
  if (typeof ask !== "function") return null;
  Object.defineProperty(console, colors, { ...mode, value: undefined });
  try {
    const options = (ask as Ask).call(console, Object.getOwnPropertyDescriptor(console, "_stdout")?.value);
    return Object.keys(options).some((name) => name !== "colors" && options[name] !== undefined) ? options : null;
  } catch {
    // Options that are frozen: the console itself cannot print with them.
    return null;
  } finally {
    Object.defineProperty(console, colors, mode);
  }
}
