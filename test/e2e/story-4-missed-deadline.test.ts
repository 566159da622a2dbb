/**
 * Story 4, a missed deadline, as those see it who are concerned. Who is told on which day, and that no step is taken twice
 * across restarts, is in `test/journeys/story-4-missed-deadline.test.ts`; the dashboard's view of late work in
 * `dashboard.test.ts`.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { journeyTo } from "../journeys/main-job.ts";
import { DAY_MS } from "../journeys/steps.ts";
import { type Portal, phone, startPortal } from "../support/portal.ts";

const screening = "Regulatory screening and showstoppers";

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal[Symbol.asyncDispose]());

const deliverable = (page: Page, name: string) =>
  page
    .getByRole("region", { name: "Deliverables" })
    .getByRole("listitem")
    .filter({ has: page.getByRole("link", { name, exact: true }) });

const dueDateOf = (page: Page, name: string) =>
  deliverable(page, name).locator("time").first().getAttribute("datetime");

test("A missed deadline puts the pilot at risk where it is watched, is told once, holds up what waits for it, and clears with the work (story 4)", async () => {
  const journey = await journeyTo("feasibility", { url: portal.url, pilotId: "late" });
  await journey.accept("FS-1", "FS-2", "FS-4");
  await journey.as("expert")("claimTask", { params: { pilotId: "late", taskId: "FS-3.produce.1" }, body: {} });
  const { dueAt } = await journey.deliverable("FS-3");
  const noonAfter = (days: number) =>
    new Date(Date.parse(`${dueAt.slice(0, 10)}T12:00:00.000Z`) + days * DAY_MS).toISOString();

  await journey.moveTo(noonAfter(1));
  await portal.settled();
  await using expert = await portal.visitAs("expert-1");
  const ownTask = (group: string) =>
    expert.page
      .getByRole("region", { name: new RegExp(`^${group}`) })
      .getByRole("listitem")
      .filter({ hasText: `FS-3 ${screening}` });
  await ownTask("Overdue").waitFor();
  await using coordinator = await portal.visitAs("coordinator-1", "/pilots");
  const { page } = coordinator;
  const card = page.getByRole("article").first();
  await card.getByText("1 task overdue").waitFor();
  expect(await card.getByText("At risk").count()).toBe(0);

  // Nobody is there for a while; after a restart the coordinator lets the last days pass.
  await journey.moveTo(noonAfter(2));
  await portal.restart();
  await page.reload();
  for (const _day of [3, 4, 5, 6, 7]) {
    const clock = page.getByText("Time in Fairway:").locator("time");
    const before = await clock.innerText();
    await page.getByRole("button", { name: "Skip ahead a day" }).click();
    await expect.poll(() => clock.innerText(), { timeout: 10_000 }).not.toBe(before);
  }
  await portal.settled();
  await page.reload();
  await card.getByText("At risk").waitFor();
  const figures = page.getByRole("region", { name: "Pipeline in figures" });
  expect(await figures.innerText()).toMatch(/At risk\s+1\b/);
  await card.getByRole("link").click();
  await page.getByText("At risk", { exact: true }).first().waitFor();
  await expert.page.reload();
  await ownTask("Escalated").waitFor();

  await page.goto(`${portal.url}/mails?q=screening`);
  await page.getByRole("listitem").filter({ hasText: screening }).first().waitFor();
  const letters = await page.locator("summary.mail").allInnerTexts();
  const withoutTime = letters.map((letter) => letter.split("\n").slice(0, -1).join(" "));
  expect(new Set(withoutTime).size).toBe(letters.length);
  const toCoordinators = withoutTime.filter((letter) => letter.includes("Sample coordinator") && /risk/i.test(letter));
  expect(toCoordinators).toHaveLength(2);

  // What waits for it says so, and its date is the coordinator's to move.
  await using company = await portal.visitAs("sme-aurora-admin", "/pilots/late", { viewport: phone });
  await deliverable(company.page, "Living-lab trial plan").getByText("waits for FS\u20113").waitFor();
  const promised = await dueDateOf(company.page, "Living-lab trial plan");
  await using lab = await portal.visitAs("lab-1", "/pilots/late/deliverables/FS-6");
  await lab.page.getByText(`Can be submitted once these are accepted: ${screening}.`).waitFor();
  expect(await lab.page.getByText("Give more time").count()).toBe(0);
  await page.goto(`${portal.url}/pilots/late/deliverables/FS-6`);
  await page.getByText("Give more time").click();
  expect(await page.getByLabel(`It waits for: ${screening}`).isChecked()).toBe(true);
  await page.getByLabel("Days").fill("10");
  await page.getByLabel("Reason").fill("The regulatory screening is late.");
  await page.getByRole("button", { name: "Extend" }).click();
  await page.getByLabel("Days").waitFor({ state: "hidden" });
  await page.getByRole("region", { name: "Moved due dates" }).getByText(`It waited for: ${screening}.`).waitFor();
  await company.page.reload();
  await deliverable(company.page, "Living-lab trial plan").waitFor();
  const moved = Date.parse((await dueDateOf(company.page, "Living-lab trial plan")) ?? "") - Date.parse(promised ?? "");
  expect(moved / DAY_MS).toBeGreaterThanOrEqual(9.9);

  await journey.handIn("FS-3");
  await portal.settled();
  await page.goto(`${portal.url}/pilots`);
  await card.waitFor();
  expect(await card.getByText(/At risk|overdue/).count()).toBe(0);
  await card.getByRole("link").click();
  await deliverable(page, screening).getByText("Was late", { exact: true }).waitFor();
  await page
    .getByRole("region", { name: "What happened" })
    .getByText(/after its due date/)
    .waitFor();
  for (const { complaints } of [coordinator, expert, company, lab]) expect(complaints).toEqual([]);
}, 120_000);
