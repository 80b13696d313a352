// Nothing is configured.
import { logger } from "@logbridge/core";

logger.info("ready-made");
globalThis.done = true;
