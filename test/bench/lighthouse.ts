/**
 * `npm run bench:lighthouse`: the pages people open most, judged by Lighthouse in the Chromium of the tests, signed in, with the
 * portfolio of 60 sample pilots, on a desktop and on a mid-range phone over slow 4G as Lighthouse simulates them. Medians of three
 * runs, each after signing in anew: the browser knows the frame of every page and nothing else; with `--cold` not even that.
 * Ends with 1 when a page has less than 95 points on either in what the portal promises: performance, accessibility, best
 * practices.
 */
import { parseArgs } from "node:util";
import chromiumPackage from "@sparticuz/chromium";
import lighthouse, { desktopConfig, type Flags } from "lighthouse";
import puppeteer, { type Page } from "puppeteer-core";
import { startFairway } from "../support/fairway.ts";
import { as, type SamplePerson } from "../support/people.ts";
import { median } from "./report.ts";

const { values } = parseArgs({
  options: { runs: { type: "string", default: "3" }, cold: { type: "boolean", default: false } },
});
if (!(Number(values.runs) >= 1)) throw new Error("--runs must be at least 1.");
const categories = ["performance", "accessibility", "best-practices"] as const;
const promised = 95;

const pages: readonly { name: string; person: SamplePerson; path: (url: string) => Promise<string> }[] = [
  { name: "SME home", person: "sme-birch-admin", path: async () => "/" },
  { name: "Form", person: "sme-birch-admin", path: formPath },
  { name: "Advisor's inbox", person: "advisor-1", path: async () => "/" },
  { name: "Coordinator's dashboard", person: "coordinator-1", path: async () => "/dashboard" },
];
const devices = [
  { name: "desktop", config: desktopConfig },
  { name: "phone", config: undefined },
] as const;

await using fairway = await startFairway({ sample: "portfolio", portal: true });
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM_PATH ?? (await chromiumPackage.executablePath()),
  args: ["--no-sandbox"],
});

let short = false;
console.log(`| Page | Device | Performance | Accessibility | Best practices | Shown after | Blocked | Complaints |`);
console.log("| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |");
for (const { name, person, path } of pages) {
  const address = fairway.url + (await path(fairway.url));
  for (const { name: device, config } of devices) {
    const runs: Awaited<ReturnType<typeof judge>>[] = [];
    for (let n = 0; n < Number(values.runs); n += 1) {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await signInAs(page, fairway.url, person);
      runs.push(await judge(page, address, config));
      await context.close();
    }
    const scores = categories.map((category) => median(runs.map((run) => run.scores[category])));
    if (scores.some((score) => score < promised)) short = true;
    const shown = `${Math.round(median(runs.map(({ shownMs }) => shownMs)))} ms`;
    const blocked = `${Math.round(median(runs.map(({ blockedMs }) => blockedMs)))} ms`;
    const complaints = [...new Set(runs.flatMap((run) => run.complaints))].join(", ");
    console.log(`| ${name} | ${device} | ${scores.join(" | ")} | ${shown} | ${blocked} | ${complaints} |`);
  }
}
await browser.close();
process.exitCode = short ? 1 : 0;

/** What Lighthouse says of one address in this tab; the session of the tab stays, also when the cache is emptied. */
async function judge(page: Page, address: string, config: typeof desktopConfig | undefined) {
  const flags: Flags = { disableStorageReset: !values.cold, logLevel: "error", onlyCategories: [...categories] };
  const result = await lighthouse(address, flags, config, page);
  if (result === undefined) throw new Error(`Lighthouse had nothing to say of ${address}.`);
  const { lhr } = result;
  if (lhr.runtimeError !== undefined) throw new Error(lhr.runtimeError.message);
  const score = (category: (typeof categories)[number]) => Math.round((lhr.categories[category]?.score ?? 0) * 100);
  const failed = categories
    .flatMap((category) => lhr.categories[category]?.auditRefs ?? [])
    .filter(({ weight }) => weight > 0)
    .map(({ id }) => lhr.audits[id])
    .filter((audit) => audit?.score !== null && (audit?.score ?? 1) < 0.9);
  return {
    scores: {
      performance: score("performance"),
      accessibility: score("accessibility"),
      "best-practices": score("best-practices"),
    },
    shownMs: lhr.audits["largest-contentful-paint"]?.numericValue ?? Number.NaN,
    blockedMs: lhr.audits["total-blocking-time"]?.numericValue ?? Number.NaN,
    complaints: failed.map((audit) => audit?.id ?? ""),
  };
}

/** As a person does: the button of the welcome page, then one's own name. */
async function signInAs(page: Page, url: string, person: SamplePerson): Promise<void> {
  await page.goto(url);
  await page.locator("button").click();
  await page.locator(`button[value="${person}"]`).click();
  await page.waitForFunction(() => sessionStorage.getItem("fairway.tokens") !== null);
  await page.locator("h1").wait();
}

/** A form the company has still to fill in. */
async function formPath(url: string): Promise<string> {
  const { tasks } = await (await as(url, "sme-birch-admin"))("listTasks", {});
  const task = tasks.find(({ kind, deliverableId }) => kind === "produce" && deliverableId !== undefined);
  if (task === undefined) throw new Error("The sample company has no form to fill in.");
  return `/pilots/${task.pilotId}/deliverables/${task.deliverableId}`;
}
