/**
 * `npm run screenshots`: takes the pictures of the guides anew, on the portfolio of sample pilots at a moment that is
 * always the same. A picture in which little more than a clock moved stays as it is; one that nobody names is removed.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../support/browser.ts";
import { type RunningFairway, startFairway } from "../support/fairway.ts";
import { type Picture, pictures } from "./pictures.ts";
import { pixelsThatDiffer, readPng, writePng } from "./png.ts";
import { root } from "./repository.ts";

/** A Wednesday, mid-morning around the Baltic Sea. */
const moment = new Date("2026-10-07T07:30:00Z");
const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
/** The minutes of a clock, in three places at most. */
const fewPixels = 200;

const folder = join(root, "docs/images");
const wanted = process.argv.slice(2);
const taken = pictures.filter(({ name }) => wanted.length === 0 || wanted.includes(name));

mkdirSync(folder, { recursive: true });
for (const file of readdirSync(folder)) {
  if (pictures.some(({ name }) => file === `${name}.png`)) continue;
  rmSync(join(folder, file));
  console.log(`removed    ${file}`);
}

await using fairway = await startFairway({ sample: "portfolio", portal: true, now: moment });
await fairway.settled();
const browser = await launchBrowser();
try {
  for (const { prepare } of taken) await prepare?.(fairway.url);
  await fairway.settled();
  for (const picture of taken) await take(browser, fairway, picture);
} finally {
  await browser.close();
}

async function take(browser: Browser, { url }: RunningFairway, picture: Picture): Promise<void> {
  const { name, person, path, size = "desktop", show } = picture;
  const context = await browser.newContext({
    viewport: sizes[size],
    deviceScaleFactor: 1,
    reducedMotion: "reduce",
    colorScheme: "light",
    locale: "en-GB",
    timezoneId: "Europe/Tallinn",
  });
  context.setDefaultTimeout(60_000);
  await context.addInitScript(() => localStorage.setItem("fairway.language", "en"));
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator(`button[value="${person}"]`).click();
  await page.getByRole("heading", { name: /^(Your tasks|Start)$/ }).waitFor();
  if (path !== "/") await page.goto(url + path);
  await atRest(page);
  await show(page);
  await atRest(page);
  const made = writePng(readPng(await page.screenshot({ animations: "disabled", caret: "hide" })));
  await context.close();
  keep(name, made);
}

async function atRest(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.evaluate("document.fonts.ready.then(() => undefined)");
}

function keep(name: string, made: Buffer): void {
  const file = join(folder, `${name}.png`);
  const before = contentOf(file);
  const isSame = before !== undefined && pixelsThatDiffer(readPng(before), readPng(made)) <= fewPixels;
  if (!isSame) writeFileSync(file, made);
  const kilobytes = ((isSame ? before : made).length / 1000).toFixed(0);
  console.log(`${isSame ? "unchanged " : "taken     "} ${name}.png, ${kilobytes} kB`);
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
