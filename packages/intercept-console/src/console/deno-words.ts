import { consoleText, withoutColors } from "@logbridge/core";
import type { Understood } from "../map.ts";
import { traceText } from "./stack.ts";
import { directoryBy, labelOf, type Wording } from "./words.ts";

type OwnConsole = Readonly<Record<string, (...args: readonly unknown[]) => void>>;
type ConsoleClass = new (print: (text: string, level: number) => void) => OwnConsole;
type InspectArgs = (args: readonly unknown[], options: object) => string;

/** What Deno keeps for its own tests, and gives to everybody. */
interface Internals {
  readonly Console?: ConsoleClass;
  readonly inspectArgs?: InspectArgs;
}

/** The level at which a console of Deno warns. */
const WARNING = 2;

/** The words of Deno's own console; `null` elsewhere. */
export function denoWords(): Wording | null {
  const { Deno: deno } = globalThis as {
    readonly Deno?: { readonly internal: symbol; readonly [key: symbol]: Internals | undefined };
  };
  const { Console, inspectArgs } = deno?.[deno.internal] ?? {};
  return Console && inspectArgs ? new DenoWords(Console, inspectArgs) : null;
}

/** Asks a console of Deno's class that prints nowhere. What was begun before our time it does not know. */
class DenoWords implements Wording {
  readonly print: Wording["print"] = consoleText;
  readonly stackText: Wording["stackText"] = (args, above) => traceText(consoleText(args), above);
  readonly #console: OwnConsole;
  readonly #inspectArgs: InspectArgs;
  readonly #timers = new Set<string>();
  #printed = "";
  #warned = false;

  constructor(Console: ConsoleClass, inspectArgs: InspectArgs) {
    this.#inspectArgs = inspectArgs;
    this.#console = new Console((text, level) => {
      this.#printed += text;
      if (level === WARNING) this.#warned = true;
    });
  }

  readonly assertion = (args: readonly unknown[]): readonly unknown[] => {
    const [first, ...rest] = args;
    if (args.length === 0) return ["Assertion failed"];
    return typeof first === "string" ? [`Assertion failed: ${first}`, ...rest] : ["Assertion failed:", ...args];
  };

  readonly directory = (args: readonly unknown[]): Understood =>
    directoryBy(args, (value, options) => this.#inspectArgs([value], { ...options, colors: false }));

  say(method: string, args: readonly unknown[]): string | null {
    this.#printed = "";
    this.#warned = false;
    this.#console[method]?.(...args);
    if (method === "time") this.#timers.add(labelOf(args[0]));
    if (method === "timeEnd") this.#timers.delete(labelOf(args[0]));
    return this.#warned || this.#printed === "" ? null : withoutColors(this.#printed).replace(/\n$/, "");
  }

  warning(method: string, args: readonly unknown[]): string | null {
    const label = labelOf(args[0]);
    return method === "time" && this.#timers.has(label) ? `Timer '${label}' already exists` : null;
  }
}
