import { type Interception, logger } from "@logbridge/core";

export function inside(interception: Interception): void {
  using restored = interception;
  using entered = logger.contextualize({ task: 1 });
  logger.info("inside {}", [restored.origin, entered]);
}
