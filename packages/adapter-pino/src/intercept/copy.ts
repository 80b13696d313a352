import { type Method, patchMethod } from "@logbridge/core";
import { chainOf, isPinoLogger, type PinoLogger, symbolOf } from "../map/their-logger.ts";
import type { Ear } from "./ear.ts";

/** What is known of the copy of pino that made a logger. */
export interface Copy {
  /** What all loggers of the copy inherit from, with the symbol of the method that makes their lines; `null` where there is none. */
  readonly lines: { readonly shared: object; readonly asJson: symbol } | null;
  /** The folder of the copy below `node_modules`, which need not be called "pino"; `null` where it has none. */
  readonly folder: string | null;
}

/** The copy of a pino function, known by a logger that never writes. */
export function copyOfFunction(pino: (options: object, stream: object) => unknown): Copy {
  let folder: string | null = null;
  const timestamp = (): string => {
    folder ??= callingFolder();
    return ',"time":0';
  };
  const made = pino({ level: "silent", timestamp }, { write() {} });
  return { lines: isPinoLogger(made) ? linesOf(made) : null, folder };
}

/** The copy that made a logger. */
export function copyOfLogger(logger: PinoLogger): Copy {
  let folder: string | null = null;
  const bindings = (given: object): object => {
    folder ??= callingFolder();
    return given;
  };
  // A child that nobody hears of: neither the application's listeners nor its `onChild`.
  const own = Object.create(logger, { emit: { value: () => true }, onChild: { value: () => {} } }) as PinoLogger;
  own.child({} as never, { formatters: { bindings } } as never);
  return { lines: linesOf(logger), folder };
}

function linesOf(logger: PinoLogger): Copy["lines"] {
  const asJson = symbolOf(logger, "asJson");
  const shared = asJson && chainOf(logger).find((one) => Object.hasOwn(one, asJson));
  return asJson && shared ? { shared, asJson } : null;
}

const FOLDER = /.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/;

/** The package that calls the function which asks. */
function callingFolder(): string | null {
  const line = String(new Error().stack).split("\n")[3] ?? "";
  return FOLDER.exec(line)?.[1]?.replace("\\", "/") ?? null;
}

/** Listens at the method by which all loggers of a copy make their lines, made before or after: pino before 9.10 publishes nothing. */
export function listenAtCopy({ shared, asJson }: NonNullable<Copy["lines"]>, ear: Ear): () => void {
  return patchMethod<Ear>(shared, asJson, ear, (site) => {
    const heard = function (this: PinoLogger, ...given: unknown[]): unknown {
      const line = site.original.apply(this, given as never[]) as string;
      const [object, text, number, time] = given as [unknown, unknown, number, string];
      for (const one of site.subscribers)
        one.hear({ logger: this, object, text, number, time: String(time), line }, heard as never);
      return line;
    };
    return heard as Method;
  });
}
