import { mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const ROOT = join(import.meta.dirname, "../..");

/** The Lambda code: one bundle per kind of work, so that a change to one leaves the others' hashes alone. */
const ENTRIES = {
  api: join(ROOT, "functions/lambda/api.ts"),
  tasks: join(ROOT, "functions/lambda/tasks.ts"),
  events: join(ROOT, "functions/lambda/events.ts"),
  identity: join(ROOT, "functions/lambda/identity.ts"),
} as const;

type BundleName = keyof typeof ENTRIES;

export interface Bundle {
  /** Holds `index.mjs` and nothing else: the Lambda asset. */
  readonly directory: string;
  readonly file: string;
  readonly bytes: number;
  /** What `index.mjs` exports, so that a handler nobody wrote is found before it is deployed. */
  readonly exports: readonly string[];
  /** The files it was made of, from the root of the repository. */
  readonly inputs: readonly string[];
}

export type Bundles = Readonly<Record<BundleName, Bundle>>;

/** Writes the bundles below `outdir` (replacing what is there), everything included: nothing is resolved on AWS. */
export async function buildBundles(
  outdir: string,
  entries: Readonly<Record<BundleName, string>> = ENTRIES,
): Promise<Bundles> {
  const [api, tasks, events, identity] = await Promise.all([
    buildBundle(entries.api, join(outdir, "api")),
    buildBundle(entries.tasks, join(outdir, "tasks")),
    buildBundle(entries.events, join(outdir, "events")),
    buildBundle(entries.identity, join(outdir, "identity")),
  ]);
  return { api, tasks, events, identity };
}

async function buildBundle(entry: string, directory: string): Promise<Bundle> {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const file = join(directory, "index.mjs");
  const { metafile } = await build({
    entryPoints: [entry],
    outfile: file,
    absWorkingDir: ROOT,
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    // Names stay, so that a stack trace in the log can be read without a source map.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
    // CommonJS dependencies call `require`, which an ES module does not have.
    banner: {
      js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
    },
    metafile: true,
    logLevel: "error",
  });
  const outputs = Object.values(metafile.outputs);
  const exports = outputs.flatMap((output) => output.exports);
  // Without those of which nothing was left.
  const inputs = outputs.flatMap((output) =>
    Object.entries(output.inputs).flatMap(([input, { bytesInOutput }]) => (bytesInOutput > 0 ? [input] : [])),
  );
  return { directory, file, bytes: statSync(file).size, exports, inputs };
}
