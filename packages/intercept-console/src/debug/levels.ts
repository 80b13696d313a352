import {
  type InboundPort,
  isPlainObject,
  isPromised,
  LogbridgeTypeError,
  type NamedSeverity,
  nameOfSeverity,
  severityOfName,
} from "@logbridge/core";
import { givenText } from "../given-text.ts";
import { DEBUG_LEVEL, givenSeverity } from "../levels.ts";

/**
 * The level of what a namespace of `debug` says: by pattern, in the syntax of `DEBUG` (`*`, several with commas, `-` for all but), of which
 * the first that fits decides; or a function, which gives `undefined` for DEBUG.
 */
export type LevelsByNamespace =
  | Readonly<Record<string, string | number>>
  | ((namespace: string) => string | number | undefined);

type Fitting = (namespace: string) => NamedSeverity;

const WHOLE_NAMES = 1_000;

/**
 * How the level of a namespace is found.
 *
 * @throws LogbridgeTypeError LB1412 for something else, LogbridgeError LB1003 for an unknown level
 */
export function namespaceLevels(levels: unknown, port: Pick<InboundPort, "levelNamed" | "fail">): Fitting {
  if (levels === undefined) return () => DEBUG_LEVEL;
  if (typeof levels === "function") return askedLevels(levels as (namespace: string) => unknown, port);
  if (!isPlainObject(levels))
    throw new LogbridgeTypeError(
      "LB1412",
      `interceptDebug(): option levels must be an object of levels by namespace, as { "app:warn*": "WARNING" }, or a function, got ${givenText(levels)}`,
    );
  return matchedLevels(
    Object.entries(levels).map(([pattern, level]) => [templatesOf(pattern), levelGiven(pattern, level, port)]),
  );
}

/** A function of the application that fails costs the record its level, and nobody a record. */
function askedLevels(ask: (namespace: string) => unknown, port: Pick<InboundPort, "levelNamed" | "fail">): Fitting {
  let asking = false;
  return (namespace) => {
    // A function that says something by `debug` would be asked about its own words without end.
    if (asking) return DEBUG_LEVEL;
    asking = true;
    try {
      const level = ask(namespace);
      if (isPromised(level))
        throw new TypeError("levels gave a promise; it must answer at once, and an async function cannot");
      return level === undefined ? DEBUG_LEVEL : levelGiven(namespace, level, port);
    } catch (error) {
      port.fail(error);
      return DEBUG_LEVEL;
    } finally {
      asking = false;
    }
  };
}

type Template = (namespace: string) => boolean;

/** What a pattern holds: the namespaces that it takes, and those that it does not. */
interface Templates {
  readonly names: readonly Template[];
  readonly skips: readonly Template[];
}

function matchedLevels(rows: readonly (readonly [Templates, NamedSeverity])[]): Fitting {
  const known = new Map<string, NamedSeverity>();
  return (namespace) => {
    let level = known.get(namespace);
    if (level) return level;
    level = rows.find(([templates]) => fits(templates, namespace))?.[1] ?? DEBUG_LEVEL;
    // Namespaces may be made of ids: what is remembered has an end.
    if (known.size >= WHOLE_NAMES) known.clear();
    known.set(namespace, level);
    return level;
  };
}

function fits({ names, skips }: Templates, namespace: string): boolean {
  return !skips.some((fit) => fit(namespace)) && names.some((fit) => fit(namespace));
}

function templatesOf(pattern: string): Templates {
  const parts = pattern.split(/[\s,]+/).filter(Boolean);
  if (parts.length === 0)
    throw new LogbridgeTypeError(
      "LB1412",
      `interceptDebug(): option levels: ${JSON.stringify(pattern)} names no namespace; give one as debug does, such as "app:*"`,
    );
  const skips = parts.filter((part) => part.startsWith("-")).map((part) => templateOf(part.slice(1)));
  const names = parts.filter((part) => !part.startsWith("-")).map(templateOf);
  // Only exceptions: all but these.
  return { names: names.length > 0 ? names : [() => true], skips };
}

/** As `debug` compares: `*` is any text, all else is itself. Part after part at its first place, so that no pattern takes long. */
function templateOf(text: string): Template {
  const [start = "", ...parts] = text.split(/\*+/);
  const end = parts.pop();
  if (end === undefined) return (namespace) => namespace === start;
  return (namespace) => {
    if (!namespace.startsWith(start)) return false;
    let at = start.length;
    for (const part of parts) {
      const found = namespace.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return namespace.length - end.length >= at && namespace.endsWith(end);
  };
}

/** Ours go before what a name means in any library. */
function levelGiven(pattern: string, level: unknown, port: Pick<InboundPort, "levelNamed">): NamedSeverity {
  if (typeof level === "string" && port.levelNamed(level) === null) {
    const no = severityOfName(level);
    if (no !== null) return { name: nameOfSeverity(no, level), no };
  }
  return givenSeverity(level, `interceptDebug(): option levels: the level of ${JSON.stringify(pattern)}`, port);
}
