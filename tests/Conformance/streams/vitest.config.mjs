import { defineConfig } from "vitest/config";

// Yjs' server tells at length of each server that is killed under it; that is worth reading only where a test fails.
const silent = "passed-only";

export default defineConfig({
  test: { include: ["*.test.mjs"], testTimeout: 30_000, hookTimeout: 60_000, fileParallelism: false, silent },
});
