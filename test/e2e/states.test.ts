import AxeBuilder from "@axe-core/playwright";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { type RunningFairway, startFairway } from "../support/fairway.ts";
import type { SamplePerson } from "../support/people.ts";

describe("The page of the workflow engine", () => {
  let fairway: RunningFairway;
  let browser: Browser;
  beforeAll(async () => {
    [fairway, browser] = await Promise.all([startFairway({ sample: "pilots", portal: true }), launchBrowser()]);
    await fairway.settled();
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    await fairway[Symbol.asyncDispose]();
  });

  async function openAs(person: SamplePerson, path: string) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    context.setDefaultTimeout(10_000);
    await context.addInitScript(() => localStorage.setItem("fairway.language", "en"));
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(fairway.url);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.locator(`button[value="${person}"]`).click();
    await page.getByRole("heading", { name: "Your tasks" }).waitFor();
    await page.goto(fairway.url + path);
    return { context, page, complaints };
  }

  test("leads an administrator from the list to where an execution is, stops it and lets it go on", async () => {
    const { context, page, complaints } = await openAs("admin-1", "/states");
    await page.getByRole("combobox", { name: "Status" }).selectOption({ label: "Running" });
    await page.getByRole("link", { name: "sample-needs-needs-1-1" }).click();
    await page.getByRole("heading", { name: "sample-needs-needs-1-1" }).waitFor();
    const graph = page.getByRole("img", { name: /State machine stage-run/ });
    expect(await graph.textContent()).toMatch(/✓ Open stage.*▶ Work on deliverables.*▶ Await submission/);
    await page.getByText("In words").click();
    await page.getByText(/Open stage: entered once/).waitFor();
    await page.getByText("ExecutionStarted").click();
    await page
      .getByText(/"stageRunId": "needs-1"/)
      .first()
      .waitFor();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

    await page.getByText("Stop this execution").click();
    await page.getByRole("textbox", { name: "Reason" }).fill("To see that it goes on");
    await page.getByRole("button", { name: "Stop the execution" }).click();
    await page.getByRole("button", { name: "Redrive" }).click();
    await page.getByText(/redriven once/).waitFor();
    await page.getByText("Stop this execution").waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("lets a coordinator look and change nothing", async () => {
    const { context, page, complaints } = await openAs("coordinator-1", "/states/stage-run/sample-needs-needs-1-1");
    await page.getByRole("img", { name: /State machine stage-run/ }).waitFor();
    expect(await page.getByText("Stop this execution").count()).toBe(0);
    await page.getByRole("link", { name: "Sample Birch Oy: Sample class planner" }).click();
    await page.getByRole("heading", { name: "Sample Birch Oy: Sample class planner" }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("is not offered to others", async () => {
    const { context, page } = await openAs("advisor-1", "/");
    await page.getByRole("link", { name: "Pilots", exact: true }).waitFor();
    expect(await page.getByRole("link", { name: "Engine" }).count()).toBe(0);
    await context.close();
  });
});
