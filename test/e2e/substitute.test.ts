import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fullExample } from "../fixtures/form-examples.ts";
import { as } from "../support/people.ts";
import { type Portal, startPortal } from "../support/portal.ts";

const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
/** advisor-1 is in its team, advisor-2 is not. */
const pilotId = "sample-at-risk";
const deliverableId = "FS-2";
const away = "Sample advisor, Tartu";

describe("Standing in for somebody away", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await startPortal({ sample: "pilots" });
  }, 120_000);
  afterAll(() => portal[Symbol.asyncDispose]());

  /** So that there is something to review. */
  async function submitted(id: string): Promise<void> {
    const sme = await as(portal.url, "sme-iris-admin");
    const { draft } = await sme("getDeliverable", { params: { pilotId, deliverableId: id } });
    const body = { baseDraftVersion: draft?.draftVersion ?? 0, values: fullExample(id) };
    await sme("submitDeliverable", { params: { pilotId, deliverableId: id }, body });
    await portal.settled();
  }

  const banner = (page: Page) => page.getByRole("region", { name: "Acting for somebody" });
  const seatOf = (page: Page) => page.evaluate(() => sessionStorage.getItem("fairway.seat"));

  test("is planned by one, lived by the other, and written down with both names", async () => {
    const planning = await portal.visitAs("advisor-1", "/absence");
    await planning.page.getByText("Plan an absence", { exact: true }).click();
    await planning.page.getByLabel("First day away").fill(day(-1));
    await planning.page.getByLabel("Last day away").fill(day(6));
    const substitutes = planning.page.getByLabel("Who stands in");
    const name = await substitutes.locator("option", { hasText: "Riga" }).textContent();
    await substitutes.selectOption({ label: name ?? "" });
    await planning.page.getByRole("button", { name: "Save absence" }).click();
    await planning.page.getByText("Sample advisor, Riga stands in for you").waitFor();
    await planning.context.close();

    const call = await as(portal.url, "advisor-1");
    await submitted(deliverableId);

    const { context, page } = await portal.visitAs("advisor-2", "/");
    await page.getByRole("heading", { name: "Tasks", level: 1 }).waitFor();
    const task = page.getByRole("listitem").filter({ hasText: deliverableId });
    expect(await banner(page).count()).toBe(0);
    await page.getByText("Sample advisor, Riga").first().click();
    await page.getByRole("button", { name: `Act for ${away}` }).click();
    await banner(page).getByText(`You act for ${away}`).waitFor();
    await task.getByRole("button", { name: /^Claim/ }).click();
    await task.getByRole("button", { name: /^Release/ }).waitFor();
    const { entries } = await call("getTimeline", { params: { pilotId }, query: { limit: 1 } });
    expect(entries[0]?.by).toMatchObject({ person: { id: "advisor-2" }, for: { id: "advisor-1" } });

    await page.goto(`${portal.url}/pilots/${pilotId}`);
    await banner(page).waitFor();
    await page.getByText(`Sample advisor, Riga for ${away}`).first().waitFor();

    await banner(page).getByRole("button", { name: "Back to my own place" }).click();
    await banner(page).waitFor({ state: "detached" });
    expect(await seatOf(page)).toBeNull();
    await page.goto(`${portal.url}/pilots/${pilotId}`);
    await page.getByRole("alert").first().waitFor();
    await context.close();
  });

  test("belongs to one tab, and ends with the absence", async () => {
    const call = await as(portal.url, "advisor-1");
    const { people } = await call("listPeople", { query: { role: "advisor" } });
    expect(people.map(({ id }) => id)).toContain("advisor-2");
    await call("planAbsence", { body: { from: day(-1), until: day(6), substituteId: "advisor-2" } });
    const { context, page } = await portal.visitAs("advisor-2", "/absence");
    await page.getByRole("button", { name: `Act for ${away}` }).click();
    await banner(page).waitFor();
    await page.reload();
    await banner(page).waitFor();
    const other = await context.newPage();
    await other.goto(`${portal.url}/absence`);
    await other.getByRole("heading", { level: 1 }).waitFor();
    expect(await banner(other).count()).toBe(0);

    await call("endAbsence", { body: {} });
    await page.reload();
    await page.getByText(`You no longer act for ${away}`).waitFor();
    expect(await banner(page).count()).toBe(0);
    expect(await seatOf(page)).toBeNull();
    await page.getByRole("heading", { name: "Tasks", level: 1 }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Tasks", level: 1 }).waitFor();
    expect(await page.getByText("You no longer act for").count()).toBe(0);
    await context.close();
  });
});
