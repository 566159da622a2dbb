import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { type RunningFairway, startFairway } from "../support/fairway.ts";
import { as } from "../support/people.ts";

let fairway: RunningFairway;
let browser: Browser;
beforeAll(async () => {
  [fairway, browser] = await Promise.all([startFairway({ sample: "pilots", portal: true }), launchBrowser()]);
}, 90_000);
afterAll(async () => {
  await browser.close();
  await fairway[Symbol.asyncDispose]();
});

test("A company that applies again says with one click that what it answered before is still true", async () => {
  const company = await as(fairway.url, "sme-birch-admin");
  await company("startApplication", { body: { pilotId: "again", title: "Sample class planner for Latvia" } });
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  context.setDefaultTimeout(10_000);
  await context.addInitScript(() => localStorage.setItem("fairway.language", "en"));
  const page = await context.newPage();
  await page.goto(fairway.url);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator('button[value="sme-birch-admin"]').click();
  await page.getByRole("heading", { name: "Your tasks" }).waitFor();
  await page.goto(`${fairway.url}/pilots/again/deliverables/IN-1`);

  const name = page.getByLabel("Legal name of the company");
  expect(await name.inputValue()).toBe("");
  await page.getByText(/^Answered on .* in “.*Company profile”: Sample Birch Oy$/).waitFor();
  await page.getByRole("button", { name: "Still true Legal name of the company" }).click();
  expect(await name.inputValue()).toBe("Sample Birch Oy");
  await page.getByText(/^As answered on .*Company profile”\.$/).waitFor();

  await page.getByRole("button", { name: "All still true" }).click();
  await page.getByRole("button", { name: "All still true" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText(/^Saved/).waitFor();
  const { draft, earlier } = await company("getDeliverable", { params: { pilotId: "again", deliverableId: "IN-1" } });
  expect(draft?.values).toMatchObject(Object.fromEntries(earlier.map(({ field, value }) => [field, value])));
  await context.close();
});
