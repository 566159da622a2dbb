/** The portal as files: bundled by Vite from `web/` when something in it changed, and served from memory. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Rolldown } from "vite";
import { portalCaching } from "../../shared/contracts/portal-headers.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const defaultFolder = join(repository, "dist/web");
/** What ends up in the bundle; packages are pinned by the lock file. */
const inputs = ["web", "shared", "vite.config.ts", "infra/supply-chain", "package-lock.json"];
/** Pages opened before an upgrade still load their further files for so long. */
const keepOldAssetsMs = 24 * 60 * 60 * 1000;
/** A build takes seconds; whoever locked longer ago than this was killed. */
const lockExpiresMs = 60_000;

interface PortalAsset {
  readonly body: Buffer;
  /** The same with gzip, made when it is first asked for. */
  packed(): Promise<Buffer>;
  readonly contentType: string;
  readonly cacheControl: string;
}

export interface PortalSize {
  /** Gzipped bytes of JavaScript that any page needs before it shows. */
  readonly shellBytes: number;
  /** And with the page that opens first, the tasks. */
  readonly firstPageBytes: number;
  /** Of any page, with the page of a form. */
  readonly formBytes: number;
}

/**
 * Writes `index.html` and hashed scripts and styles; does nothing when they are made of the present sources.
 * Processes that want it at the same time build once. Resolves to the sizes when it has built.
 */
export async function buildPortal({
  outDir = defaultFolder,
}: {
  readonly outDir?: string;
} = {}): Promise<PortalSize | undefined> {
  await mkdir(dirname(outDir), { recursive: true });
  if (await isFresh(outDir)) return undefined;
  await using _lock = await lock(`${outDir}.lock`);
  const stamp = await stampOf(inputs);
  if ((await stampIn(outDir)) === stamp) return undefined;
  const made = await mkdtemp(`${outDir}.new-`);
  try {
    const chunks = await bundle(made);
    await moveInto(outDir, made);
    await writeFile(join(outDir, stampFile), stamp);
    served.clear();
    const size = await sizeOf(chunks);
    const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;
    console.log(
      `Portal built: ${kilobytes(size.firstPageBytes)} of compressed JavaScript for the first page, ${kilobytes(size.shellBytes)} of it for every page.`,
    );
    return size;
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

const stampFile = "sources.sha256";

const stampIn = (outDir: string) => readFile(join(outDir, stampFile), "utf8").catch(() => "");

const isFresh = async (outDir: string) => (await stampIn(outDir)) === (await stampOf(inputs));

async function bundle(outDir: string): Promise<readonly Rolldown.OutputChunk[]> {
  // Only a stale portal needs Vite, which takes a while to load.
  const { build } = await import("vite");
  // Vite takes React for development from whatever this process runs in, a test for instance.
  const { env } = process;
  const mode = env.NODE_ENV;
  env.NODE_ENV = "production";
  const built = await build({
    configFile: join(repository, "vite.config.ts"),
    root: join(repository, "web"),
    logLevel: "warn",
    build: { outDir, emptyOutDir: true },
  }).finally(() => {
    if (mode === undefined) delete env.NODE_ENV;
    else env.NODE_ENV = mode;
  });
  const outputs = "output" in built ? [built] : Array.isArray(built) ? built : [];
  return outputs.flatMap(({ output }) => output).filter((each) => each.type === "chunk");
}

/** Files change places whole, so that a server of the same folder never reads half of one; the page comes last. */
async function moveInto(outDir: string, made: string): Promise<void> {
  const assets = join(outDir, "assets");
  await mkdir(assets, { recursive: true });
  const names = await readdir(join(made, "assets"));
  for (const name of names) await rename(join(made, "assets", name), join(assets, name));
  await rename(join(made, "index.html"), join(outDir, "index.html"));
  const present = new Set(names);
  for (const name of await readdir(assets)) {
    if (present.has(name)) continue;
    const file = join(assets, name);
    if (Date.now() - (await stat(file)).mtimeMs > keepOldAssetsMs) await rm(file);
  }
}

async function sizeOf(chunks: readonly Rolldown.OutputChunk[]): Promise<PortalSize> {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const withImports = (start: Rolldown.OutputChunk | undefined, found = new Set<Rolldown.OutputChunk>()) => {
    if (start === undefined || found.has(start)) return found;
    found.add(start);
    for (const name of start.imports) withImports(byName.get(name), found);
    return found;
  };
  const bytesOf = async (needed: ReadonlySet<Rolldown.OutputChunk>) => {
    const sizes = [...needed].map(async ({ code }) => (await promisify(gzip)(code)).length);
    return (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0);
  };
  const shell = withImports(chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith("/web/main.tsx"))));
  const pageOf = (file: string) => withImports(chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(file)));
  const firstPage = pageOf("/tasks-page.tsx");
  // English words come as scripts too.
  const words = chunks.filter(({ facadeModuleId }) => /\/en\/(common|tasks)\.json$/.test(facadeModuleId ?? ""));
  const all = new Set([...shell, ...firstPage, ...words.flatMap((chunk) => [...withImports(chunk)])]);
  return {
    shellBytes: await bytesOf(shell),
    firstPageBytes: await bytesOf(all),
    formBytes: await bytesOf(new Set([...shell, ...pageOf("/deliverable-page.tsx")])),
  };
}

/** Waits until nobody else builds. */
async function lock(path: string): Promise<AsyncDisposable> {
  for (;;) {
    try {
      await mkdir(path);
      return { [Symbol.asyncDispose]: () => rmdir(path) };
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      const since = await stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => Date.now(),
      );
      if (Date.now() - since > lockExpiresMs) await rmdir(path).catch(() => undefined);
      await pause(100);
    }
  }
}

/**
 * The file behind a request's path; any path that is not below `/assets/` is a page of the portal and gets `index.html`.
 * Undefined for an asset that does not exist, e.g. of an older version. `buildPortal` must have run.
 */
export function portalAsset(path: string, outDir: string = defaultFolder): PortalAsset | undefined {
  const name = path.startsWith("/assets/") ? path.slice("/assets/".length) : undefined;
  if (name === undefined) return load(join(outDir, "index.html"), portalCaching.page);
  if (name !== basename(name) || !/^[\w-]+(\.[\w-]+)*\.(js|css|map|svg|ttf|txt)$/.test(name)) return undefined;
  return load(join(outDir, "assets", name), portalCaching.asset);
}

const served = new Map<string, PortalAsset>();

function load(file: string, cacheControl: string): PortalAsset | undefined {
  const known = served.get(file);
  if (known !== undefined) return known;
  try {
    const body = readFileSync(file);
    let packed: Promise<Buffer> | undefined;
    const asset = {
      body,
      packed: () => {
        packed ??= promisify(gzip)(body);
        return packed;
      },
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
  [".ttf", "font/ttf"],
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
