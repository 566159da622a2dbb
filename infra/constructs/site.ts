import { join } from "node:path";
import { build, type Rolldown } from "vite";
import { inputsOf } from "../supply-chain/notices-plugin.ts";

const ROOT = join(import.meta.dirname, "../..");

export interface Site {
  /** `index.html`, and `assets/` with a hash in each name. */
  readonly directory: string;
  /** The files it was made of, as absolute paths. */
  readonly inputs: readonly string[];
}

/** Builds the portal into `outdir` (replacing what is there). */
export async function buildSite(outdir: string): Promise<Site> {
  // Vite takes React for development from whatever this process runs in.
  const { env } = process;
  env.NODE_ENV = "production";
  const built = await build({
    configFile: join(ROOT, "vite.config.ts"),
    root: join(ROOT, "web"),
    logLevel: "warn",
    build: { outDir: outdir, emptyOutDir: true },
  });
  const outputs: Rolldown.RolldownOutput[] = "output" in built ? [built] : Array.isArray(built) ? built : [];
  return { directory: outdir, inputs: outputs.flatMap(({ output }) => inputsOf(output)) };
}
