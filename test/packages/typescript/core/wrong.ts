import { logger } from "@logbridge/core";

logger.add(42);
