import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { languages } from "../../web/language/languages.ts";
import { axeFaults } from "../support/axe.ts";
import type { SamplePerson } from "../support/people.ts";
import { type Portal, phone, startPortal } from "../support/portal.ts";

describe("The dashboard", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await startPortal({ sample: "pilots" });
    await portal.settled();
  }, 90_000);
  afterAll(() => portal[Symbol.asyncDispose]());

  test("opens by keyboard, says how far pilots came, and each figure opens the pilots behind it", async () => {
    const { context, page, complaints } = await portal.visitAs("coordinator-1");
    await page.getByRole("heading", { name: "Your tasks", level: 1 }).waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("d");
    await page.getByRole("heading", { name: "Dashboard", level: 1 }).waitFor();
    await page.getByText("Applied: 15. Admitted: 13. Completed: 1.").waitFor();

    const figure = page.getByRole("button", { name: "2: On the way to the next, Applied" });
    await figure.focus();
    await page.keyboard.press("Enter");
    const drawer = page.getByRole("dialog", { name: "On the way to the next, Applied" });
    await drawer.getByRole("link", { name: "Sample Drift AB: Sample energy board" }).waitFor();
    expect(await drawer.getByRole("link").count()).toBe(2);
    await drawer.getByText("Sweden · Intake").waitFor();
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "hidden" });
    await expect.poll(() => figure.evaluate((button) => button === document.activeElement)).toBe(true);

    await figure.click();
    await drawer.getByRole("link", { name: "Sample Drift AB: Sample energy board" }).click();
    await page.getByRole("heading", { name: "Sample Drift AB: Sample energy board", level: 1 }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("says how long a stage takes from five finished runs on, drawn and as a table with links to the pilots", async () => {
    const { context, page, complaints } = await portal.visitAs("coordinator-2", "/dashboard");
    const needs = page.getByRole("region", { name: "Needs analysis", exact: true });
    await needs
      .getByRole("heading", { name: /^Needs analysis: median \d+ days, 85% within \d+ \(finished: 9\)$/ })
      .waitFor();
    await needs.getByText("The numbers as a table").click();
    const runs = needs.getByRole("group", { name: "Each run of: Needs analysis" });
    await runs.getByRole("link", { name: "Sample Fern EOOD: Sample skills passport" }).waitFor();
    expect(await runs.getByRole("row").count()).toBeGreaterThan(9);
    const guidance = page.getByRole("region", { name: "Legal and cultural guidance", exact: true });
    await guidance.getByText("finished: 1. Median and 85% appear from 5 on.").waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("says who has the ball, what is late and on whose desk it lies", async () => {
    const { context, page } = await portal.visitAs("coordinator-1", "/dashboard");
    await page.getByText(/^Unclaimed \d+%, claimed \d+%, at the company \d+%$/).waitFor();
    await page.getByText(/^Tasks overdue: [1-9]\d*$/).waitFor();
    const load = page.getByRole("region", { name: "Load per advisor", exact: true });
    await load.getByRole("rowheader", { name: "Sample advisor, Tartu" }).waitFor();
    await page.getByRole("button", { name: /^\d+: Pilots in flight, Sample advisor, Riga$/ }).waitFor();
    await context.close();
  });

  test("forecasts when pilots in flight close, names those unlikely to make it, and says what that rests on", async () => {
    const { context, page } = await portal.visitAs("coordinator-1", "/dashboard");
    const forecast = page.getByRole("region", { name: "Forecast", exact: true });
    await forecast
      .getByText(
        /^Pilots in flight: 10\. Before the programme ends on .+, \d+ or more of them close in half of the trials/,
      )
      .waitFor();
    await forecast.getByRole("heading", { name: /^Unlikely to close in time: \d+$/ }).waitFor();
    await forecast.getByText("All pilots in flight (10)").click();
    const all = forecast.getByRole("group", { name: "When each pilot in flight will close" });
    await all.getByRole("link").nth(9).waitFor();
    expect(await all.getByRole("link").count()).toBe(10);
    await forecast.getByText(/trials: each takes, for every stage still ahead/).waitFor();
    await forecast.getByText(/Where too few runs of a stage are finished/).waitFor();
    await forecast.getByRole("button", { name: "2: Not admitted yet" }).click();
    await page.getByRole("dialog", { name: "Not admitted yet" }).getByText("Pilots behind this figure: 2").waitFor();
    await context.close();
  });

  test("keeps its filters in the address, where a link shows somebody else the same", async () => {
    const { context, page } = await portal.visitAs("coordinator-1", "/dashboard");
    await page.getByLabel("Company’s country").selectOption({ label: "Finland" });
    await page.getByText(/^Applied: 3\./).waitFor();
    await page.getByRole("combobox", { name: "Advisor" }).selectOption({ label: "Sample advisor, Tartu" });
    await expect.poll(() => new URL(page.url()).searchParams.get("advisor")).toBe("advisor-1");
    expect(new URL(page.url()).searchParams.get("country")).toBe("FI");
    await page.getByLabel("From", { exact: true }).fill("2020-01-01");
    await page.getByLabel("From", { exact: true }).press("Enter");
    await expect.poll(() => new URL(page.url()).searchParams.get("from")).toBe("2020-01-01");
    await page.reload();
    await page.getByText(/^Applied: 3\./).waitFor();
    expect(await page.getByLabel("Company’s country").inputValue()).toBe("FI");
    expect(await page.getByLabel("From", { exact: true }).inputValue()).toBe("2020-01-01");
    await page.getByText("The filters above do not change the forecast.").waitFor();

    await page.getByLabel("Market").selectOption({ label: "Lithuania" });
    await page.getByText("No pilot matches these filters. Clear a filter to see more.").waitFor();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByText(/^Applied: 15\./).waitFor();
    expect(new URL(page.url()).search).toBe("");
    await context.close();
  });

  test.each([1440, 390])(
    "breaks no rule of accessibility that axe knows, at %i pixels",
    { timeout: 60_000 },
    async (width) => {
      const { context, page, complaints } = await portal.visitAs("auditor-1", "/dashboard", {
        viewport: { width, height: 900 },
      });
      await page.getByText(/^Applied: 15\./).waitFor();
      await page.getByText(/^Pilots in flight: 10\./).waitFor();
      for (const numbers of await page.getByText("The numbers as a table").all()) await numbers.click();
      expect(await axeFaults(page)).toEqual([]);
      await page.getByRole("button", { name: "15: Came so far, Applied" }).click();
      await page.getByRole("dialog").getByText("Pilots behind this figure: 15").waitFor();
      expect(await axeFaults(page, { within: '[role="dialog"]' })).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(complaints).toEqual([]);
      await context.close();
    },
  );

  test.each(languages)("has no table that is wider than a phone in $name", async ({ code }) => {
    const { context, page } = await portal.visitAs("coordinator-1", "/dashboard", { viewport: phone, language: code });
    await page.locator("[aria-busy=false] > .panels").waitFor();
    const tables = page.locator(".panels .table-scroll:visible");
    expect(await tables.count()).toBeGreaterThan(4);
    const tooWide = (all: Element[]) =>
      all.filter((each) => each.scrollWidth > each.clientWidth).map(({ ariaLabel }) => ariaLabel);
    expect(await tables.evaluateAll(tooWide)).toEqual([]);
    await context.close();
  });

  test("speaks Finnish", async () => {
    const { context, page } = await portal.visitAs("coordinator-1", "/dashboard", { language: "fi" });
    await page.getByRole("heading", { name: "Tilannekuva", level: 1 }).waitFor();
    await page.getByRole("heading", { name: /^Tarveanalyysi: mediaani \d+ pv, 85\s% enintään \d+ pv/ }).waitFor();
    await page.getByText(/^Pilotteja käynnissä: 10\. Ennen kuin ohjelma päättyy/).waitFor();
    await context.close();
  });

  test("is for those who watch the programme: no company and no expert has it in their navigation", async () => {
    const entries: Partial<Record<SamplePerson, boolean>> = {};
    for (const person of ["coordinator-1", "auditor-1", "advisor-1", "expert-1", "sme-birch-admin"] as const) {
      const { context, page } = await portal.visitAs(person);
      const navigation = page.getByRole("navigation", { name: "Main" });
      await navigation.getByRole("link", { name: "Pilots" }).waitFor();
      entries[person] = (await navigation.getByRole("link", { name: "Dashboard" }).count()) === 1;
      await context.close();
    }
    expect(entries).toEqual({
      "coordinator-1": true,
      "auditor-1": true,
      "advisor-1": true,
      "expert-1": false,
      "sme-birch-admin": false,
    });
  });
});
