import { defaultServerConditions } from "vite";
import { configDefaults, defineConfig, type ViteUserConfig } from "vitest/config";

// Packages of the workspace are taken from their sources: what is tested in process needs no build. What is installed is taken as Node
// takes it: the form that some packages have for bundlers (`module`) cannot be loaded by Node.
const conditions = ["@logbridge/source", ...defaultServerConditions.filter((condition) => condition !== "module")];
const resolve = { conditions, mainFields: [] };

// What runs for long has a suite of its own: `npm run test:long`.
const long = process.env["TEST_LONG"] === "1";
const files = long ? "**/*.long.test.ts" : "**/*.test.ts";

const config: ViteUserConfig = defineConfig({
  resolve,
  ssr: { resolve },
  test: {
    include: [`packages/*/test/${files}`, `examples/*/test/${files}`, `test/${files}`],
    exclude: [...configDefaults.exclude, ...(long ? [] : ["**/*.long.test.ts"])],
    typecheck: {
      include: ["packages/*/test/**/*.test-d.ts", "test/**/*.test-d.ts"],
      tsconfig: "./tsconfig.json",
      // `npm run typecheck` answers for everything but the type tests themselves.
      ignoreSourceErrors: true,
    },
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    coverage: {
      provider: "v8",
      include: ["packages/*/src/**/*.ts"],
      reporter: ["text-summary", "json-summary"],
      reportsDirectory: "coverage",
    },
  },
});

// vitest reads its configuration from the default export.
export default config;
