import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/**
 * How large a browser's bundle is with a logger, its templates and the console sink.
 * @returns {Promise<{ minified: number, gzipped: number }>} bytes
 */
export async function browserSize() {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { consoleSink, createLogger } from "@logbridge/core";
        const logger = createLogger();
        logger.add(consoleSink(), { format: "{time:HH:mm:ss} {level} {message}" });
        logger.info("hello {}", "browser");`,
      resolveDir: import.meta.dirname ?? new URL(".", import.meta.url).pathname,
    },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    write: false,
  });
  const bytes = /** @type {{ contents: Uint8Array }} */ (outputFiles[0]).contents;
  return { minified: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length };
}
