/**
 * Runs recorded Step Functions cases against our endpoint: `node test/conformance/main.ts FOLDER [option …]`, where
 * FOLDER has the runner (`run.mjs`) and its `cases/`, and the options are the runner's (`--filter`, `--level`, `-v`).
 * Without others it takes the cases in JSONata. The cases stay outside of this repository.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const ROOT = join(import.meta.dirname, "../..");

const [folder, ...given] = process.argv.slice(2);
if (folder === undefined) {
  console.error("usage: node test/conformance/main.ts FOLDER [option …]");
  process.exitCode = 2;
} else {
  process.exitCode = await run(resolve(folder), given.length > 0 ? given : ["--ql", "jsonata,mixed", "-v"]);
}

async function run(cases: string, options: readonly string[]): Promise<number> {
  // The runner looks for the AWS SDK from where it is.
  const place = mkdtempSync(join(tmpdir(), "conformance-"));
  copyFileSync(join(cases, "run.mjs"), join(place, "run.mjs"));
  symlinkSync(join(ROOT, "node_modules"), join(place, "node_modules"));
  const lambdaPort = await freePort();
  const builtIn = `http://127.0.0.1:${lambdaPort}`;
  const states = spawn(process.execPath, [join(ROOT, "local/states/main.ts"), "--port", "0", "--functions", builtIn], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, AWS_ENDPOINT_URL_SQS: builtIn },
  });
  try {
    const runner = spawn(process.execPath, [join(place, "run.mjs"), "--cases", join(cases, "cases"), ...options], {
      stdio: "inherit",
      env: {
        ...process.env,
        SFN_ENDPOINT: await urlOf(states),
        LAMBDA_HOOK: "static",
        LAMBDA_PORT: String(lambdaPort),
        AWS_ENDPOINT: "builtin",
        PROVIDES: "lambda,states-integration,sqs",
      },
    });
    const [code] = await once(runner, "exit");
    return Number(code ?? 1);
  } finally {
    states.kill();
    rmSync(place, { recursive: true });
  }
}

async function urlOf(states: ChildProcess): Promise<string> {
  if (states.stdout === null) throw new Error("The endpoint was started without an output");
  for await (const line of createInterface({ input: states.stdout })) {
    const [url] = /http:\S+/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error("The endpoint did not start");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("There is no free port");
  return address.port;
}
