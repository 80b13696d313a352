import type { FileReport } from "./run-file.ts";

/** A runtime in which files of tests are run. */
export interface TestedRuntime {
  /** With its version, as it is printed. */
  readonly title: string;
  /** As exceptions name it. */
  readonly name: string;
  /**
   * Runs files of tests, each in a process, worker or page of its own.
   *
   * @param files paths from the root of the repository
   * @param folder an empty folder for whatever has to be written
   */
  run(files: readonly string[], folder: string): Promise<readonly FileReport[]>;
  close(): Promise<void>;
}
