import { report } from "@logbridge/core";
import { startTimer } from "./timer.ts";

/** How long records wait for what is still being found out about their resource. */
const LONGEST_MS = 4_000;

/**
 * Resolves when the detectors of a resource are done, or have had their time; then that is said. Never rejects.
 *
 * @param where how the message calls whoever waits
 * @param detecting gives what the detectors promise
 */
export function resourceKnown(where: string, detecting: () => Promise<unknown> | undefined): Promise<void> {
  return new Promise((resolve) => {
    const cancel = startTimer(() => {
      report(
        "LB1645",
        `${where}: the resource is not complete after ${LONGEST_MS} ms; records go out with what is known`,
      );
      resolve();
    }, LONGEST_MS);
    const done = (): void => {
      cancel();
      resolve();
    };
    // As one that is asynchronous: what throws rejects.
    (async () => detecting())().then(done, done);
  });
}
