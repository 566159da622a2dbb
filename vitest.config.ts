import { defineConfig } from "vitest/config";

/** These set what a module reads once, as it is loaded: each runs in a process of its own. */
const ownProcess = ["test/functions/lambda/**/*.test.ts", "test/web/session.test.ts"];
const portal = ["test/e2e/**/*.test.ts"];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: "forks",
    maxWorkers: 2,
    // Run in the order of their names: the long ones first, or one worker would end on them alone.
    projects: [
      { extends: true, test: { name: "browser", include: portal, isolate: false } },
      { extends: true, test: { name: "own-process", include: ownProcess } },
      {
        extends: true,
        test: {
          name: "shared",
          include: ["test/**/*.test.ts"],
          exclude: [...portal, ...ownProcess],
          // To load the code anew for each of 200 files takes longer than most of them run.
          isolate: false,
        },
      },
    ],
  },
});
