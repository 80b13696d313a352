// What vitest's own functions (`vi`, `expect`) ask the worker that runs them for. Imported before vitest: it looks at its first use.

/** The settings of a run, as vitest's configuration has them. */
export const settings: { readonly testTimeout: number; readonly hookTimeout: number } = {
  testTimeout: 30_000,
  hookTimeout: 60_000,
};

const state = {
  config: { ...settings, fakeTimers: {}, expect: {}, snapshotOptions: {}, experimental: {}, chaiConfig: {} },
  ctx: { pool: "forks" },
  // As `import.meta.env` of vitest, which leads to the variables of the process.
  metaEnv: (globalThis as { process?: { env?: object } }).process?.env ?? {},
  environment: { name: "node" },
  evaluatedModules: { idToModuleMap: new Map() },
  resolvingModules: new Set(),
  onCleanup() {},
};

Object.defineProperty(globalThis, "__vitest_worker__", { value: state, configurable: true, writable: true });
