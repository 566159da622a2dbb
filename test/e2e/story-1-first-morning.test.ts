/**
 * Story 1, the first morning of a new pilot. What the server promises when several press at once is in
 * `test/journeys/story-1-first-morning.test.ts`, the agreement itself and its files in `gate.test.ts`.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fullExample } from "../fixtures/form-examples.ts";
import { Journey } from "../journeys/main-job.ts";
import { allMails } from "../journeys/steps.ts";
import { type Portal, phone, startPortal } from "../support/portal.ts";

const latvianCompany = { headcount: 24, registrationNumber: "40003032949", country: "LV", turnoverEur: 2_400_000 };

describe("The first morning of a new pilot (story 1)", () => {
  let portal: Portal;
  let first: Journey;
  beforeAll(async () => {
    portal = await startPortal();
    first = await Journey.begin({ url: portal.url, pilotId: "first" });
  });
  afterAll(() => portal[Symbol.asyncDispose]());

  test("shows a coordinator whether a company may take part, and a double click admits it once: tasks, mails and agreement exist once", async () => {
    await first.submitApplication(latvianCompany);
    await using coordinator = await portal.visitAs("coordinator-1", "/pilots/first");
    const { page } = coordinator;
    await page.getByText("Small, 24 employees", { exact: true }).waitFor();
    await page.getByText("€42,000 received, room for €258,000; enough for the planned support").waitFor();
    await page.getByText("The pilot can be admitted once its application form has been reviewed").waitFor();
    expect(await page.getByRole("button", { name: "Admit pilot" }).count()).toBe(0);

    await first.review("IN-1");
    await page.reload();
    await page.getByText("Admit and name the team").click();
    await page.getByLabel(/^Sample expert, law/).check();
    await page.getByRole("button", { name: "Admit pilot" }).click();
    await page.getByRole("alert").getByText("Name at least one advisor for the pilot.").waitFor();
    expect(await page.getByLabel(/^Sample expert, law/).isChecked()).toBe(true);
    await page.getByLabel(/^Sample advisor, Tartu/).check();
    await page.getByRole("button", { name: "Admit pilot" }).dblclick();
    await page.getByRole("link", { name: "NA\u20111 Company profile" }).waitFor();
    // Nothing went wrong, and it is said once.
    expect(await page.getByRole("alert").allInnerTexts()).toEqual([
      expect.stringMatching(/is admitted; its first stage opens\.$/),
    ]);
    await portal.settled();

    await using company = await portal.visitAs("sme-aurora-admin", "/pilots/first", { viewport: phone });
    const openTasks = company.page.getByRole("region", { name: "Open tasks" });
    await openTasks.getByRole("link", { name: "NA\u20116" }).waitFor();
    const titles = await openTasks.locator(".what").getByRole("link").allInnerTexts();
    const ids = ["NA\u20111", "NA\u20112", "NA\u20113", "NA\u20114", "NA\u20115", "NA\u20116"];
    expect(titles.map((title) => title.slice(0, 4)).sort()).toEqual(ids);
    expect(await openTasks.getByText(/^Due /).count()).toBe(6);
    const happened = company.page.getByRole("region", { name: "What happened" });
    expect(await happened.getByRole("listitem").filter({ hasText: "admitted" }).count()).toBe(1);
    await company.page.getByRole("link", { name: "Pilot agreement" }).click();
    await company.page.getByRole("heading", { level: 1, name: "Pilot agreement" }).waitFor();
    await company.page.getByText("Sample advisor, Tartu").first().waitFor();

    const { subject } = (await allMails(first)).findLast(({ person }) => person.id === "sme-aurora-admin") ?? {};
    await page.goto(`${portal.url}/mails?q=sme-aurora-admin`);
    const mails = page.getByRole("listitem").filter({ has: page.getByText(subject ?? "", { exact: true }) });
    await mails.first().waitFor();
    expect(await mails.count()).toBe(1);
    expect(company.complaints).toEqual([]);
  }, 120_000);

  test("asks for the reason of a waiver when there are 34 employees, and keeps it on record", async () => {
    const larger = await first.withPilot("larger", "sme-birch-admin");
    await larger.submitApplication({ ...latvianCompany, headcount: 34 });
    await larger.review("IN-1");
    await using coordinator = await portal.visitAs("coordinator-1", "/pilots/larger");
    const { page } = coordinator;
    await page.getByText("not met; a waiver is needed", { exact: true }).waitFor();
    await page.getByText("Admit and name the team").click();
    await page.getByLabel(/^Sample advisor, Riga/).check();
    await page.getByRole("button", { name: "Admit pilot" }).click();
    const reason = page.getByLabel("Reason for the waiver");
    expect(await reason.evaluate((field) => field.matches(":invalid") && field === document.activeElement)).toBe(true);
    await reason.fill("Ten of them work in a shop that is being sold.");
    await page.getByRole("button", { name: "Admit pilot" }).click();
    await page.getByRole("link", { name: "NA\u20111 Company profile" }).waitFor();
    const happened = page.getByRole("region", { name: "What happened" });
    await happened.getByText(/with a waiver of the focus size/).waitFor();
    await page.getByRole("link", { name: "Pilot agreement" }).click();
    await page.getByText("Ten of them work in a shop that is being sold.").waitFor();
    expect(coordinator.complaints).toEqual([]);
  }, 120_000);

  test("tells a company of 250 at the field that it cannot apply, and keeps what it typed", async () => {
    const tooLarge = await first.withPilot("too-large", "sme-cloudberry-admin");
    const sme = tooLarge.as("sme");
    await sme("startApplication", { body: { pilotId: "too-large", title: "Not for an SME" } });
    const { headcount: _typedBelow, ...values } = fullExample("IN-1", { ...latvianCompany, attachments: [] });
    const params = { pilotId: "too-large", deliverableId: "IN-1" };
    await sme("saveDraft", { params, body: { baseDraftVersion: 0, values } });

    await using company = await portal.visitAs("sme-cloudberry-admin", "/pilots/too-large/deliverables/IN-1");
    const { page } = company;
    await page.getByLabel("Employees").fill("250");
    await page.getByRole("button", { name: "Submit" }).click();
    await page.getByText(/249/).first().waitFor();
    expect(await page.getByLabel("Employees").inputValue()).toBe("250");
    expect((await tooLarge.deliverable("IN-1", "sme")).revision).toBe(0);
    await page.getByLabel("Employees").fill("24");
    await page.getByRole("button", { name: "Submit" }).click();
    await page.getByRole("heading", { name: "Answers of revision 1" }).waitFor();
    expect(company.complaints).toEqual([]);
  }, 120_000);
});
