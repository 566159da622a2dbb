/** The portal as files: bundled from `web/` when something in it changed, and served from memory. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const defaultFolder = join(repository, "dist/web");
/** What ends up in the bundle; packages are pinned by the lock file. */
const inputs = ["web", "shared", "package-lock.json"];

/** Headers of the portal's pages: everything comes from here, nothing inline, no eval. */
export const portalSecurityPolicy =
  "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

interface PortalAsset {
  readonly body: Buffer;
  readonly contentType: string;
  readonly cacheControl: string;
}

/** Writes `index.html` and hashed scripts and styles; does nothing when they are made of the present sources. */
export async function buildPortal({ outDir = defaultFolder }: { readonly outDir?: string } = {}): Promise<void> {
  const stamp = await stampOf(inputs);
  const stampFile = join(outDir, "sources.sha256");
  if ((await readFile(stampFile, "utf8").catch(() => "")) === stamp) return;
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: repository,
    entryPoints: { portal: "web/main.tsx", icon: "web/icon.svg" },
    loader: { ".svg": "copy" },
    outdir: outDir,
    entryNames: "assets/[name]-[hash]",
    bundle: true,
    format: "esm",
    target: "es2023",
    jsx: "automatic",
    minify: true,
    sourcemap: "linked",
    legalComments: "linked",
    metafile: true,
    logLevel: "warning",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const made = Object.keys(metafile.outputs).map((path) => `/assets/${path.split("/").at(-1)}`);
  const named = (extension: string) => {
    const path = made.find((each) => each.endsWith(extension));
    if (path === undefined) throw new Error(`The portal's bundle has no ${extension} file.`);
    return path;
  };
  await writeFile(join(outDir, "index.html"), indexPage(named(".js"), named(".css"), named(".svg")));
  await writeFile(stampFile, stamp);
  served.clear();
}

const indexPage = (script: string, style: string, icon: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="Fairway walks small companies' pilots to a neighbouring market.">
<title>Fairway</title>
<link rel="icon" type="image/svg+xml" href="${icon}">
<link rel="stylesheet" href="${style}">
<script type="module" src="${script}"></script>
</head>
<body>
<div id="portal"></div>
<noscript>Fairway needs JavaScript.</noscript>
</body>
</html>
`;

/**
 * The file behind a request's path; any path that is not below `/assets/` is a page of the portal and gets `index.html`.
 * Undefined for an asset that does not exist, e.g. of an older version. `buildPortal` must have run.
 */
export function portalAsset(path: string, outDir: string = defaultFolder): PortalAsset | undefined {
  const name = path.startsWith("/assets/") ? path.slice("/assets/".length) : undefined;
  if (name === undefined) return load(join(outDir, "index.html"), "no-cache");
  if (!/^[\w-]+(\.[\w-]+)*\.(js|css|map|svg|txt)$/.test(name)) return undefined;
  return load(join(outDir, "assets", name), "public, max-age=31536000, immutable");
}

const served = new Map<string, PortalAsset>();

function load(file: string, cacheControl: string): PortalAsset | undefined {
  const known = served.get(file);
  if (known !== undefined) return known;
  try {
    const asset = {
      body: readFileSync(file),
      contentType: contentTypes.get(extname(file)) ?? "application/octet-stream",
      cacheControl,
    };
    served.set(file, asset);
    return asset;
  } catch {
    return undefined;
  }
}

const contentTypes: ReadonlyMap<string, string> = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".svg", "image/svg+xml"],
  [".map", "application/json"],
  [".txt", "text/plain; charset=utf-8"],
]);

async function stampOf(paths: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const path of paths) {
    for (const file of await filesBelow(join(repository, path))) {
      const { mtimeMs, size } = await stat(file);
      hash.update(`${file} ${mtimeMs} ${size}\n`);
    }
  }
  return hash.digest("hex");
}

async function filesBelow(path: string): Promise<string[]> {
  if ((await stat(path)).isFile()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
