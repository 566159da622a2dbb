/**
 * Story 6, an advisor leaves. `coordinator.test.ts` shows the hand-over of a sample advisor, `substitute.test.ts` somebody
 * who is only away; every task of seven pilots is followed in `test/journeys/story-6-advisor-leaves.test.ts`.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import { fullExample } from "../fixtures/form-examples.ts";
import { Journey, team } from "../journeys/main-job.ts";
import { DAY_MS } from "../journeys/steps.ts";
import { as } from "../support/people.ts";
import { type Portal, startPortal } from "../support/portal.ts";

const [needs] = latestProcess.stages;
const leaverName = "Sample advisor, Tartu";

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal[Symbol.asyncDispose]());

const openTask = (page: Page, title: string) =>
  page
    .getByRole("region", { name: "Open tasks" })
    .getByRole("listitem")
    .filter({ has: page.getByRole("link", { name: title, exact: true }) });

test("An advisor leaves: one screen moves all work by language and load, companies are told once, the account ends, the name stays (story 6)", async () => {
  const first = await Journey.begin({ url: portal.url, pilotId: "aurora" });
  const admitted = async (company: string, members = team): Promise<Journey> => {
    const journey = await first.withPilot(company, `sme-${company}-admin`);
    await journey.apply(members, { legalName: `Sample ${company}` });
    if (needs !== undefined) await journey.awaitStage(needs);
    return journey;
  };
  const aurora = await admitted("aurora");
  const birch = await admitted("birch");
  await admitted("elder", [...team, { personId: "advisor-2", role: "advisor" as const }]);
  const leaver = first.as("advisor");
  const riga = await as(portal.url, "advisor-2");
  // A review the leaver has claimed, one they did, a colleague's task they were given, a note for colleagues.
  await aurora.handIn("NA-1");
  await leaver("claimTask", { params: { pilotId: "aurora", taskId: "NA-1.review.1" }, body: {} });
  await birch.handIn("NA-1", fullExample("NA-1", { legalName: "Sample birch" }));
  await birch.review("NA-1");
  const given = { pilotId: "elder", taskId: "NA-4.produce.1" };
  await riga("claimTask", { params: given, body: {} });
  await riga("delegateTask", { params: given, body: { toPersonId: "advisor-1" } });
  const note = "The owner decides alone; call on Mondays.";
  await leaver("addComment", { params: { pilotId: "aurora" }, body: { text: note, internal: true } });

  await using coordinator = await portal.visitAs("coordinator-1", "/people");
  const { page } = coordinator;
  await page.getByRole("link", { name: `Open tasks of ${leaverName}` }).click();
  await page.getByRole("heading", { level: 1, name: `Open tasks of ${leaverName}` }).waitFor();
  await page.getByRole("link", { name: "NA\u20114 Barrier register" }).first().waitFor();
  await page.goBack();
  await page.getByRole("link", { name: `Hand over the work of ${leaverName}` }).click();
  await page.getByText(/^To hand over: 3 pilots, \d+ open tasks\.$/).waitFor();
  await page
    .getByRole("listitem")
    .filter({ hasText: "Sample advisor, Riga" })
    .getByText(/^Latvia, language: Latvian\s· pilots: 1\s→\s\d/)
    .waitFor();
  const successor = (company: string) => page.getByLabel(new RegExp(`^Successor for Sample ${company}`));
  // Suggested by the language of the company.
  expect(await successor("aurora").inputValue()).toBe("advisor-2");
  await successor("birch").selectOption("advisor-3");
  await page.getByText("Plan the hand-over", { exact: true }).click();
  await page.getByText(/companies get one message, and the account of Sample advisor, Tartu ends/).waitFor();
  const { now } = await first.as("coordinator")("getClock", {});
  const lastDay = new Date(Date.parse(now) + 5 * DAY_MS).toISOString().slice(0, 10);
  await page.getByLabel("Last day").fill(lastDay);
  await page.getByLabel("Reason").fill("A new post elsewhere.");
  await page.getByRole("button", { name: "Hand over" }).click();
  await page
    .getByText(/^Handed over: 3 pilots, \d+ open tasks\.$/)
    .first()
    .waitFor();
  await portal.settled();

  // No open task is left with the leaver, none without somebody who may take it.
  const taken = [
    ["aurora", "NA\u20114 Barrier register", "Sample advisor, Riga"],
    ["aurora", "Review NA\u20111 Company profile", "open to an advisor"],
    ["birch", "NA\u20114 Barrier register", "Sample advisor, Sofia"],
    ["elder", "NA\u20114 Barrier register", "Sample advisor, Riga"],
  ] as const;
  for (const [pilotId, title, who] of taken) {
    await page.goto(`${portal.url}/pilots/${pilotId}`);
    await openTask(page, title).getByText(who).waitFor();
    expect(await page.getByRole("region", { name: "Open tasks" }).getByText(leaverName).count()).toBe(0);
    expect(await page.getByRole("region", { name: "People" }).getByText(leaverName).count()).toBe(0);
  }
  await page.goto(`${portal.url}/mails?q=${encodeURIComponent("sme-birch-admin Sofia")}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.locator("summary.mail").first().waitFor();
  expect(await page.locator("summary.mail").count()).toBe(1);

  await using next = await portal.visitAs("advisor-2", "/?words=aurora");
  await next.page.getByRole("button", { name: "Claim: Review NA-1 Company profile" }).click();
  await next.page.getByRole("button", { name: "Release: Review NA-1 Company profile" }).waitFor();
  await next.page.goto(`${portal.url}/pilots/aurora`);
  await next.page.getByRole("region", { name: "Notes" }).getByText(note).waitFor();

  // To the end of the last day the account works.
  await using leaving = await portal.visitAs("advisor-1");
  await leaving.page.getByText("Nothing to do right now.").waitFor();
  await first.moveTo(new Date(Date.parse(`${lastDay}T12:00:00.000Z`) + DAY_MS).toISOString());
  await leaving.page.reload();
  await leaving.page.getByText("You are not a member of any programme at present. Ask the programme office.").waitFor();
  await leaving.page.getByRole("button", { name: "Sign out" }).click();
  await leaving.page.getByRole("heading", { name: "Sign out?" }).waitFor();
  await leaving.page.getByRole("button", { name: "Sign out" }).click();
  await leaving.page.getByRole("button", { name: "Sign in", exact: true }).click();
  await leaving.page.getByRole("button", { name: /Sample advisor, Riga/ }).waitFor();
  expect(await leaving.page.getByRole("button", { name: leaverName }).count()).toBe(0);
  await page.goto(`${portal.url}/people?role=advisor`);
  await page.getByRole("heading", { name: "Sample advisor, Riga" }).waitFor();
  expect(await page.getByRole("heading", { name: leaverName }).count()).toBe(0);
  await page.goto(`${portal.url}/pilots/birch`);
  await page.getByText("Change the team").click();
  await page
    .getByRole("group", { name: "Advisor" })
    .getByLabel(/^Sample advisor, Riga/)
    .waitFor();
  expect(await page.getByLabel(new RegExp(`^${leaverName}`)).count()).toBe(0);

  await page.goto(`${portal.url}/pilots/birch/deliverables/NA-1`);
  await page.getByText(new RegExp(`^By ${leaverName} on`)).waitFor();
  for (const { complaints } of [coordinator, next]) expect(complaints).toEqual([]);
}, 120_000);
