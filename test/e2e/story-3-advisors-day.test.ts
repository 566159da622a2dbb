/**
 * Story 3, an advisor's day. The review itself is walked by keyboard in `inbox.test.ts`, from the inbox to rework and
 * to the differences of the next revision, with bulk actions, delegation and saved views; here it is done with the mouse.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import { fullExample } from "../fixtures/form-examples.ts";
import { Journey, team } from "../journeys/main-job.ts";
import { DAY_MS } from "../journeys/steps.ts";
import { type Portal, phone, startPortal } from "../support/portal.ts";

const twoAdvisors = [...team, { personId: "advisor-2", role: "advisor" as const }];
const [needs] = latestProcess.stages;
const profile = fullExample("NA-1", { hoursPerWeek: 2, city: "Riga" });

describe("An advisor's day (story 3)", () => {
  let portal: Portal;
  let first: Journey;
  beforeAll(async () => {
    portal = await startPortal();
    first = await Journey.begin({ url: portal.url, pilotId: "first" });
  });
  afterAll(() => portal[Symbol.asyncDispose]());

  /** A pilot in its first stage, named after its id. */
  async function admitted(pilotId: string, company: string, members = team): Promise<Journey> {
    const journey = await first.withPilot(pilotId, `sme-${company}-admin`);
    await journey.apply(members, { legalName: `Sample ${pilotId}` });
    if (needs !== undefined) await journey.awaitStage(needs);
    return journey;
  }

  test("begins with one list: what is escalated, overdue, to review, asked and due, the most urgent first, each with pilot, market and person", async () => {
    const coordinator = first.as("coordinator");
    const startedAt = Date.parse((await coordinator("getClock", {})).now);
    await admitted("Ember", "aurora");
    const soon = await admitted("Sorrel", "birch");
    await first.moveTo(new Date(startedAt + 10 * DAY_MS).toISOString());
    const late = await admitted("Larkspur", "cloudberry", twoAdvisors);

    // One register is a day late, one is due in some days, one is late since long.
    const lateSince = Date.parse((await late.deliverable("NA-4")).dueAt);
    const dueBefore = Date.parse((await soon.deliverable("NA-4")).dueAt);
    await coordinator("extendDueDate", {
      params: { pilotId: "Sorrel", deliverableId: "NA-4" },
      body: { days: Math.round((lateSince - dueBefore) / DAY_MS) + 4, reason: "Holidays.", kind: "extension" },
    });
    await first.moveTo(new Date(lateSince + DAY_MS).toISOString());
    await late.handIn("NA-1");
    await late.as("sme")("askQuestion", {
      params: { pilotId: "Larkspur" },
      body: {
        text: "Which register counts?",
        toPersonId: "advisor-1",
        internal: false,
        dueOn: new Date(lateSince + 12 * DAY_MS).toISOString().slice(0, 10),
      },
    });
    await portal.settled();

    await using advisor = await portal.visitAs("advisor-1");
    const { page } = advisor;
    const inGroup = (group: string, task: string, pilot: string) =>
      page
        .getByRole("region", { name: new RegExp(`^${group}`) })
        .getByRole("listitem")
        .filter({ has: page.getByRole("link", { name: new RegExp(`^Sample ${pilot}`) }) })
        .filter({ has: page.getByRole("link", { name: task }) });
    const cards = [
      inGroup("Escalated", "NA\u20114 Barrier register", "Ember"),
      inGroup("Overdue", "NA\u20114 Barrier register", "Larkspur"),
      inGroup("To review", "Review NA\u20111 Company profile", "Larkspur"),
      inGroup("Follow-up questions", "Which register counts?", "Larkspur"),
      inGroup("Due in 7 days", "NA\u20114 Barrier register", "Sorrel"),
    ];
    for (const card of cards) await card.waitFor();
    const groups = (await page.getByRole("heading", { level: 2 }).allInnerTexts()).map((name) =>
      name.replace(/\s*\d+$/, ""),
    );
    expect(groups.slice(0, 5)).toEqual(["Escalated", "Overdue", "To review", "Follow-up questions", "Due in 7 days"]);
    const said = [
      ["Latvia", "yours"],
      ["Estonia", "open to an advisor"],
      ["Estonia", "open to an advisor"],
      ["Estonia", "yours"],
      ["Finland", "yours"],
    ] as const;
    for (const [index, [market, person]] of said.entries()) {
      expect(await cards[index]?.innerText()).toMatch(new RegExp(`${market}\\s· ${person}`));
    }
    expect(advisor.complaints).toEqual([]);
  }, 120_000);

  test("goes on with a review: claimed, scored, two fields commented, sent back; the company finds each comment at its field", async () => {
    const journey = await admitted("Rowan", "drift", twoAdvisors);
    await journey.handIn("NA-1", profile);
    await portal.settled();
    await using colleague = await portal.visitAs("advisor-2", "/?words=rowan");
    await using advisor = await portal.visitAs("advisor-1", "/?words=rowan");
    const { page } = advisor;
    await page.getByRole("button", { name: "Claim: Review NA-1 Company profile" }).click();
    await page.getByRole("button", { name: "Release: Review NA-1 Company profile" }).waitFor();
    await colleague.page.reload();
    await colleague.page.getByText("NA\u20114 Barrier register").first().waitFor();
    expect(await colleague.page.getByRole("button", { name: /Review NA-1/ }).count()).toBe(0);

    await page.getByRole("button", { name: "Start review: Review NA-1 Company profile" }).click();
    await page.getByRole("heading", { name: "Your review" }).waitFor();
    const criteria = page.getByRole("region", { name: "Your review" }).getByRole("group");
    for (const criterion of await criteria.all()) {
      await criterion.getByLabel("2 partly").check();
      await criterion.getByLabel("Comment").fill("Please say more.");
    }
    const comments = [
      ["City", "Name the town of the register."],
      ["Hours per week", "Two hours will not do."],
    ] as const;
    for (const [field, comment] of comments) {
      await page.getByText(`Add a comment on ${field}`).click();
      await page.getByLabel(`Comment on ${field}`).fill(comment);
    }
    await page.getByText("With these points it cannot be accepted.").waitFor();
    await page.getByRole("button", { name: "Send back for rework" }).click();
    await page.getByRole("heading", { name: "Sent back for rework" }).waitFor();

    await using company = await portal.visitAs("sme-drift-admin", "/", { viewport: phone });
    await company.page.getByRole("link", { name: "NA\u20111 Company profile" }).first().click();
    for (const [field, comment] of comments) {
      await company.page.getByRole("textbox", { name: field, description: new RegExp(comment) }).waitFor();
    }
    expect(await company.page.locator("form.form").getByRole("textbox").count()).toBe(2);
    await company.page.getByRole("textbox", { name: "City" }).fill("Sigulda");
    await company.page.getByRole("button", { name: "Submit" }).click();
    await company.page.getByRole("heading", { name: "Answers of revision 2" }).waitFor();

    await page.goto(`${portal.url}/?words=rowan`);
    await page.getByRole("button", { name: "Start review: Review NA-1 Company profile" }).click();
    const changes = page.getByRole("region", { name: /^Changes since revision 1/ });
    await changes.getByText("Sigulda").waitFor();
    expect(await changes.getByText("Riga", { exact: true }).isVisible()).toBe(true);
    expect(await changes.getByText(/Hours per week.*Two hours will not do/).isVisible()).toBe(true);
    for (const { complaints } of [advisor, colleague, company]) expect(complaints).toEqual([]);
  }, 120_000);
});
