// JSON-RPC 2.0, one message a line, as the Model Context Protocol has it over stdio.
import { createInterface } from "node:readline";

/**
 * Answers requests until its input ends.
 *
 * @param {Readonly<Record<string, (params: object) => unknown>>} methods what can be asked
 * @param {NodeJS.ReadableStream} input
 * @param {NodeJS.WritableStream} output
 */
export async function serve(methods, input, output) {
  for await (const line of createInterface({ input })) {
    const { id, method, params } = JSON.parse(line);
    if (id === undefined) continue;
    const message = { jsonrpc: "2.0", id, ...(await answer(methods[method], params)) };
    output.write(`${JSON.stringify(message)}\n`);
  }
}

async function answer(method, params) {
  if (!method) return { error: { code: -32601, message: "Method not found" } };
  try {
    return { result: await method(params ?? {}) };
  } catch (error) {
    return { error: { code: -32603, message: error.message } };
  }
}
