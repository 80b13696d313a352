import { dirname, join } from "node:path";
import { LogbridgeError } from "@logbridge/core";
import type { Copy } from "../levels.ts";

/**
 * The module of a type that is given by name, looked for where log4js looks.
 *
 * @param caller where the type was given, for the error
 * @throws LogbridgeError LB1531 where there is none
 */
export function moduleOfType(type: string, copy: Copy, caller: string): unknown {
  const load = copy.load();
  const places = [
    `./appenders/${type}`,
    type,
    ...(load?.main?.filename ? [join(dirname(load.main.filename), type)] : []),
    join(process.cwd(), type),
  ];
  for (const place of load ? places.flatMap((one) => [`${one}.cjs`, one]) : []) {
    let path: string;
    try {
      path = (load as NodeJS.Require).resolve(place);
    } catch {
      continue;
    }
    try {
      return (load as NodeJS.Require)(path);
    } catch (cause) {
      throw new LogbridgeError(
        "LB1531",
        `${caller}: the module of type ${JSON.stringify(type)} (${path}) cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}`,
        { cause },
      );
    }
  }
  const why = load ? `looked for ${places.join(", ")}` : "where log4js was loaded from cannot be found, as in a bundle";
  throw new LogbridgeError(
    "LB1531",
    `${caller}: there is no appender of type ${JSON.stringify(type)} (${why}); give its module as type: { type: require("the-appender"), … }`,
  );
}
