import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { languages } from "../../web/language/languages.ts";
import { launchBrowser } from "../support/browser.ts";
import { type RunningFairway, startFairway } from "../support/fairway.ts";
import { as } from "../support/people.ts";

const widths = [1440, 390];

describe("The portal speaks", () => {
  let fairway: RunningFairway;
  let browser: Browser;
  let paths: readonly string[];
  beforeAll(async () => {
    [fairway, browser] = await Promise.all([startFairway({ sample: "pilots", portal: true }), launchBrowser()]);
    paths = await pathsOfEachKind(fairway.url);
  });
  afterAll(async () => {
    await browser.close();
    await fairway[Symbol.asyncDispose]();
  });

  test.each(languages)("$name on every kind of page, without a raw key and without overflow", async ({ code }) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    context.setDefaultTimeout(10_000);
    await context.addInitScript((language) => localStorage.setItem("fairway.language", language), code);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(fairway.url);
    await page.getByRole("button").first().click();
    await page.locator('button[value="coordinator-1"]').click();
    const keys = new Set(keysOfAllAreas());
    const found: unknown[] = [];
    for (const path of paths) {
      await page.goto(fairway.url + path);
      await pageIsThere(page, code);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        const shown = await page.evaluate(() => ({
          language: document.documentElement.lang,
          width: document.documentElement.scrollWidth,
          text: document.body.innerText,
        }));
        const rawKeys = shown.text.split(/[\s,;:()„“”"]+/).filter((word) => keys.has(word.replace(/\.$/, "")));
        if (shown.language !== code || shown.width > width || rawKeys.length > 0 || shown.text.includes("{{")) {
          found.push({ path, width, shown: shown.width, language: shown.language, rawKeys });
        }
      }
    }
    expect(found).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

/** Tasks, pilots, a pilot, a form, a gate, settings and what else a coordinator opens. */
async function pathsOfEachKind(url: string): Promise<readonly string[]> {
  const call = await as(url, "coordinator-1");
  const { pilots } = await call("listPilots", { query: {} });
  for (const { id } of pilots) {
    const { runs, deliverables } = await call("getPilot", { params: { pilotId: id } });
    const run = runs.find(({ status }) => status === "at_gate");
    const form = deliverables.find(({ runId }) => runId === run?.id);
    if (run === undefined || form === undefined) continue;
    const pilot = `/pilots/${id}`;
    const ofPilot = [pilot, `${pilot}/deliverables/${form.id}`, `${pilot}/gates/${run.id}`];
    return [
      "/",
      "/pilots",
      "/dashboard",
      ...ofPilot,
      "/people",
      "/programme",
      "/programme/process",
      "/settings",
      "/mails",
    ];
  }
  throw new Error("The sample programme has no pilot at a gate");
}

/** All it asks for has come, its heading is there, and nothing says any more that it is being fetched. */
async function pageIsThere(page: Page, language: string): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.getByRole("heading", { level: 1 }).waitFor();
  const { loading } = catalogueOf(language, "common.json");
  for (const notice of await page.getByText(String(loading)).all()) await notice.waitFor({ state: "detached" });
}

function catalogueOf(language: string, file: string): Readonly<Record<string, unknown>> {
  const folder = new URL(`../../web/language/${language}/`, import.meta.url);
  return JSON.parse(readFileSync(new URL(file, folder), "utf8"));
}

/** As i18next shows a key that has no text: "shell.menu". Those of one word look like words. */
function keysOfAllAreas(): string[] {
  const keysIn = (value: unknown, path: string): string[] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => keysIn(inner, path === "" ? key : `${path}.${key}`))
      : [path.replace(/_(one|other)$/, "")];
  return readdirSync(fileURLToPath(new URL("../../web/language/en/", import.meta.url)))
    .flatMap((file) => keysIn(catalogueOf("en", file), ""))
    .filter((key) => key.includes("."));
}
