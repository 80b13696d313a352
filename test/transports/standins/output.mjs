/**
 * What the process prints. The pieces are `{ stream: "stdout" | "stderr", text }`, one for each stream.
 * @returns {import("../row.mjs").Standin}
 */
export function output() {
  /** @type {Record<"stdout" | "stderr", Buffer[]>} */
  const chunks = { stdout: [], stderr: [] };
  return {
    at: {},
    attach: (child) => {
      child.stdout?.on("data", (chunk) => chunks.stdout.push(chunk));
      child.stderr?.on("data", (chunk) => chunks.stderr.push(chunk));
    },
    read: () =>
      /** @type {const} */ (["stdout", "stderr"]).map((stream) => ({
        stream,
        text: Buffer.concat(chunks[stream]).toString(),
      })),
    close: () => {},
  };
}
