import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildPortal, portalAsset } from "../../../local/http/portal-assets.ts";

describe("The portal's files", () => {
  let outDir: string;
  let size: Awaited<ReturnType<typeof buildPortal>>;
  beforeAll(async () => {
    outDir = await mkdtemp(join(tmpdir(), "fairway-web-"));
    size = await buildPortal({ outDir });
  });
  afterAll(() => rm(outDir, { recursive: true }));

  test("are one page for every address of the portal, and the scripts and styles it names", () => {
    const page = portalAsset("/pilots/p-1/deliverables/NA-1", outDir);
    expect(page).toMatchObject({ contentType: "text/html; charset=utf-8", cacheControl: "no-cache" });
    const named = [...String(page?.body).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? "");
    for (const extension of [".js", ".css", ".svg"]) {
      expect(named.filter((path) => path.endsWith(extension))).not.toEqual([]);
    }
    for (const path of named) {
      expect(portalAsset(path, outDir), path).toMatchObject({ cacheControl: "public, max-age=31536000, immutable" });
    }
  });

  test("are few before a page shows: a browser fetches six at a time", () => {
    const scripts = String(portalAsset("/", outDir)?.body).match(/(?:src|href)="[^"]+\.js"/g) ?? [];
    expect(scripts.length).toBeLessThanOrEqual(6);
  });

  test("are compressed once", async () => {
    const page = portalAsset("/", outDir);
    const packed = await page?.packed();
    expect(packed === undefined ? undefined : String(gunzipSync(packed))).toBe(String(page?.body));
    expect(await portalAsset("/", outDir)?.packed()).toBe(packed);
  });

  test("hold nothing inline, as the security policy demands", () => {
    const html = String(portalAsset("/", outDir)?.body);
    expect(html).not.toMatch(/<style|style=|\son\w+=|<script(?![^>]*\ssrc=)/);
  });

  test("are light: the task page needs at most 200 kB of compressed scripts", () => {
    expect(size?.firstPageBytes).toBeGreaterThan(50_000);
    expect(size?.firstPageBytes).toBeLessThanOrEqual(200_000);
  });

  test("leave the calendar of all countries to the server: a form needs at most 250 kB", () => {
    expect(size?.formBytes).toBeGreaterThan(size?.shellBytes ?? 0);
    expect(size?.formBytes).toBeLessThanOrEqual(250_000);
  });

  test("name whoever wrote what is in them, with the licences, also within packages that were built before", async () => {
    const [, path = ""] = /<link rel="license" href="([^"]+)"/.exec(String(portalAsset("/", outDir)?.body)) ?? [];
    const notices = portalAsset(path, outDir);
    expect(notices?.contentType).toBe("text/plain; charset=utf-8");
    const named = [...String(notices?.body).matchAll(/^(\S+) \d\S* \(.+\)\n-+$/gm)].map(([, name]) => name);
    // From another source than the notices: the maps of the scripts.
    const maps = (await readdir(join(outDir, "assets"))).filter((name) => name.endsWith(".js.map"));
    const packages = new Set<string>();
    for (const map of maps) {
      const { sources }: { sources: string[] } = JSON.parse(await readFile(join(outDir, "assets", map), "utf8"));
      for (const source of sources) {
        const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source) ?? [];
        if (name !== undefined) packages.add(name);
      }
    }
    expect(packages.size).toBeGreaterThan(30);
    expect([...packages].filter((name) => !named.includes(name))).toEqual([]);
    expect(named).toEqual(expect.arrayContaining(["pdfmake", "pdfkit", "fontkit", "@dagrejs/graphlib"]));
    expect(String(notices?.body)).toContain("SIL Open Font License");
  });

  test("end at their folder", () => {
    for (const path of ["/assets/../index.html", "/assets/%2e%2e/index.html", "/assets/none.js", "/assets/"]) {
      expect(portalAsset(path, outDir), path).toBeUndefined();
    }
  });

  test("are left alone while the sources are the same, and made anew when they are not", async () => {
    const index = join(outDir, "index.html");
    const before = await stat(index);
    await buildPortal({ outDir });
    expect((await stat(index)).mtimeMs).toBe(before.mtimeMs);
    await writeFile(join(outDir, "sources.sha256"), "other sources");
    await writeFile(index, "an old page");
    await buildPortal({ outDir });
    expect(await readFile(index, "utf8")).toContain("<!doctype html>");
  });
});
