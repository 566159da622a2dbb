import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fullExample } from "../fixtures/form-examples.ts";
import { axeFaults } from "../support/axe.ts";
import { eventually } from "../support/eventually.ts";
import { as } from "../support/people.ts";
import { type Portal, phone, startPortal } from "../support/portal.ts";

const sme = "sme-birch-admin";

/** What a company has answered when its profile is there for the first time. */
const profile = fullExample("NA-1", { hoursPerWeek: 2, city: "Riga" });

describe("The advisor's day", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await startPortal();
  });
  afterAll(() => portal[Symbol.asyncDispose]());

  /** A pilot in its first stage, with two advisors, so that what is for advisors is claimed by one of them. */
  async function admittedPilot(
    pilotId: string,
    title: string,
    advisors: readonly string[] = ["advisor-1", "advisor-2"],
  ): Promise<void> {
    await acceptedApplication(pilotId, title);
    const coordinator = await as(portal.url, "coordinator-1");
    const team = advisors.map((personId) => ({ personId, role: "advisor" }) as const);
    await coordinator("admitPilot", { params: { pilotId }, body: { team } });
    await portal.settled();
  }

  async function acceptedApplication(pilotId: string, title: string): Promise<void> {
    const company = await as(portal.url, sme);
    const coordinator = await as(portal.url, "coordinator-1");
    await company("startApplication", { body: { pilotId, title } });
    const application = { pilotId, deliverableId: "IN-1" };
    const values = fullExample("IN-1", { attachments: [], serviceName: title });
    await company("submitDeliverable", { params: application, body: { baseDraftVersion: 0, values } });
    await portal.settled();
    const task = { pilotId, taskId: "IN-1.review.1" };
    await coordinator("claimTask", { params: task, body: {} });
    const { reviewCriteria } = await coordinator("getDeliverable", { params: application });
    const points = Object.fromEntries(reviewCriteria.map(({ id }) => [id, 4]));
    await coordinator("reviewDeliverable", {
      params: application,
      body: { revision: 1, outcome: "accepted", points, criterionComments: {}, fieldComments: [] },
    });
    await portal.settled();
  }

  async function submitProfile(pilotId: string, values: Readonly<Record<string, unknown>>): Promise<void> {
    const company = await as(portal.url, sme);
    const params = { pilotId, deliverableId: "NA-1" };
    const { draftVersion } = await company("getDeliverable", { params });
    await company("submitDeliverable", { params, body: { baseDraftVersion: draftVersion, values: { ...values } } });
    await portal.settled();
  }

  const taskNamed = (page: Page, pilot: string, task: RegExp | string) =>
    page.getByRole("listitem").filter({ hasText: pilot }).filter({ hasText: task });

  /** Presses a key until something is reached, as somebody without a mouse does. */
  async function pressUntil(page: Page, key: string, what: string, isThere: () => Promise<boolean>): Promise<void> {
    for (let times = 0; times < 200; times += 1) {
      if (await isThere()) return;
      await page.keyboard.press(key);
    }
    throw new Error(`${key} never led to ${what}.`);
  }

  const isFocused = (page: Page, name: string) => () =>
    page.evaluate((wanted) => {
      const { activeElement } = document;
      const label = activeElement?.getAttribute("aria-label") ?? activeElement?.textContent ?? "";
      return label.trim().startsWith(wanted);
    }, name);

  test("goes by keyboard from the inbox through a full review to rework, and the next revision shows what changed", async () => {
    await admittedPilot("inbox-story", "Story diary");
    await submitProfile("inbox-story", profile);
    const { context, page, complaints } = await portal.visitAs("advisor-1");
    const review = page
      .getByRole("region", { name: /^To review/ })
      .getByRole("listitem")
      .filter({ hasText: "Story diary" });
    await review.waitFor();

    await pressUntil(page, "j", "the review", async () => {
      const inReview = await review.evaluate((item) => item.contains(document.activeElement));
      return inReview;
    });
    await page.keyboard.press("s");
    await page.getByRole("heading", { name: "Your review" }).waitFor();

    await pressUntil(page, "Tab", "the field's comment", isFocused(page, "Add a comment on City"));
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Name the town of the register.");
    await pressUntil(page, "Tab", "another field's comment", isFocused(page, "Add a comment on Hours per week"));
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Two hours will not do.");
    await page.keyboard.press("Escape");
    await pressUntil(page, "Tab", "the criteria", () =>
      page.evaluate(
        () => document.activeElement instanceof HTMLInputElement && document.activeElement.type === "radio",
      ),
    );
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await help.getByRole("row", { name: "0–4 give points there" }).waitFor();
    await page.keyboard.press("Escape");
    await help.waitFor({ state: "detached" });
    await page.keyboard.press("4");
    await page.keyboard.press("n");
    await page.keyboard.press("1");
    await page.keyboard.press("Tab");
    await page.keyboard.type("The lead has no time for it.");
    await page.keyboard.press("Tab");
    await page.keyboard.press("4");
    await page.getByText(/^Result: /).waitFor();
    expect(await page.getByText(/Only these 2 fields open again: City.*Hours per week/).isVisible()).toBe(true);
    await pressUntil(page, "Tab", "the decision", isFocused(page, "Send back for rework"));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Sent back for rework" }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();

    const company = await portal.visitAs(sme, "/pilots/inbox-story/deliverables/NA-1");
    const toDo = company.page.getByRole("region", { name: "What to change" });
    await toDo.getByText("Name the town of the register.").waitFor();
    await toDo.getByRole("link", { name: "City" }).click();
    await company.page.keyboard.press("Control+A");
    await company.page.keyboard.type("Sigulda");
    await company.page.getByText(/^Saved at/).waitFor();
    await company.page.reload();
    await toDo.getByText("Sigulda").waitFor();
    expect(await toDo.getByText("Riga").isVisible()).toBe(true);
    expect(company.complaints).toEqual([]);
    await company.context.close();
    await submitProfile("inbox-story", { ...profile, city: "Sigulda" });

    const again = await portal.visitAs("advisor-1", "/pilots/inbox-story/deliverables/NA-1");
    await again.page.getByRole("button", { name: /^Start review/ }).click();
    const changes = again.page.getByRole("region", { name: /^Changes since revision 1/ });
    await changes.getByText("Sigulda").waitFor();
    expect(await changes.getByText("Riga").isVisible()).toBe(true);
    expect(await changes.getByText("Asked for: Name the town of the register.").isVisible()).toBe(true);
    expect(await changes.getByText(/Two hours will not do/).isVisible()).toBe(true);
    await again.page.getByLabel("Show only answers that changed").check();
    expect(await again.page.locator(".review .answer").count()).toBe(1);
    expect(await axeFaults(again.page)).toEqual([]);
    expect(again.complaints).toEqual([]);
    await again.context.close();
  });

  test("keeps a review that is being written over an ended session and a reload, until it is sent", async () => {
    await admittedPilot("inbox-kept", "Kept diary");
    await submitProfile("inbox-kept", profile);
    const { context, page } = await portal.visitAs("advisor-1", "/pilots/inbox-kept/deliverables/NA-1");
    await page.getByRole("button", { name: /^Start review/ }).click();
    await page.getByText("Add a comment on City").click();
    const comment = page.getByRole("textbox", { name: "Comment on City" });
    await comment.fill("Name the town of the register.");
    for (const points of await page.getByLabel("4 convincing").all()) await points.check();
    await page.evaluate(() => sessionStorage.removeItem("fairway.tokens"));
    await page.getByRole("button", { name: "Send back for rework" }).click();
    await page.getByRole("button", { name: "Sign in again" }).click();
    await page.waitForFunction(() => sessionStorage.getItem("fairway.tokens") !== null);
    await page.getByText("Result: 100 of 100.").waitFor();
    expect(await comment.inputValue()).toBe("Name the town of the register.");
    await page.reload();
    await comment.waitFor();
    await page.getByRole("button", { name: "Send back for rework" }).click();
    await page.getByRole("heading", { name: "Sent back for rework" }).waitFor();
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("review")))).toEqual([]);
    await context.close();
  });

  test("claims and releases several at once, delegates one and takes it back, marks it urgent", async () => {
    await admittedPilot("inbox-bulk", "Bulk diary");
    const { context, page, complaints } = await portal.visitAs("advisor-1", "/?words=bulk&whose=free");
    const free = taskNamed(page, "Bulk diary", "open to an advisor");
    await free.first().waitFor();
    const count = await free.count();
    expect(count).toBeGreaterThan(1);
    for (let times = 0; times < count; times += 1) {
      await page.keyboard.press("j");
      await page.keyboard.press("x");
    }
    await page.getByText(`${count} tasks selected`).waitFor();
    await page.keyboard.press("c");
    await page.getByText("No task fits these filters.").waitFor();

    await page.goto(`${portal.url}/?words=bulk&whose=mine`);
    const mine = taskNamed(page, "Bulk diary", "yours");
    await mine.first().waitFor();
    expect(await mine.count()).toBe(count);
    await page.keyboard.press("j");
    await page.keyboard.press("m");
    await mine.first().getByText("Mark as urgent").click();
    await page.getByText("Urgent", { exact: true }).waitFor();
    await mine.first().getByText("Delegate", { exact: true }).click();
    await mine.first().getByLabel("Person").selectOption("advisor-2");
    await mine.first().getByRole("button", { name: "Delegate task" }).click();

    await page.goto(`${portal.url}/?words=bulk`);
    const delegated = taskNamed(page, "Bulk diary", "delegated by");
    await delegated.getByText("More", { exact: false }).first().click();
    await delegated.getByRole("button", { name: /^Take back/ }).click();
    await delegated.waitFor({ state: "detached" });

    await page.goto(`${portal.url}/?words=bulk&whose=mine`);
    await mine.first().waitFor();
    // The filters come a moment after the list and move it.
    await page.getByLabel("Task, pilot or person").waitFor();
    for (const box of await page.getByRole("checkbox", { name: /^Select/ }).all()) await box.check();
    await page.getByRole("button", { name: `Release ${count}` }).click();
    await page.getByText("No task fits these filters.").waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  /** The first advisor's own of one pilot, once they have claimed what is free. */
  async function claimedTasks(pilotId: string) {
    const advisor = await as(portal.url, "advisor-1");
    const ofPilot = async () =>
      (await advisor("listTasks", { query: {} })).tasks.filter((task) => task.pilotId === pilotId);
    for (const { id, status } of await ofPilot()) {
      if (status === "ready") await advisor("claimTask", { params: { pilotId, taskId: id }, body: {} });
    }
    await portal.settled();
    return ofPilot();
  }

  test("delegates several at once by keyboard to whoever may have most, says which stayed and why, and takes them back", async () => {
    await admittedPilot("inbox-handed", "Handed diary");
    await admittedPilot("inbox-handed-alone", "Handed alone", ["advisor-1"]);
    const shared = await claimedTasks("inbox-handed");
    const alone = await claimedTasks("inbox-handed-alone");
    const [changed] = shared;
    const all = shared.length + alone.length;
    const { context, page, complaints } = await portal.visitAs("advisor-1", "/?words=handed");
    await taskNamed(page, "Handed alone", "yours").first().waitFor();
    await page.getByLabel("Task, pilot or person").waitFor();
    for (let times = 0; times < all; times += 1) {
      await page.keyboard.press("j");
      await page.keyboard.press("x");
    }
    await page.keyboard.press("d");
    const panel = page.getByRole("region", { name: "Selected tasks" });
    const person = panel.getByLabel("Person");
    await person.waitFor();
    await page.keyboard.press("Escape");
    await person.waitFor({ state: "detached" });
    expect(await isFocused(page, `Delegate ${all} …`)()).toBe(true);
    await page.keyboard.press("Enter");
    await eventually("the focus is on the person", async () =>
      (await page.evaluate(() => document.activeElement instanceof HTMLSelectElement)) ? true : undefined,
    );
    await person.selectOption(`Sample advisor, Riga: ${shared.length} of ${all}`);
    await panel
      .getByText(/^Nobody else on the pilot/)
      .first()
      .waitFor();
    expect(await axeFaults(page)).toEqual([]);

    // What the page shows of this one is no longer so.
    const coordinator = await as(portal.url, "coordinator-1");
    const urgent = {
      params: { pilotId: "inbox-handed", taskId: changed?.id ?? "" },
      body: { priority: "high" },
    } as const;
    await coordinator("setTaskPriority", urgent);
    await panel.getByRole("button", { name: `Delegate ${shared.length} task` }).press("Enter");
    const gone = shared.length - 1;
    await panel
      .getByRole("heading", { name: new RegExp(`^${gone} tasks? (is|are) delegated to Sample advisor, Riga`) })
      .waitFor();
    expect(await isFocused(page, `${gone} task`)()).toBe(true);
    await panel.getByText("This has changed since you looked.", { exact: false }).waitFor();
    await panel.getByText(`${alone.length + 1} tasks selected`).waitFor();
    await taskNamed(page, "Handed diary", "delegated by").first().waitFor();
    expect(await taskNamed(page, "Handed diary", "delegated by").count()).toBe(gone);
    expect(await axeFaults(page)).toEqual([]);

    await panel.getByRole("button", { name: `Take ${gone} back` }).press("Enter");
    await panel.getByRole("heading", { name: /^\d+ tasks? (is|are) with you again/ }).waitFor();
    await taskNamed(page, "Handed diary", "delegated by").first().waitFor({ state: "detached" });
    expect(complaints).toEqual([expect.stringContaining("409")]);
    await context.close();
  });

  test("lets a coordinator give several of somebody's tasks to a colleague", async () => {
    await admittedPilot("inbox-given", "Given diary");
    const { length } = await claimedTasks("inbox-given");
    const { context, page, complaints } = await portal.visitAs("coordinator-1", "/people/advisor-1/tasks", {
      viewport: phone,
    });
    const theirs = page.getByRole("checkbox", { name: /^Select .*Given diary/ });
    await theirs.first().waitFor();
    expect(await theirs.count()).toBe(length);
    for (const box of await theirs.all()) await box.check();
    const panel = page.getByRole("region", { name: "Selected tasks" });
    await panel.getByRole("button", { name: `Forward ${length} …` }).click();
    await panel.getByLabel("To").selectOption("Sample advisor, Riga");
    await panel.getByLabel("Reason").fill("Knows the market.");
    await panel.getByRole("button", { name: `Forward ${length} tasks` }).click();
    await panel.getByRole("heading", { name: `${length} tasks are handed on to Sample advisor, Riga.` }).waitFor();
    await theirs.first().waitFor({ state: "detached" });
    await panel.getByRole("button", { name: "Close" }).click();
    await panel.waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe("BODY");
    const colleague = await as(portal.url, "advisor-2");
    const { tasks } = await colleague("listTasks", { query: {} });
    const given = tasks.filter(({ pilotId, owner }) => pilotId === "inbox-given" && owner?.id === "advisor-2");
    expect(given).toHaveLength(length);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("keeps filters under a name, and its link opens them for a colleague", async () => {
    await admittedPilot("inbox-views", "Views diary");
    const { context, page, complaints } = await portal.visitAs("advisor-1");
    await page.getByText("Filters and saved views").click();
    await page.getByLabel("Task, pilot or person").fill("views diary");
    await page.waitForURL(/words=views/);
    await page.getByText("Save these filters as a view").click();
    await page.getByLabel("Name of the view").fill("Views only");
    await page.getByLabel(/Others of the programme may open it/).check();
    await page.getByRole("button", { name: "Save view" }).click();
    await page.waitForURL(/\?view=/);
    const link = new URL(page.url());
    // Its form is gone: the focus goes on at the view, which says how many tasks are in it.
    await eventually("the focus is on the view", async () =>
      (await isFocused(page, "Views only, tasks: ")()) ? true : undefined,
    );
    const listed = taskNamed(page, "Views diary", "Due");
    await listed.first().waitFor();
    const tasks = await listed.count();
    await page.getByRole("link", { name: `Views only, tasks: ${tasks}` }).waitFor();
    // Filtered, it is the same page still.
    const here = page.getByRole("navigation").getByRole("link", { name: "Tasks", exact: true });
    expect(await here.getAttribute("aria-current")).toBe("page");

    const colleague = await portal.visitAs("advisor-2", link.pathname + link.search);
    await taskNamed(colleague.page, "Views diary", "open to").first().waitFor();
    expect(await colleague.page.getByLabel("Task, pilot or person").inputValue()).toBe("views diary");
    await colleague.context.close();

    await page.getByRole("button", { name: /^Remove view/ }).click();
    await page.getByText("The view Views only is removed.").waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("keeps an accepted application before the coordinators until they have decided on admission", async () => {
    await acceptedApplication("inbox-admission", "Admission diary");
    const { context, page, complaints } = await portal.visitAs("coordinator-2");
    const waiting = page.getByRole("region", { name: /^To admit or reject/ });
    await waiting.getByRole("link", { name: /^Decide on admission: .*Admission diary/ }).click();
    await page.waitForURL(/inbox-admission#admission$/);
    await eventually("the focus is on the admission", async () =>
      (await isFocused(page, "Admission")()) ? true : undefined,
    );
    await page.getByText("Admit and name the team").click();
    const admit = page.getByRole("button", { name: "Admit pilot" });
    await admit.click();
    await page.getByText("Name at least one advisor for the pilot.").waitFor();
    await page.getByLabel(/^Sample advisor, Tartu/).check();
    await admit.click();
    await page.getByText(/Admission diary is admitted; its first stage opens\.$/).waitFor();
    await eventually("the focus is on the heading", async () =>
      (await page.evaluate(() => document.activeElement?.tagName)) === "H1" ? true : undefined,
    );
    await page.keyboard.press("g");
    await page.keyboard.press("t");
    await page.getByRole("heading", { level: 1, name: "Your tasks" }).waitFor();
    await waiting.getByText("Admission diary").waitFor({ state: "detached" });
    // The one refusal that was asked for.
    expect(complaints).toEqual([expect.stringContaining("422")]);
    await context.close();
  });

  test("names a substitute from one day to another, who then sees for whom they stand in", async () => {
    const { context, page, complaints } = await portal.visitAs("advisor-1", "/absence");
    await page.getByText("No absence planned.", { exact: false }).waitFor();
    await page.getByText("Plan an absence").click();
    await page.getByLabel("First day away").fill("2099-07-01");
    await page.getByLabel("Last day away").fill("2099-07-14");
    await page.getByLabel("Who stands in").selectOption("advisor-2");
    await page.getByRole("button", { name: "Save absence" }).click();
    await page.getByText("Sample advisor, Riga stands in for you").waitFor();
    const substitute = await as(portal.url, "advisor-2");
    const seen = await eventually("the substitute is told", async () => {
      const { standingInFor } = await substitute("listAbsences", {});
      return standingInFor.length === 0 ? undefined : standingInFor;
    });
    expect(seen).toMatchObject([{ person: { id: "advisor-1" }, from: "2099-07-01", until: "2099-07-14" }]);
    await page.getByRole("button", { name: "Cancel the absence" }).click();
    await page.getByText("No absence planned.", { exact: false }).waitFor();
    expect(await isFocused(page, "Absence and substitute")()).toBe(true);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
