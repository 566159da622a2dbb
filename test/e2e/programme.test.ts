import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ProcessVersionView } from "../../shared/contracts/process-operations.ts";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import { processDifferences } from "../../shared/domain/process-differences.ts";
import { as } from "../support/people.ts";
import { type Portal, startPortal } from "../support/portal.ts";
import { saidOfField } from "./said-of-field.ts";

describe("The settings of a programme", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await startPortal();
  }, 120_000);
  afterAll(() => portal[Symbol.asyncDispose]());

  const save = async (page: Page, reason: string) => {
    await page.getByLabel("Reason").fill(reason);
    await page.getByRole("button", { name: "Save changes" }).click();
  };

  test("are changed with a reason: what will change is said before, who did it after", async () => {
    const { context, page, complaints } = await portal.visitAs("coordinator-1", "/programme");
    await page.getByText("Nothing yet. Change a value above").waitFor();
    await page.getByLabel("Value of an hour of support").fill("72.5");
    await page.getByLabel("Day to add").fill("2027-06-23");
    await page.getByRole("button", { name: "Add day" }).click();
    await page.getByText("Needs analysis: 30 days").click();
    await page.getByLabel("NA-1 Company profile").fill("8");
    await page.getByLabel("First reminder").fill("10");
    const changes = page.getByRole("region", { name: "What changes" });
    await changes.getByText("€65 per hour → €72.50 per hour").waitFor();
    await changes.getByText("23 Jun 2027 added").waitFor();
    await changes.getByText("the process’s own 5 days → 8 days").waitFor();
    await save(page, "Board of 3 March");
    await page.getByText("The settings of the programme are saved.").waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("What changes");
    const history = page.getByRole("region", { name: "History" });
    await history.getByText("Reason: Board of 3 March").waitFor();
    const call = await as(portal.url, "coordinator-1");
    expect((await call("getProgramme", {})).parameters).toMatchObject({
      hourlyRateCents: 7250,
      extraHolidays: ["2027-06-23"],
      dueInDays: { "NA-1": 8 },
      reminderDays: { soon: -10 },
    });

    await page.getByRole("button", { name: "Remove 23 Jun 2027" }).click();
    await page.getByLabel("NA-1 Company profile").fill("");
    await save(page, "As it was");
    await history.getByText("Reason: As it was").waitFor();
    expect((await call("getProgramme", {})).parameters).toMatchObject({ extraHolidays: [], dueInDays: {} });
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("say what does not fit, and keep what was typed", async () => {
    const { context, page } = await portal.visitAs("coordinator-1", "/programme");
    await page.getByText("Needs analysis: 30 days").click();
    await page.getByLabel("NA-6 Needs analysis report").fill("45");
    await save(page, "More time");
    await page.getByText("NA-6 would be due on day 45, after the 30 days").waitFor();
    expect(await page.getByLabel("NA-6 Needs analysis report").inputValue()).toBe("45");
    await context.close();
  });

  test("unfold a number that is out of its limits", async () => {
    await using visit = await portal.visitAs("coordinator-1", "/programme");
    const { page } = visit;
    const stage = page.getByText("Needs analysis: 30 days");
    await stage.click();
    await page.getByLabel("NA-6 Needs analysis report").fill("0");
    await stage.click();
    await save(page, "No time");
    await expect.poll(() => saidOfField(page)).toBe("Enter 1 or more.");
    expect(await page.getByLabel("NA-6 Needs analysis report").isVisible()).toBe(true);
  });

  test("meet somebody else's change without losing a word", async () => {
    const { context, page } = await portal.visitAs("coordinator-1", "/programme");
    await page.getByLabel("Time for a rework").fill("21");
    await page.getByLabel("Reason").fill("Companies asked for it");
    const other = await as(portal.url, "coordinator-2");
    const { version } = await other("getProgramme", {});
    await other("changeProgramme", { body: { expectedVersion: version, reason: "New rules", plannedAidEur: 25_000 } });
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("Somebody else has just saved other changes.").waitFor();
    expect(await page.getByLabel("Time for a rework").inputValue()).toBe("21");
    expect(await page.getByLabel("Aid planned for a pilot").inputValue()).toBe("25000");
    expect(await page.getByLabel("Reason").inputValue()).toBe("Companies asked for it");
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("Reason: Companies asked for it").waitFor();
    expect((await other("getProgramme", {})).parameters).toMatchObject({ reworkDays: 21, plannedAidEur: 25_000 });
    await context.close();
  });

  test("are read by the auditor, who changes nothing", async () => {
    const { context, page } = await portal.visitAs("auditor-1", "/programme");
    await page.getByText("You see what is set").waitFor();
    expect(await page.getByRole("main").getByRole("textbox").count()).toBe(0);
    expect(await page.getByRole("main").getByRole("spinbutton").count()).toBe(0);
    await context.close();
  });

  test("stand beside the process: one version read in words, two compared", async () => {
    const { context, page, complaints } = await portal.visitAs("auditor-1", "/programme/process");
    await page.getByText("There is one version. When a second is published").waitFor();
    await page.getByText("Needs analysis: 30 days").click();
    await page.getByRole("heading", { name: "NA-1 Company profile" }).waitFor();
    await page.getByRole("heading", { name: /^G1/ }).waitFor();

    // As it will be when a second version is published.
    const [needs, ...others] = latestProcess.stages;
    if (needs === undefined) throw new Error("There is no first stage.");
    const second = {
      ...latestProcess,
      version: 2,
      stages: [{ ...needs, durationDays: 40, deliverables: needs.deliverables.slice(0, -1) }, ...others],
    };
    await page.route("**/api/process-versions", async (route) => {
      const answer: { versions: ProcessVersionView[] } = await (await route.fetch()).json();
      const versions = answer.versions.flatMap((one) => [
        { ...one, version: 2, runs: 0 },
        { ...one, newest: false },
      ]);
      await route.fulfill({ json: { versions } });
    });
    await page.route("**/api/process-versions/comparison**", (route) =>
      route.fulfill({ json: { from: 1, to: 2, differences: processDifferences(latestProcess, second) } }),
    );
    await page.reload();
    const compare = page.getByRole("region", { name: "Compare" });
    await compare.getByText("Things that differ: 2").waitFor();
    const stage = compare.getByRole("listitem").filter({ hasText: "Needs analysis" }).first();
    expect((await stage.innerText()).replaceAll(/\s+/g, " ")).toContain("Days: 30 → 40");
    await compare.getByRole("heading", { name: /^NA-6/ }).getByText("Gone").waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});
