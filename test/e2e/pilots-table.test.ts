import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { addManyPilots } from "../support/many-pilots.ts";
import { desktop, type Portal, phone, startPortal } from "../support/portal.ts";
import { readSpreadsheet } from "../support/spreadsheet.ts";

/** More than one answer of the API holds. */
const PILOTS = 1200;

describe("A list of many pilots", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await startPortal({ fill: (store) => addManyPilots(store, PILOTS) });
  }, 90_000);
  afterAll(() => portal[Symbol.asyncDispose]());

  async function open(path: string, viewport = desktop) {
    const visit = await portal.visitAs("coordinator-1", path, { viewport });
    await visit.page.getByText(/^[\d,]+ of 1,200 pilots shown$/).waitFor();
    return visit;
  }

  const focused = (page: Page) =>
    page.evaluate(() => {
      const row = document.activeElement?.closest("tr, li");
      return Number(row?.getAttribute("aria-rowindex") ?? row?.getAttribute("aria-posinset") ?? Number.NaN);
    });

  test("draws of the table what is seen, tells how long it is, and is walked by keyboard from end to end", async () => {
    const { context, page, complaints } = await open("/pilots?view=table&ended=true&sort=title");
    const table = page.getByRole("table");
    expect(await table.getAttribute("aria-rowcount")).toBe(String(PILOTS + 1));
    expect(await page.getByRole("row").count()).toBeLessThan(60);

    await page.getByRole("link", { name: "Sample company 0001: Sample class planner" }).focus();
    expect(await focused(page)).toBe(2);
    await page.keyboard.press("ArrowDown");
    expect(await focused(page)).toBe(3);
    await page.keyboard.press("End");
    expect(await focused(page)).toBe(PILOTS + 1);
    await page.getByRole("link", { name: /^Sample company 1200:/ }).waitFor();

    // Scrolled far away, the focus is kept and goes on from where it was.
    await page.getByRole("region", { name: "Pilots" }).evaluate((region) => region.scrollTo({ top: 0 }));
    await page.getByRole("link", { name: /^Sample company 0001:/ }).waitFor();
    expect(await focused(page)).toBe(PILOTS + 1);
    await page.keyboard.press("ArrowUp");
    expect(await focused(page)).toBe(PILOTS);
    await page.keyboard.press("Home");
    expect(await focused(page)).toBe(2);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("is found by its own search, which the table follows as one types", async () => {
    const { context, page, complaints } = await open("/pilots?view=table");
    await page.keyboard.press("f");
    await page.keyboard.type("company 0777");
    await page.getByText("1 of 1,200 pilots shown", { exact: true }).waitFor();
    await page.getByRole("link", { name: /^Sample company 0777:/ }).waitFor();
    expect(await page.getByRole("table").getAttribute("aria-rowcount")).toBeNull();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByText(/^1,1\d\d of 1,200 pilots shown$/).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("keeps its groups, each named with the number of its pilots", async () => {
    const { context, page, complaints } = await open("/pilots?view=table&group=stage");
    await page.getByRole("rowheader", { name: /^Intake \(\d+\)$/ }).waitFor();
    await page.getByRole("rowgroup", { name: "Intake" }).getByRole("link").first().focus();
    await page.keyboard.press("End");
    await page.getByRole("rowgroup", { name: "Legal and cultural guidance" }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("goes to Excel with the pilots and columns that are shown, days as days and numbers as numbers", async () => {
    const { context, page, complaints } = await open(
      "/pilots?view=table&country=FI&sort=due&hidden=%5B%22advisors%22%5D",
    );
    const shown = Number(/^(\d+) of/.exec(await page.getByText(/pilots shown$/).innerText())?.[1]);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export Excel" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^sample-programme-.*-pilots-\d{4}-\d{2}-\d{2}\.xlsx$/);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Export Excel");
    const [pilots, about] = readSpreadsheet(await readFile(await download.path()));
    const [headings, first] = pilots?.rows ?? [];
    expect(headings).toEqual([
      "Pilot",
      "Company",
      "From, to",
      "Stage",
      "State",
      "Days in stage",
      "Next due",
      "Tasks overdue",
      "Risk",
      "Hours to confirm",
    ]);
    expect(pilots).toMatchObject({ name: "Pilots", frozenRows: 1 });
    expect(pilots?.rows.length).toBe(shown + 1);
    expect(pilots?.rows.slice(1).every((row) => String(row[2]).startsWith("Finland"))).toBe(true);
    expect(first?.[5]).toEqual(expect.any(Number));
    expect(first?.[6]).toEqual({ day: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) });
    expect(about?.rows).toContainEqual(["Company’s country", "Finland"]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("goes to Excel whole, however long, within the content security policy", async () => {
    const { context, page, complaints } = await open("/pilots?ended=true");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export Excel" }).click(),
    ]);
    const [pilots] = readSpreadsheet(await readFile(await download.path()));
    expect(pilots?.rows.length).toBe(PILOTS + 1);
    await page.getByText("1,200 pilots exported.").or(page.getByText("1200 pilots exported.")).first().waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("is a board whose columns scroll by themselves, on a phone as well", async () => {
    const { context, page, complaints } = await open("/pilots", phone);
    const needs = page.getByRole("region", { name: /^Needs analysis \(\d+\)$/ });
    const cards = needs.getByRole("listitem");
    await needs.scrollIntoViewIfNeeded();
    expect(await cards.count()).toBeLessThan(30);
    const size = Number(/\((\d+)\)/.exec(await needs.getByRole("heading", { level: 2 }).innerText())?.[1]);
    expect(await cards.first().getAttribute("aria-setsize")).toBe(String(size));
    await needs.getByRole("link").first().focus();
    await page.keyboard.press("End");
    expect(await focused(page)).toBe(size);
    await page.keyboard.press("Shift+Tab");
    expect(await focused(page)).toBe(size - 1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
    expect(await axeFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
