import { join } from "node:path";
import { build } from "vite";

const ROOT = join(import.meta.dirname, "../..");

/** Builds the portal into `outdir` (replacing what is there): `index.html`, and `assets/` with a hash in each name. */
export async function buildSite(outdir: string): Promise<string> {
  // Vite takes React for development from whatever this process runs in.
  const { env } = process;
  env.NODE_ENV = "production";
  await build({
    configFile: join(ROOT, "vite.config.ts"),
    root: join(ROOT, "web"),
    logLevel: "warn",
    build: { outDir: outdir, emptyOutDir: true },
  });
  return outdir;
}
