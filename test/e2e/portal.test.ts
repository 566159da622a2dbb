import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fullExample } from "../fixtures/form-examples.ts";
import { eventually } from "../support/eventually.ts";
import { as, type SamplePerson } from "../support/people.ts";
import { type Portal, startPortal } from "../support/portal.ts";

describe("The portal", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await startPortal();
  });
  afterAll(() => portal[Symbol.asyncDispose]());

  async function startApplication(person: SamplePerson, pilotId: string): Promise<void> {
    const call = await as(portal.url, person);
    await call("startApplication", { body: { pilotId, title: "Sample diary for Latvia" } });
  }

  async function submitApplication(person: SamplePerson, pilotId: string): Promise<void> {
    await startApplication(person, pilotId);
    const call = await as(portal.url, person);
    const values = fullExample("IN-1", { attachments: [] });
    const params = { pilotId, deliverableId: "IN-1" };
    await call("submitDeliverable", { params, body: { baseDraftVersion: 0, values } });
    await portal.settled();
  }

  const openForm = async (page: Page, pilotId: string) => {
    await page.goto(`${portal.url}/pilots/${pilotId}/deliverables/IN-1`);
    await page.getByLabel("Legal name of the company").waitFor();
  };

  test("lets a company apply: start, fill in, save, come back, see what is missing, submit", async () => {
    const { context, page, complaints } = await portal.visitAs("sme-aurora-admin");
    // A company without a pilot is led to it.
    await page.getByRole("link", { name: "Start an application" }).click();
    await page.getByLabel("Service and market").fill("Care diary for Finland");
    await page.getByRole("button", { name: "Start" }).click();
    await page.getByRole("heading", { name: "Pilot application" }).waitFor();

    await page.getByText("Nobody has claimed it yet").waitFor();
    await page.getByLabel("Legal name of the company").fill("Sample Aurora SIA");
    await page.getByLabel("Annual turnover").fill("250 000,5");
    await page.getByText(/^Saved at/).waitFor();
    // Whoever saves first has the task, and the page says so.
    await page.getByText("Yours to fill in").waitFor();
    await page.getByText("In progress", { exact: true }).waitFor();
    await page.getByRole("button", { name: /^Release/ }).press("Enter");
    const task = page.getByRole("listitem").filter({ hasText: "Nobody has claimed it yet" }).locator(".what");
    await expect.poll(() => task.evaluate((state) => state === document.activeElement)).toBe(true);
    await page.getByLabel("Website").fill("https://aurora.example");
    await page.getByText("Yours to fill in").waitFor();
    await page.reload();
    expect(await page.getByLabel("Legal name of the company").inputValue()).toBe("Sample Aurora SIA");
    expect(await page.getByLabel("Annual turnover").inputValue()).toBe("250000.5");

    // A wrong answer is kept as it was typed and does not hold up the others.
    await page.getByLabel("Employees").fill("400");
    await page.getByLabel("Name of the service").fill("Sample diary");
    await page.getByText(/^Saved, but this is only on this device so far: Employees/).waitFor();
    const call = await as(portal.url, "sme-aurora-member");
    const { pilots } = await call("listPilots", { query: {} });
    const pilotId = pilots.find(({ title }) => title.includes("Care diary"))?.id ?? "";
    const { draft } = await call("getDeliverable", { params: { pilotId, deliverableId: "IN-1" } });
    expect(draft?.values).toMatchObject({ serviceName: "Sample diary" });
    expect(draft?.values).not.toHaveProperty("headcount");
    await page.reload();
    expect(await page.getByLabel("Employees").inputValue()).toBe("400");

    await page.getByRole("button", { name: "Submit" }).click();
    await page.getByRole("heading", { name: /What is missing/ }).waitFor();
    await page.getByRole("link", { name: "Employees", exact: false }).waitFor();
    await page.getByRole("button", { name: "What is missing?" }).click();
    await page.getByRole("link", { name: "Contact person" }).click();
    expect(await page.getByLabel("Contact person").evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.type("Sample contact");
    await page.getByRole("link", { name: "Contact person" }).waitFor({ state: "detached" });

    await page.getByLabel("Business register number").fill("40000000000");
    await page.getByLabel("Country of registration").selectOption("LV");
    await page.getByLabel("Employees").fill("12");
    await page.getByLabel("Balance sheet total").fill("90000");
    await page.getByLabel("Autonomous enterprise").check();
    await page.getByLabel("Field of the service").selectOption("e_health");
    await page.getByLabel("Name of the service").fill("Sample care diary");
    await page.getByLabel("What the service does").fill("It keeps a diary of care at home.");
    await page.getByLabel("Add a country").selectOption("FI");
    await page.getByLabel("Why this service").fill("Our customers asked for it.");
    await page.getByLabel("Contact e-mail").fill("sample@example.org");
    for (const tick of await page.getByLabel("Yes, I confirm this").all()) await tick.check();
    await page.getByRole("group", { name: "Company may appear" }).getByLabel("No").check();
    await page.getByRole("button", { name: "Add a row to De minimis aid" }).click();
    await page.getByLabel("Granting body").fill("Sample fund");
    await page.getByLabel("Measure").fill("Sample voucher");
    await page.getByLabel("Granted on").fill("2025-03-03");
    await page.getByLabel("Amount").fill("1000");
    await page.getByRole("button", { name: "Submit" }).click();
    await page.getByRole("heading", { name: "Answers of revision 1" }).waitFor();
    expect(await page.getByText("It keeps a diary of care at home.").isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("shows a coordinator the pipeline and takes an application through review and admission", async () => {
    await submitApplication("sme-birch-admin", "e2e-review");
    const { context, page, complaints } = await portal.visitAs("coordinator-1");
    await page.getByRole("link", { name: "Pilots", exact: true }).click();
    await page.getByText("Overdue tasks").waitFor();
    await page.goto(`${portal.url}/pilots/e2e-review`);
    await page.getByText(/submitted “Pilot application”, revision\s1/).waitFor();
    await page.getByRole("listitem").getByRole("link", { name: "Pilot application", exact: true }).click();
    await page.getByRole("button", { name: /Start review/ }).click();
    await page.getByRole("heading", { name: "Your review" }).waitFor();
    for (const points of await page.getByLabel("4 convincing").all()) await points.check();
    await page.getByText("Result: 100 of 100.").waitFor();
    await page.getByRole("button", { name: "Accept", exact: true }).click();
    await page.getByRole("heading", { name: "Accepted" }).waitFor();

    await page.goto(`${portal.url}/pilots/e2e-review`);
    await page.getByText("Admit and name the team").click();
    await page.getByLabel(/Sample advisor, Tartu/).check();
    await page.getByRole("button", { name: "Admit pilot" }).click();
    await page.getByRole("link", { name: "Company profile", exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("shows after a review what to change: the comment at its field, the other fields closed", async () => {
    await submitApplication("sme-birch-admin", "e2e-rework");
    const coordinator = await as(portal.url, "coordinator-1");
    const { tasks } = await coordinator("getPilot", { params: { pilotId: "e2e-rework" } });
    const review = tasks.find(({ kind }) => kind === "review");
    const task = { pilotId: "e2e-rework", taskId: review?.id ?? "" };
    await coordinator("claimTask", { params: task, body: {} });
    await coordinator("startTask", { params: task, body: {} });
    await coordinator("reviewDeliverable", {
      params: { pilotId: "e2e-rework", deliverableId: "IN-1" },
      body: {
        revision: 1,
        outcome: "rework",
        points: { eligible: 4, aidRoom: 4, service: 4, commitment: 1 },
        criterionComments: { commitment: "Say who will do it." },
        fieldComments: [{ pointer: "/motivation", text: "Who leads the pilot?" }],
      },
    });
    await portal.settled();

    const { context, page, complaints } = await portal.visitAs("sme-birch-admin");
    await page.goto(`${portal.url}/pilots/e2e-rework/deliverables/IN-1`);
    await page.getByText("Reviewer: Who leads the pilot?").waitFor();
    await page.getByText("Say who will do it.").waitFor();
    expect(await page.locator("form.form").getByRole("textbox").count()).toBe(1);
    expect(await page.locator("form.form .field > .help").allInnerTexts()).toEqual([
      "Say why your company wants to take it abroad now, and who has time for the pilot.",
    ]);
    await page.getByLabel("Why this service").fill("Our customers asked; a sample manager leads it.");
    await page.getByRole("region", { name: "What to change" }).getByText("Changed", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Submit" }).click();
    await page.getByRole("heading", { name: "Answers of revision 2" }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("asks who is there before it shows a page, and goes on to the page that was asked for", async () => {
    const { context, page, complaints } = await portal.open("/pilots?view=table");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.locator('button[value="coordinator-1"]').click();
    await page.getByRole("heading", { name: "Pilots", level: 1 }).waitFor();
    expect(page.url()).toBe(`${portal.url}/pilots?view=table`);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("signs out at the provider too: the next visit asks who is there", async () => {
    const { context, page } = await portal.visitAs("advisor-1");
    await page.getByText("Sample advisor, Tartu").first().click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign out?" }).waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.locator('button[value="advisor-2"]').waitFor();
    await context.close();
  });

  test("lets two windows on one draft meet: what does not collide is merged, the rest is chosen", async () => {
    await startApplication("sme-aurora-admin", "e2e-two-windows");
    const { context, page } = await portal.visitAs("sme-aurora-admin");
    await openForm(page, "e2e-two-windows");
    const other = await as(portal.url, "sme-aurora-member");
    await other("saveDraft", {
      params: { pilotId: "e2e-two-windows", deliverableId: "IN-1" },
      body: { baseDraftVersion: 0, values: { legalName: "Theirs", registrationNumber: "40000000001" } },
    });
    await page.getByLabel("Legal name of the company").fill("Mine");
    await page.getByRole("heading", { name: "Somebody else changed the same fields" }).waitFor();
    expect(await page.getByLabel("Business register number").inputValue()).toBe("40000000001");
    await page.getByRole("button", { name: "Keep mine" }).click();
    await page.getByText(/^Saved at/).waitFor();
    const saved = await other("getDeliverable", { params: { pilotId: "e2e-two-windows", deliverableId: "IN-1" } });
    expect(saved.draft?.values).toEqual({ legalName: "Mine", registrationNumber: "40000000001" });

    // To take the other's answer leaves nothing to save, and the page says so.
    await other("saveDraft", {
      params: { pilotId: "e2e-two-windows", deliverableId: "IN-1" },
      body: { baseDraftVersion: saved.draftVersion, values: { ...saved.draft?.values, legalName: "Theirs again" } },
    });
    await page.getByLabel("Legal name of the company").fill("Mine again");
    await page.getByRole("link", { name: "Not saved: choose which answer stays" }).click();
    await page.getByRole("button", { name: "Take theirs" }).click();
    await page.getByText(/^Saved at/).waitFor();
    const chosen = page.getByLabel("Legal name of the company");
    expect(await chosen.inputValue()).toBe("Theirs again");
    expect(await chosen.evaluate((field) => field === document.activeElement)).toBe(true);
    await context.close();
  });

  test("keeps what was typed when the session ends, and goes on after signing in again", async () => {
    await startApplication("sme-aurora-admin", "e2e-session");
    const { context, page } = await portal.visitAs("sme-aurora-admin");
    await openForm(page, "e2e-session");
    await page.evaluate(() => sessionStorage.removeItem("fairway.tokens"));
    await page.getByLabel("Name of the service").fill("Typed without a session");
    await page.getByText("Your session has ended.").first().waitFor();
    await page.getByRole("button", { name: "Sign in again" }).click();
    await page.getByText(/^Saved at/).waitFor();
    expect(await page.getByLabel("Name of the service").inputValue()).toBe("Typed without a session");
    await context.close();
  });

  test("keeps what was typed without a connection, and saves it when the connection is back", async () => {
    await startApplication("sme-aurora-admin", "e2e-offline");
    const { context, page } = await portal.visitAs("sme-aurora-admin");
    await openForm(page, "e2e-offline");
    await context.setOffline(true);
    await page.getByLabel("Name of the service").fill("Typed on a ferry");
    await page.getByText(/Kept on this device/).waitFor();
    await context.setOffline(false);
    await page.getByText(/^Saved at/).waitFor();
    const call = await as(portal.url, "sme-aurora-admin");
    const saved = await eventually("the draft arrives", async () => {
      const view = await call("getDeliverable", { params: { pilotId: "e2e-offline", deliverableId: "IN-1" } });
      return view.draft?.values;
    });
    expect(saved).toEqual({ serviceName: "Typed on a ferry" });
    await context.close();
  });

  test("saves by itself what Fairway could not take, once it can be reached again without the browser noticing", async () => {
    await startApplication("sme-aurora-admin", "e2e-unreachable");
    const { context, page } = await portal.visitAs("sme-aurora-admin");
    await openForm(page, "e2e-unreachable");
    await page.clock.install();
    await page.route("**/draft", (route) => route.abort());
    await page.getByLabel("Name of the service").fill("Typed in a gap");
    await page.clock.runFor(2000);
    await page.getByText(/Kept on this device/).waitFor();
    await page.unroute("**/draft");
    await page.clock.runFor(20_000);
    await page.getByText(/^Saved at/).waitFor();
    await context.close();
  });

  test("is used without the mouse: shortcuts lead through the pages, and say themselves which they are", async () => {
    const { context, page, complaints } = await portal.visitAs("coordinator-1");
    await page.keyboard.press("g");
    await page.keyboard.press("p");
    await page.getByRole("heading", { name: "Pilots", level: 1 }).waitFor();
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await help.getByText("Go to Outbox").waitFor();
    // Told by each list of the board, said once.
    await help.getByText("previous and next entry of a list").waitFor();
    await help.getByLabel("Use single-key shortcuts").uncheck();
    await page.keyboard.press("Escape");
    await help.waitFor({ state: "detached" });
    await page.keyboard.press("?");
    expect(await help.count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
