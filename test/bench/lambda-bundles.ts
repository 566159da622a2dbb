import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { buildBundles } from "../../infra/constructs/bundles.ts";

export interface BundleFigures {
  readonly name: string;
  readonly bytes: number;
  readonly gzipBytes: number;
  /** Milliseconds `import` takes in a fresh process, once for each time. */
  readonly coldImports: readonly number[];
}

/** Builds the Lambda bundles as they are deployed and imports each in processes of its own. */
export async function measureBundles(times: number): Promise<readonly BundleFigures[]> {
  const outdir = await mkdtemp(join(tmpdir(), "fairway-bundles-"));
  try {
    const figures: BundleFigures[] = [];
    for (const [name, { file, bytes }] of Object.entries(await buildBundles(outdir))) {
      const coldImports: number[] = [];
      for (let n = 0; n < times; n += 1) coldImports.push(await timeImport(file));
      figures.push({ name, bytes, gzipBytes: gzipSync(await readFile(file)).length, coldImports });
    }
    return figures;
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}

async function timeImport(file: string): Promise<number> {
  const script = `
    const startedAt = performance.now();
    await import(${JSON.stringify(file)});
    console.log(performance.now() - startedAt);
    process.exit();`;
  const env = { ...process.env, ...lambdaEnvironment };
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], { env });
  return Number(stdout);
}

/** What the entries ask of their environment while they load; nothing is called. */
const lambdaEnvironment = {
  AWS_REGION: "eu-north-1",
  TABLE_NAME: "bench",
  ISSUER: "https://identity.fairway.test/",
  AUDIENCE: "bench",
  PORTAL_URL: "https://portal.fairway.test",
};
