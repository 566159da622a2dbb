/**
 * Story 8, two people at once, each in a browser of their own. A gate decided while a new revision arrives is in
 * `gate.test.ts` (the decision is refused without losing a word), one person's two windows in `portal.test.ts`.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import { fullExample } from "../fixtures/form-examples.ts";
import { Journey, team } from "../journeys/main-job.ts";
import { type Portal, phone, startPortal } from "../support/portal.ts";

const [needs] = latestProcess.stages;
/** What the browser says by itself of an answer that refuses. */
const refused = /status of 409/;

describe("Two people at once (story 8)", () => {
  let portal: Portal;
  let first: Journey;
  beforeAll(async () => {
    portal = await startPortal();
    first = await Journey.begin({ url: portal.url, pilotId: "together" });
  });
  afterAll(() => portal[Symbol.asyncDispose]());

  async function admitted(pilotId: string, members = team): Promise<Journey> {
    const journey = await first.withPilot(pilotId);
    await journey.apply(members, { legalName: `Sample ${pilotId}` });
    if (needs !== undefined) await journey.awaitStage(needs);
    return journey;
  }

  test("type in one draft: fields only one of them changed are merged, the same field is chosen side by side, and of two submissions one counts", async () => {
    const journey = await admitted("together");
    await journey.accept("NA-1", "NA-2");
    const params = { pilotId: "together", deliverableId: "NA-4" };
    const { notes: _notes, ...values } = fullExample("NA-4", { attachments: [], participants: 2 });
    await journey.as("sme")("saveDraft", { params, body: { baseDraftVersion: 0, values } });
    const form = "/pilots/together/deliverables/NA-4";
    await using admin = await portal.visitAs("sme-aurora-admin", form);
    await using member = await portal.visitAs("sme-aurora-member", form, { viewport: phone });
    const people = [admin, member];
    for (const { page } of people) await page.getByLabel("Participants").waitFor();

    await member.page.getByLabel("Notes").fill("Talk to the clinics first.");
    await member.page.getByLabel("Participants").fill("7");
    await member.page.getByText(/^Saved at/).waitFor();
    await saved(journey, { participants: 7 });
    await admin.page.getByLabel("Date of the needs workshop").fill("2027-03-05");
    await admin.page.getByLabel("Participants").fill("9");
    await admin.page.getByRole("link", { name: "Not saved: choose which answer stays" }).click();
    const choice = admin.page.getByRole("alert").filter({ hasText: "Somebody else changed the same fields" });
    await choice.getByRole("group", { name: "Participants" }).getByText("Yours: 9").waitFor();
    await choice.getByRole("group", { name: "Participants" }).getByText("Theirs: 7").waitFor();
    expect(await choice.getByRole("group").count()).toBe(1);
    expect(await admin.page.getByLabel("Notes").inputValue()).toBe("Talk to the clinics first.");
    await choice.getByRole("button", { name: "Take theirs" }).click();
    await choice.waitFor({ state: "detached" });
    await saved(journey, { participants: 7, workshopDate: "2027-03-05", notes: "Talk to the clinics first." });

    await member.page.reload();
    await expect.poll(() => member.page.getByLabel("Date of the needs workshop").inputValue()).toBe("2027-03-05");
    await Promise.all(people.map(({ page }) => page.getByRole("button", { name: "Submit" }).click()));
    const outcomes = await Promise.all(people.map(({ page }) => outcomeOf(page)));
    expect(outcomes.filter((each) => each === "submitted")).toHaveLength(1);
    const [told] = outcomes.filter((each) => each !== "submitted");
    expect(told).toMatch(/Already submitted by Sample (manager|employee), Sample Aurora SIA at .*\d{2}:\d{2}:\d{2}/);
    const view = await journey.deliverable("NA-4");
    expect([view.revision, view.revisions.length]).toEqual([1, 1]);
    for (const { complaints } of people) expect(complaints.filter((each) => !refused.test(each))).toEqual([]);
  }, 120_000);

  test("claim one review: one has it, the other is told who", async () => {
    const journey = await admitted("claims", [...team, { personId: "advisor-2", role: "advisor" as const }]);
    await journey.handIn("NA-1");
    await portal.settled();
    await using tartu = await portal.visitAs("advisor-1", "/?words=claims");
    await using riga = await portal.visitAs("advisor-2", "/?words=claims");
    const people = [tartu, riga];
    const review = "Review NA-1 Company profile";
    for (const { page } of people) await page.getByRole("button", { name: `Claim: ${review}` }).waitFor();
    await Promise.all(people.map(({ page }) => page.getByRole("button", { name: `Claim: ${review}` }).click()));
    const outcomes = await Promise.all(
      people.map(async ({ page }) => {
        const own = page.getByRole("button", { name: `Release: ${review}` });
        // The winner is told too, in a message of its own.
        const problem = page.getByRole("alert").filter({ hasText: "has this task already" });
        await own.or(problem).first().waitFor();
        return (await own.isVisible()) ? "mine" : problem.innerText();
      }),
    );
    expect(outcomes.filter((each) => each === "mine")).toHaveLength(1);
    const winner = outcomes[0] === "mine" ? "Sample advisor, Tartu" : "Sample advisor, Riga";
    expect(outcomes.find((each) => each !== "mine")).toContain(`${winner} has this task already.`);
    for (const { complaints } of people) expect(complaints.filter((each) => !refused.test(each))).toEqual([]);
  }, 120_000);

  async function saved(journey: Journey, values: object): Promise<void> {
    const draftOf = async () => (await journey.deliverable("NA-4", "sme")).draft?.values;
    await expect.poll(draftOf, { timeout: 10_000 }).toMatchObject(values);
  }

  /** How a submission ended: done, or what was said against it. */
  async function outcomeOf(page: Page): Promise<string> {
    const done = page.getByText("Barrier register is submitted.").first();
    const problem = page.getByRole("alert").filter({ hasText: "Already submitted" });
    await done.or(problem).first().waitFor();
    return (await problem.count()) > 0 ? problem.innerText() : "submitted";
  }
});
