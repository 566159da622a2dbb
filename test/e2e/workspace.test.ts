/** The workspace of a pilot as its people use it: writing and naming each other, asking and answering, hours, the team. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { as } from "../support/people.ts";
import { type Portal, phone, startPortal } from "../support/portal.ts";
import { saidOfField } from "./said-of-field.ts";

/** Enough for a busy machine; what is awaited is there as a rule at once. */
const patient = { timeout: 10_000 };
const pilot = "/pilots/sample-at-risk";
const params = { pilotId: "sample-at-risk" };

describe("The workspace of a pilot", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await startPortal({ sample: "pilots" });
  });
  afterAll(() => portal[Symbol.asyncDispose]());

  const today = async (): Promise<Date> => {
    const coordinator = await as(portal.url, "coordinator-1");
    return new Date((await coordinator("getClock", {})).now);
  };
  const dayAfter = (date: Date, days: number): string =>
    new Date(date.getTime() + days * 86_400_000).toISOString().slice(0, 10);

  const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

  test("lets an advisor name a colleague with the keyboard alone, and keeps what is typed over a reload", async () => {
    const { context, page, complaints } = await portal.visitAs("advisor-1", pilot);
    await section(page, "Notes").getByRole("textbox", { name: "Text" }).waitFor();
    await page.keyboard.press("w");
    await page.keyboard.type("The dates are tight, @coord");
    await page
      .getByRole("option", { name: /^Sample coordinator/ })
      .first()
      .waitFor();
    await page.keyboard.press("Enter");
    const text = section(page, "Notes").getByRole("textbox", { name: "Text" });
    await expect.poll(() => text.inputValue(), patient).toMatch(/^The dates are tight, @Sample coordinator, \w+ $/);
    await page.keyboard.type("please look.");
    await page.getByText("Told at once: Sample coordinator").waitFor();
    // As a question it would go to whom it names.
    const kind = (name: string) => section(page, "Notes").getByRole("radio", { name });
    await kind("Question").check();
    const asked = await page.getByLabel("Whom you ask").evaluate((list) => (list as HTMLSelectElement).value);
    expect(asked).toMatch(/^person coordinator-/);
    await kind("Comment").check();
    await page.getByText("Read by the company, the pilot’s team").waitFor();

    await page.reload();
    await expect.poll(() => text.inputValue(), patient).toMatch(/please look\.$/);
    await text.focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const note = section(page, "Notes").getByRole("article").filter({ hasText: "The dates are tight" });
    await note.waitFor();
    // Names are marked once it is known who the people are.
    await note.getByText(/^@Sample coordinator, \w+$/).waitFor();
    await expect.poll(() => text.inputValue(), patient).toBe("");

    await portal.settled();
    const coordinator = await as(portal.url, "coordinator-1");
    const { mails } = await coordinator("listMails", {});
    expect(mails.find(({ subject }) => subject.includes("You are mentioned"))?.text).toContain("#notes");
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("offers the people to Enter even if they come only after the name is typed", async () => {
    const { context, page, complaints } = await portal.visitAs("advisor-1");
    const { promise: typed, resolve: letPeopleCome } = Promise.withResolvers<void>();
    await page.route(`**/api${pilot}/people`, async (route) => {
      await typed;
      await route.continue();
    });
    await page.goto(`${portal.url}${pilot}`);
    const text = section(page, "Notes").getByRole("textbox", { name: "Text" });
    await text.pressSequentially("@coord");
    letPeopleCome();
    await page
      .getByRole("option", { name: /^Sample coordinator/ })
      .first()
      .waitFor();
    await page.keyboard.press("Enter");
    await expect.poll(() => text.inputValue(), patient).toMatch(/^@Sample coordinator, \w+ $/);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("says that an internal note is not for the company, and keeps it from them", async () => {
    const advisor = await as(portal.url, "advisor-1");
    await advisor("addComment", { params, body: { text: "Welcome to the feasibility stage.", internal: false } });
    const { context, page } = await portal.visitAs("advisor-1", pilot);
    const notes = section(page, "Notes");
    await notes.getByRole("radio", { name: "Internal note" }).check();
    await page.getByText("The company, experts and the living lab do not see it.").waitFor();
    await notes.getByRole("textbox", { name: "Text" }).fill("Their trial budget looks thin.");
    await notes.getByRole("button", { name: "Save internal note" }).click();
    await notes.getByRole("article").filter({ hasText: "budget looks thin" }).waitFor();
    await context.close();

    const { context: theirs, page: company } = await portal.visitAs("sme-iris-admin", pilot);
    await section(company, "Notes").getByRole("article").filter({ hasText: "Welcome to the feasibility" }).waitFor();
    expect(await company.getByText("budget looks thin").count()).toBe(0);
    await theirs.close();
  });

  test("makes a note a question that lies in the other's inbox until it is answered", async () => {
    const company = await as(portal.url, "sme-iris-admin");
    await company("addComment", { params, body: { text: "We have changed our hosting.", internal: false } });
    const { context, page, complaints } = await portal.visitAs("advisor-1", pilot);
    const notes = section(page, "Notes");
    const note = notes.getByRole("article").filter({ hasText: "changed our hosting" });
    await note.getByRole("button", { name: /^Ask about this: / }).click();
    await page.keyboard.type("Where is it hosted now?");
    // Nobody asks themselves.
    const whom = notes.getByLabel("Whom you ask");
    expect((await whom.innerText()).includes("Sample advisor, Tartu")).toBe(false);
    await whom.selectOption({ label: "Sample manager, Sample Iris OÜ (Company admin)" });
    await notes.getByLabel("Answer needed by").fill(dayAfter(await today(), 5));
    await notes.getByRole("button", { name: "Ask", exact: true }).click();
    const question = notes.getByRole("article").filter({ hasText: "Where is it hosted now?" });
    await question.getByText("Waits for an answer").waitFor();
    expect(complaints).toEqual([]);
    await context.close();

    const { context: theirs, page: inbox } = await portal.visitAs("sme-iris-admin", "/");
    const questions = inbox.getByRole("region", { name: /^Follow-up questions/ });
    await questions.getByRole("link", { name: "Where is it hosted now?" }).click();
    await inbox.waitForURL(/sample-at-risk#notes$/);
    await inbox.getByRole("button", { name: "Answer: Where is it hosted now?" }).click();
    await inbox.getByRole("textbox", { name: "Your answer" }).fill("In Frankfurt, at a European provider.");
    await inbox.getByRole("button", { name: "Send answer" }).click();
    const answer = section(inbox, "Notes").getByRole("article").filter({ hasText: "In Frankfurt" });
    await answer.getByText("To the question: “Where is it hosted now?”").waitFor();
    await inbox.goto(`${portal.url}/`);
    await inbox.getByRole("heading", { level: 1, name: "Your tasks" }).waitFor();
    await inbox.getByRole("listitem").filter({ hasText: "Business case" }).first().waitFor();
    expect(await inbox.getByRole("link", { name: "Where is it hosted now?" }).count()).toBe(0);
    await theirs.close();
  });

  test("logs hours by keyboard and says what they are worth before they count", async () => {
    const { context, page, complaints } = await portal.visitAs("expert-1", pilot);
    const hours = section(page, "Hours and aid");
    await hours.getByText("Hours so far").waitFor();
    await page.keyboard.press("h");
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("type")), patient).toBe("number");
    await page.keyboard.type("2.5");
    await page.getByText(/^2\.5 hours are worth €/).waitFor();
    await hours.getByRole("textbox", { name: "What for" }).fill("Screening of the regulation");
    await page.keyboard.press("Enter");
    await page.getByText("The hours are logged.").first().waitFor();
    await hours.getByText("What you logged").click();
    await hours.getByRole("listitem").filter({ hasText: "Screening of the regulation" }).first().waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("says in the portal's language which hours cannot be, and logs those that can", async () => {
    await using visit = await portal.visitAs("expert-1", pilot, { language: "fi", locale: "en-GB" });
    const { page } = visit;
    const hours = section(page, "Tunnit ja tuki");
    await hours.getByText("Tunteja tähän asti").waitFor();
    await page.keyboard.press("h");
    const amount = hours.getByRole("spinbutton");
    await amount.fill("30");
    await hours.getByRole("textbox", { name: "Mihin" }).fill("Sääntelyn läpikäynti");
    for (const [typed, said] of [
      ["30", "Anna enintään 24."],
      ["0", "Anna vähintään 0,25."],
      ["1.1", "Anna luvun 0,25 kerrannainen."],
      ["", "Anna luku."],
    ] as const) {
      await amount.fill(typed);
      await amount.press("Enter");
      await expect.poll(() => saidOfField(page), patient).toBe(said);
    }
    await amount.fill("1.5");
    await hours.locator("input[type=date]").fill("2099-01-01");
    await amount.press("Enter");
    await expect.poll(() => saidOfField(page), patient).toMatch(/^Valitse \d+\.\d+\.\d{4} tai aikaisempi päivä\.$/);
    await hours.locator("input[type=date]").fill(dayAfter(await today(), 0));
    await amount.press("Enter");
    await page.getByText("Tunnit on kirjattu.").first().waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test("lets the company confirm what it was given and dispute what it was not; a coordinator decides", async () => {
    const log = await as(portal.url, "advisor-1");
    const on = dayAfter(await today(), 0);
    for (const activity of ["Call on prices", "Meeting of nobody"]) {
      await log("logHours", { params, body: { hours: 1, on, activity } });
    }
    await using company = await portal.visitAs("sme-iris-admin", `${pilot}#hours`, { viewport: phone });
    const entry = (page: Page, text: string) =>
      section(page, "Hours and aid").getByRole("listitem").filter({ hasText: text });
    const wrong = entry(company.page, "Meeting of nobody");
    await wrong.getByText("These hours are not right").click();
    await wrong.getByLabel("What is not right").fill("Nobody of ours was there.");
    await wrong.getByRole("button", { name: "Dispute the hours" }).click();
    await wrong.getByText("Disputed by").waitFor();
    // The form goes with what it did; reading goes on at the entry.
    const named = wrong.locator(".what");
    await expect.poll(() => named.evaluate((name) => name === document.activeElement)).toBe(true);
    await company.page.getByRole("button", { name: /^Confirm (?:all \d+ entries|this entry)$/ }).click();
    await entry(company.page, "Call on prices").getByText("Confirmed by").waitFor();

    await using office = await portal.visitAs("coordinator-1", "/pilots?view=table&attention=disputed");
    await office.page.getByRole("link", { name: /Sample invoice helper/ }).click();
    const disputed = entry(office.page, "Meeting of nobody");
    await disputed.getByText("Decide about these hours").click();
    await disputed.getByLabel("do not count").check();
    await disputed.getByLabel("Reason").fill("Logged in the wrong pilot.");
    await disputed.getByRole("button", { name: "Decide" }).click();
    await disputed.getByText("Does not count").waitFor();
    await company.page.reload();
    await company.page.getByText("No hours wait for you.").waitFor();
    for (const { complaints } of [company, office]) expect(complaints).toEqual([]);
  }, 60_000);

  test("lets a coordinator change the team, with the load and the language of each person in view", async () => {
    const { context, page, complaints } = await portal.visitAs("coordinator-1", pilot);
    const people = section(page, "People");
    await people.getByText("Change the team").click();
    const newcomer = people
      .getByRole("group", { name: "Advisor" })
      .getByRole("checkbox", { name: /^Sample advisor, \w+ · \w+ · \w+ · \d+ open tasks?$/, checked: false })
      .first();
    await newcomer.check();
    await people.getByRole("textbox", { name: /Reason/ }).fill("Help with the business case.");
    await people.getByRole("button", { name: "Change team" }).click();
    await page.getByText("The team is changed.").first().waitFor();
    const { team } = await (await as(portal.url, "coordinator-1"))("getPilot", { params });
    const advisors = team.filter(({ role }) => role === "advisor").map(({ person }) => person.name);
    expect(advisors).toHaveLength(2);
    await people
      .getByRole("listitem")
      .filter({ hasText: advisors[1] ?? "" })
      .waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("counts the hours at its head only for whoever finds them below", async () => {
    for (const [person, seen] of [
      ["sme-iris-member", 0],
      ["sme-iris-admin", 1],
    ] as const) {
      const { context, page, complaints } = await portal.visitAs(person, pilot);
      await page.getByRole("term").filter({ hasText: "Open tasks" }).waitFor();
      expect(await page.getByRole("term").filter({ hasText: "Hours of support" }).count(), person).toBe(seen);
      expect(await section(page, "Hours and aid").count(), person).toBe(seen);
      expect(complaints).toEqual([]);
      await context.close();
    }
  });

  test("leads from section to section by keys, each with an address of its own", async () => {
    const { context, page } = await portal.visitAs("advisor-1", `${pilot}#notes`);
    await expect.poll(() => page.evaluate(() => document.activeElement?.id), patient).toBe("notes");
    await page.keyboard.press("j");
    await page.waitForURL(/#people$/);
    await page.keyboard.press("k");
    await page.keyboard.press("k");
    await page.waitForURL(/#deliverables$/);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("deliverables");
    await context.close();
  });

  test("says in which way a pilot ended or stands still, and what comes after its end", async () => {
    const { context, page, complaints } = await portal.visitAs("coordinator-1", "/pilots/sample-withdrawn");
    const stages = page.getByRole("list", { name: "Stages" });
    await stages.getByText("Withdrawn", { exact: true }).waitFor();
    expect(await stages.getByText("Stopped", { exact: true }).count()).toBe(0);
    expect(await section(page, "Actions").count()).toBe(0);

    await page.goto(`${portal.url}/pilots/sample-on-hold`);
    const next = page.getByRole("term").filter({ hasText: "Next due date" });
    await next.locator("+ dd").getByText("stands still").waitFor();
    await page.getByRole("link", { name: "Actions", exact: true }).click();
    await section(page, "Actions").getByText("Stop the pilot").waitFor();

    await page.goto(`${portal.url}/pilots/sample-completed`);
    await section(page, "Open tasks")
      .getByText(/^Nothing is left to do for now\. The next survey opens on /)
      .waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("shows what happened in parts, the last first, until all of it is there", async () => {
    const { context, page, complaints } = await portal.visitAs("advisor-1", pilot);
    const call = await as(portal.url, "advisor-1");
    const { entries } = await call("getTimeline", { params, query: { limit: 100 } });
    const timeline = section(page, "What happened");
    const shown = timeline.getByRole("listitem");
    const more = timeline.getByRole("button", { name: "Show earlier" });
    await more.waitFor();
    expect(await shown.count()).toBeLessThan(entries.length);
    while (await more.isVisible()) {
      const before = await shown.count();
      await more.click();
      await expect.poll(() => shown.count(), patient).toBeGreaterThan(before);
    }
    expect(await shown.count()).toBe(entries.length);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("has its stage's execution begun anew by an administrator, who reads nothing of the pilot", async () => {
    const { context, page, complaints } = await portal.visitAs(
      "admin-1",
      "/states/stage-run/sample-at-risk-feasibility-1-1",
    );
    await page.getByText("Restart the stage’s execution").click();
    await page.getByText("what was decided stay").waitFor();
    await page.getByRole("textbox", { name: "Reason" }).fill("It has stood still since the outage.");
    await page.getByRole("button", { name: "Restart the execution" }).click();
    await page.getByText("A new execution works on the stage.").first().waitFor();
    await page.waitForURL(/\/states\?pilot=sample-at-risk$/);
    await portal.settled();
    await page.goto(`${portal.url}/states/stage-run/sample-at-risk-feasibility-1-2`);
    await page.getByText("Running").first().waitFor();
    expect(await page.getByRole("link", { name: /Sample invoice helper/ }).count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("links to the exact revision of a deliverable, which says that it is as it was submitted", async () => {
    const { context, page, complaints } = await portal.visitAs("advisor-1", pilot);
    await page.getByRole("link", { name: "Market and demand study, revision 1" }).click();
    await page.waitForURL(/FS-1\?revision=1$/);
    await page.getByRole("heading", { level: 1, name: "Market and demand study, revision 1" }).waitFor();
    await page.getByText("exactly as it was submitted").waitFor();
    await page.getByRole("region", { name: "Answers of revision 1" }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});
