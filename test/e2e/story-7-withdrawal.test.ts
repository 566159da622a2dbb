/**
 * Story 7, a company withdraws in stage 3 with its trial running. Who is told what, and that nothing can be done any more,
 * is in `test/journeys/story-7-withdrawal.test.ts`.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { localDateOf } from "../../shared/domain/calendar.ts";
import { journeyTo } from "../journeys/main-job.ts";
import { type Portal, phone, startPortal } from "../support/portal.ts";

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal[Symbol.asyncDispose]());

test("A company withdraws with a reason: its tasks go, the living lab is told to end the trial, records stay, and a new application knows of it (story 7)", async () => {
  const journey = await journeyTo("adaptation", { url: portal.url, pilotId: "withdrawn" });
  const params = { pilotId: "withdrawn" };
  // The day it is where the programme is, which may be the next one already.
  const today = localDateOf((await journey.as("coordinator")("getClock", {})).now, "EE");
  await journey.as("living_lab")("saveDraft", {
    params: { ...params, deliverableId: "PA-8" },
    body: { baseDraftVersion: 0, values: { start: today, recruited: 18 } },
  });
  await journey.accept("PA-1");
  await journey.as("advisor")("logHours", { params, body: { hours: 6, on: today, activity: "Trial set-up" } });

  await using lab = await portal.visitAs("lab-1");
  await lab.page
    .getByRole("link", { name: /^PA\u20118/ })
    .first()
    .waitFor();
  await using member = await portal.visitAs("sme-aurora-member", "/pilots/withdrawn", { viewport: phone });
  await member.page.getByRole("region", { name: "What happened" }).waitFor();
  expect(await member.page.getByText("Withdraw our pilot").count()).toBe(0);

  await using company = await portal.visitAs("sme-aurora-admin", "/pilots/withdrawn");
  const { page } = company;
  await page.getByText("Withdraw our pilot").click();
  await page.getByText("What was handed in stays with the programme for its audit.").waitFor();
  await page.getByRole("button", { name: "Withdraw for good" }).click();
  const reason = page.getByLabel("Reason");
  expect(await reason.evaluate((field) => field === document.activeElement && field.matches(":invalid"))).toBe(true);
  await reason.fill("The owners sell the company.");
  await page.getByRole("button", { name: "Withdraw for good" }).dblclick();
  await page.getByText("Ended: The owners sell the company.").waitFor();
  await page.getByText("Withdrawn", { exact: true }).first().waitFor();
  await page.getByText("The pilot has ended; nothing is left to do.").waitFor();
  expect(await page.getByText("Withdraw our pilot").count()).toBe(0);
  const happened = page.getByRole("region", { name: "What happened" });
  expect(await happened.getByText("The owners sell the company.").count()).toBe(1);
  await portal.settled();

  await lab.page.reload();
  await lab.page.getByText("Nothing to do right now.").waitFor();
  await lab.page.goto(`${portal.url}/pilots/withdrawn/deliverables/PA-8`);
  await lab.page.getByText("Cancelled", { exact: true }).waitFor();
  await lab.page.getByText("18", { exact: true }).waitFor();
  expect(await lab.page.getByRole("textbox").count()).toBe(0);
  await using coordinator = await portal.visitAs("coordinator-1", "/mails?q=lab-1");
  await coordinator.page.getByText("The owners sell the company.").first().waitFor({ state: "attached" });

  // The hours so far stand, nobody adds to them.
  await using advisor = await portal.visitAs("advisor-1", "/pilots/withdrawn");
  const hours = advisor.page.getByRole("region", { name: "Hours and aid" });
  await hours.getByText("Hours so far").waitFor();
  await hours.getByRole("term").filter({ hasText: "Hours so far" }).locator("+ dd").getByText("6").waitFor();
  expect(await hours.getByText("Log hours").count()).toBe(0);
  await using auditor = await portal.visitAs("auditor-1", "/pilots/withdrawn/deliverables/PA-1");
  await auditor.page.getByText("Accepted", { exact: true }).first().waitFor();
  await auditor.page.getByRole("link", { name: "Revision 1" }).waitFor();

  await page.goto(`${portal.url}/pilots`);
  await page.getByText("Start an application", { exact: true }).click();
  await page.getByLabel("Service and market").fill("Care diary for Finland, second try");
  await page.getByRole("button", { name: "Start" }).click();
  await page.getByRole("heading", { name: "Pilot application" }).waitFor();
  await page.getByRole("link", { name: "Care diary for Finland, second try" }).click();
  await page.getByRole("link", { name: "Earlier pilot of the company, which ended early" }).click();
  await page.getByText("Ended: The owners sell the company.").waitFor();
  for (const { complaints } of [lab, member, company, coordinator, advisor, auditor]) expect(complaints).toEqual([]);
}, 120_000);
