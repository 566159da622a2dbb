import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { temporaryInMemory } from "./test/support/temporary.ts";

/** These set what a module reads once, as it is loaded: each runs in a process of its own. */
const ownProcess = ["test/functions/lambda/**/*.test.ts", "test/web/session.test.ts"];
const portal = ["test/e2e/**/*.test.ts"];
/** These start processes of their own and wait for them. */
const long = [
  "test/cloud/**/*.test.ts",
  "test/recovery/**/*.test.ts",
  "test/infra/app.test.ts",
  "test/journeys/moving-house.test.ts",
];

/** To load the code anew for each of 200 files takes longer than most of them run. */
const isolate = false;

const temporary = temporaryInMemory() ?? tmpdir();
/** Also of the processes that tests start, which mostly load what the one before them has compiled. */
const env = { TMPDIR: temporary, NODE_COMPILE_CACHE: join(temporary, "fairway-compile-cache") };

/**
 * A worker keeps some 400 MB of code and fixtures; on a large machine Node would let waste pile up on that to 4 GB before it
 * cleared it away.
 */
const execArgv = ["--max-old-space-size=1024"];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: "forks",
    execArgv,
    maxWorkers: 2,
    globalSetup: ["test/support/temporary.ts"],
    // Run in the order of their names: the long ones first, or one worker would end on them alone.
    projects: [
      { extends: true, test: { name: "browser", include: portal, isolate } },
      { extends: true, test: { name: "long", include: long, isolate, env } },
      { extends: true, test: { name: "own-process", include: ownProcess, env } },
      {
        extends: true,
        test: {
          name: "shared",
          include: ["test/**/*.test.ts"],
          exclude: [...portal, ...long, ...ownProcess],
          isolate,
          env,
        },
      },
    ],
  },
});
