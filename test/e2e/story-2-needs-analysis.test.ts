/**
 * Story 2, a company fills in its needs analysis on a phone. A session that ends while somebody types, and two windows on
 * one draft, are in `portal.test.ts`; what the server recomputes in `test/journeys/story-2-needs-analysis.test.ts`.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import { fullExample } from "../fixtures/form-examples.ts";
import { Journey } from "../journeys/main-job.ts";
import { eventually } from "../support/eventually.ts";
import type { SamplePerson } from "../support/people.ts";
import { type Portal, phone, startPortal } from "../support/portal.ts";

/** Nine dimensions at 3 points make a score of 75. */
const { marketEvidence: _market, legalEvidence: _legal, ...halfFilled } = fullExample("NA-3");
const [needs] = latestProcess.stages;

describe("A company that fills in its needs analysis on a phone (story 2)", () => {
  let portal: Portal;
  let first: Journey;
  beforeAll(async () => {
    portal = await startPortal();
    first = await Journey.begin({ url: portal.url, pilotId: "ferry" });
  });
  afterAll(() => portal[Symbol.asyncDispose]());

  /** A pilot whose readiness form is half filled in. */
  async function halfFilledPilot(pilotId: string, smeAdmin: SamplePerson): Promise<Journey> {
    const journey = await first.withPilot(pilotId, smeAdmin);
    await journey.apply();
    if (needs !== undefined) await journey.awaitStage(needs);
    await journey.accept("NA-1", "NA-2");
    const params = { pilotId, deliverableId: "NA-3" };
    await journey.as("sme")("saveDraft", { params, body: { baseDraftVersion: 0, values: halfFilled } });
    return journey;
  }

  const score = (page: Page) => page.locator(".field").filter({ hasText: /^Readiness score/ });

  test("loses nothing when the connection drops, not even with the page closed, and the server comes to the same score", async () => {
    const journey = await halfFilledPilot("ferry", "sme-aurora-admin");
    await using member = await portal.visitAs("sme-aurora-member", "/", { viewport: phone });
    const { context, page } = member;
    await page.getByRole("link", { name: "NA\u20113 Export readiness assessment" }).click();
    await score(page).getByText("75", { exact: true }).waitFor();

    await context.setOffline(true);
    await page.getByLabel("Evidence: knowledge of the target markets").fill("Two interviews in Riga.");
    await page.getByRole("group", { name: "Product maturity and fit abroad" }).getByLabel("4", { exact: true }).check();
    await page.getByText(/^Kept on this device, not saved yet/).waitFor();
    await score(page).getByText("78.75", { exact: true }).waitFor();
    expect((await journey.deliverable("NA-3", "sme")).draft?.values).not.toHaveProperty("marketEvidence");

    // The phone is put away in the tunnel; the page is opened again behind it, in the same browser.
    await page.close();
    await context.setOffline(false);
    const again = await context.newPage();
    await again.goto(`${portal.url}/pilots/ferry/deliverables/NA-3`);
    const field = again.getByLabel("Evidence: knowledge of the target markets");
    const signIn = again.getByRole("button", { name: "Sign in", exact: true });
    await field.or(signIn).first().waitFor();
    if (await signIn.isVisible()) await signIn.click();
    await field.waitFor();
    expect(await field.inputValue()).toBe("Two interviews in Riga.");
    const { values } = await eventually("the draft is saved", async () => {
      const { draft } = await journey.deliverable("NA-3", "sme");
      return draft?.values.marketEvidence === "Two interviews in Riga." ? draft : undefined;
    });
    expect(values).toMatchObject({ productScore: 4, readinessScore: 78.75 });
    await again.getByText(/^Saved at/).waitFor();
    await score(again).getByText("78.75", { exact: true }).waitFor();
  }, 120_000);

  test("leaves its adjusted score to the advisor, who finds nothing else to fill in", async () => {
    const journey = await halfFilledPilot("pier", "sme-drift-admin");
    const deliverable = "/pilots/pier/deliverables/NA-3";
    await using company = await portal.visitAs("sme-drift-admin", deliverable, { viewport: phone });
    await company.page.getByLabel("Evidence: knowledge of the target markets").waitFor();
    expect(await company.page.getByLabel("Advisor's adjusted score").count()).toBe(0);

    await using advisor = await portal.visitAs("advisor-1", deliverable);
    await advisor.page.getByText("Some of its fields are for you to fill in.").waitFor();
    await advisor.page.getByLabel("Advisor's adjusted score").fill("70");
    await advisor.page.getByText(/^Saved at/).waitFor();
    expect(await advisor.page.getByRole("textbox", { name: /^Evidence/ }).count()).toBe(0);
    const { draft } = await journey.deliverable("NA-3", "sme");
    expect(draft?.values).toMatchObject({ advisorAdjustment: 70, readinessScore: 75 });
    for (const { complaints } of [company, advisor]) expect(complaints).toEqual([]);
  }, 60_000);

  test("is told which evidence is missing, each a way to its field, and once submitted the form is closed and the advisor has it", async () => {
    await halfFilledPilot("tunnel", "sme-birch-admin");
    const form = "/pilots/tunnel/deliverables/NA-3";
    await using company = await portal.visitAs("sme-birch-admin", form, { viewport: phone });
    const { page } = company;
    await page.getByRole("button", { name: "Submit" }).click();
    const missing = page.getByRole("region", { name: /^What is missing/ });
    await missing.waitFor();
    const evidence = [
      ["Evidence: knowledge of the target markets", "Two interviews."],
      ["Evidence: legal and IPR preparedness", "One letter of a lawyer."],
    ] as const;
    expect(await missing.getByRole("link").allInnerTexts()).toEqual(evidence.map(([label]) => label));
    for (const [label, text] of evidence) {
      await missing.getByRole("link", { name: label }).click();
      expect(await page.getByLabel(label).evaluate((field) => field === document.activeElement)).toBe(true);
      await expect.poll(() => page.getByRole("textbox", { name: label, description: "Fill this in." }).count()).toBe(1);
      await page.keyboard.type(text);
      await missing.getByRole("link", { name: label }).waitFor({ state: "detached" });
    }
    await page.getByText("Nothing is missing. The form can be submitted.").waitFor();
    await page.getByRole("button", { name: "Submit" }).click();
    await page.getByRole("heading", { name: "Answers of revision 1" }).waitFor();
    expect(await page.getByRole("textbox").count()).toBe(0);
    await page.goto(portal.url);
    await page.getByRole("heading", { name: "Your tasks" }).waitFor();
    await page
      .getByRole("link", { name: /^NA\u20115/ })
      .first()
      .waitFor();
    expect(await page.getByRole("link", { name: /^NA\u20113/ }).count()).toBe(0);
    expect(company.complaints).toEqual([]);

    await using advisor = await portal.visitAs("advisor-1");
    const toReview = advisor.page.getByRole("region", { name: /^To review/ });
    await toReview.getByRole("link", { name: "Review NA\u20113 Export readiness assessment" }).waitFor();
    expect(advisor.complaints).toEqual([]);
  }, 120_000);
});
