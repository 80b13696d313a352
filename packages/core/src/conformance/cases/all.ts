import type { Scenario } from "../scenario.ts";
import { callers } from "./callers.ts";
import { contexts } from "./contexts.ts";
import { errors } from "./errors.ts";
import { fields } from "./fields.ts";
import { levels } from "./levels.ts";
import { messages } from "./messages.ts";
import { objects } from "./objects.ts";
import { orders } from "./orders.ts";
import { outputs } from "./outputs.ts";
import { restores } from "./restores.ts";
import { rings } from "./rings.ts";
import { targets } from "./targets.ts";
import { time } from "./time.ts";

/** All cases, from what a record carries to what goes round. */
export const SCENARIOS: readonly Scenario[] = [
  ...levels,
  ...time,
  ...messages,
  ...fields,
  ...errors,
  ...contexts,
  ...callers,
  ...orders,
  ...objects,
  ...targets,
  ...outputs,
  ...restores,
  ...rings,
];
