import { filterActivation } from "./filter-activation.ts";
import { levels } from "./levels.ts";
import { markup } from "./markup.ts";
import { messageFormat } from "./message-format.ts";
import { parse } from "./parse.ts";
import { scenarios } from "./scenarios.ts";
import { serialize } from "./serialize.ts";
import type { Runner } from "./table.ts";
import { timeFormat } from "./time-format.ts";

/** The tables that are run, each by its runner. */
export const runners: readonly Runner[] = [
  filterActivation,
  levels,
  markup,
  messageFormat,
  parse,
  scenarios,
  serialize,
  timeFormat,
] as readonly Runner<never>[] as readonly Runner[];
