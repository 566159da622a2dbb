/**
 * Story 5, rework at gate 2. The first round, scored unseen, with advance not offered and why, its choice kept over a
 * reload, and its dossier, is in `gate.test.ts`; here is what the company sees of it, and the second round.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { journeyTo } from "../journeys/main-job.ts";
import { eventually } from "../support/eventually.ts";
import { type Portal, phone, startPortal } from "../support/portal.ts";

const runId = "feasibility-1";
const halfSecured = "Half of the investment secured or applied for";
const reason = "Half of the investment must be secured: add the loan or the grant.";
const points = (each: number) => Object.fromEntries([1, 2, 3, 4, 5, 6].map((number) => [`G2-S${number}`, each]));
const musts = (unmet?: string) =>
  Object.fromEntries(["G2-M1", "G2-M2", "G2-M3"].map((id) => [id, { met: id !== unmet, evidence: "As FS-5 shows." }]));

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

test("Rework at gate 2 reopens the business case and the report that rests on it, and a second round decides on both new revisions (story 5)", async () => {
  const journey = await journeyTo("feasibility", { url: portal.url, pilotId: "rework" });
  const params = { pilotId: "rework", runId };
  await journey.accept("FS-1", "FS-2", "FS-3", "FS-4", "FS-5", "FS-6", "FS-7");
  await eventually("gate 2 is open", () => journey.openGate(runId));
  const scores = [
    ["expert-1", points(3), musts()],
    ["expert-2", points(2), musts("G2-M3")],
    ["coordinator-1", points(3), musts("G2-M3")],
  ] as const;
  for (const [person, given, met] of scores) {
    await journey.person(person)("scoreGate", { params, body: { round: 1, musts: met, points: given } });
  }

  await using coordinator = await portal.visitAs("coordinator-1", `/pilots/rework/gates/${runId}`);
  const { page } = coordinator;
  const notOffered = page.getByRole("listitem").filter({ hasText: /^Advance Not offered/ });
  await notOffered.getByText(`Not met: ${halfSecured}`).waitFor();
  expect(await page.getByRole("radio", { name: "Advance", exact: true }).count()).toBe(0);
  await page.getByRole("radio", { name: "Rework", exact: true }).check();
  await page.getByLabel("Reason").fill(reason);
  await page.getByLabel("Business case").check();
  await page.getByLabel("Due in how many days").fill("21");
  await page.getByRole("button", { name: "Decide: Rework" }).click();
  await page.getByText("Sent back: Business case and Feasibility report").waitFor();

  await using company = await portal.visitAs("sme-aurora-admin", "/pilots/rework", { viewport: phone });
  for (const name of ["Business case", "Feasibility report"]) {
    await deliverable(company.page, name).getByText("Rework", { exact: true }).waitFor();
  }
  // On the next working day.
  await deliverable(company.page, "Business case")
    .getByText(/\(in\s2[1-5]\sdays\)/)
    .waitFor();
  await deliverable(company.page, "Feasibility report").getByText("waits for FS\u20115").waitFor();
  const stage = company.page.getByRole("region", { name: "Deliverables" }).getByRole("listitem");
  expect(
    await stage
      .filter({ hasText: /FS\u2011\d/ })
      .filter({ hasText: "Accepted" })
      .count(),
  ).toBe(5);
  await company.page.getByRole("region", { name: "What happened" }).getByText(reason).first().waitFor();
  await company.page
    .getByRole("region", { name: "Deliverables" })
    .getByRole("link", { name: "Business case", exact: true })
    .click();
  await company.page.getByLabel("Key assumptions").fill("The bank’s loan is applied for.");
  await company.page.getByRole("button", { name: "Submit" }).click();
  await company.page.getByRole("heading", { name: "Answers of revision 2" }).waitFor();

  await journey.review("FS-5");
  await journey.accept("FS-7");
  await eventually("gate 2 is open again", () => journey.openGate(runId));
  for (const person of ["expert-1", "expert-2", "coordinator-1"] as const) {
    await journey.person(person)("scoreGate", { params, body: { round: 2, musts: musts(), points: points(3) } });
  }
  await page.reload();
  await page.getByText(/Round\s2, opened/).waitFor();
  const evidence = page.getByRole("region", { name: "What it rests on" });
  expect((await evidence.getByRole("link").allInnerTexts()).map((text) => text.replace(/^.*\((.*)\)$/, "$1"))).toEqual(
    [1, 1, 1, 1, 2, 1, 2].map((revision) => `revision\u00a0${revision}`),
  );
  await page.getByRole("radio", { name: "Advance", exact: true }).check();
  await page.getByRole("button", { name: "Decide: Advance" }).click();
  await page.getByText("Advance, by Sample coordinator, Tallinn").waitFor();

  const history = page.getByRole("region", { name: "Decided so far" });
  const rounds = history.locator("ol.cards > li");
  expect(await rounds.count()).toBe(2);
  const [second, first] = [rounds.nth(0), rounds.nth(1)];
  await second.getByText(/^Round\s2, /).waitFor();
  await first.getByText("Revisions it rested on").click();
  await second.getByRole("link", { name: "Business case (revision 2)" }).waitFor();
  await second.getByRole("link", { name: "Feasibility report (revision 2)" }).waitFor();
  await first.getByText("Rework, by Sample coordinator, Tallinn").waitFor();
  await first.getByText(reason).waitFor();
  await first.getByRole("link", { name: "Business case (revision 1)" }).waitFor();
  await portal.settled();
  await company.page.goto(`${portal.url}/pilots/rework`);
  await company.page
    .getByRole("listitem")
    .filter({ hasText: /^Platform adaptation\s*Active/ })
    .waitFor();
  for (const { complaints } of [coordinator, company]) expect(complaints).toEqual([]);
}, 120_000);
