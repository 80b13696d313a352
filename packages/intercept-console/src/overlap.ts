import { type Logger, Overlaps, report } from "@logbridge/core";
import type { ConsoleInterceptOptions } from "./source.ts";

/** What one interception listens to. */
interface Place {
  readonly console: object;
  /** Outputs and events of the process. */
  readonly shared: readonly string[];
}

const overlaps = new Overlaps<Place>((one, other) => common(one, other).length > 0, "console");

/**
 * Notes an interception, and reports one that hears what another one hears for the same logger of ours.
 *
 * @returns ends it
 */
export function enterPlace(options: ConsoleInterceptOptions, logger: Logger): () => void {
  const place = placeOf(options);
  return overlaps.enter(place, logger, (other) =>
    report(
      "LB1545",
      `interceptConsole(): ${common(place, other).join(", ")}: listened to already for the same logger, so each record comes in twice; restore() the other interception first`,
    ),
  );
}

function placeOf(options: ConsoleInterceptOptions): Place {
  const { console, streams, warnings, uncaught, processLog, protectStdout } = options;
  const listened: Readonly<Record<string, boolean | undefined>> = {
    stdout: streams || protectStdout,
    stderr: streams,
    warnings,
    uncaught,
    "the process log": processLog,
  };
  return {
    console: console === undefined || console === "all" ? globalThis.console : console,
    shared: Object.keys(listened).filter((name) => listened[name]),
  };
}

function common(one: Place, other: Place): string[] {
  const shared = one.shared.filter((name) => other.shared.includes(name));
  return one.console === other.console ? ["the console", ...shared] : shared;
}
