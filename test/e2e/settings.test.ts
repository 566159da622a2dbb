import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { as } from "../support/people.ts";
import { type Portal, phone, startPortal } from "../support/portal.ts";

describe("A person's own corner of the portal", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await startPortal();
  });
  afterAll(() => portal[Symbol.asyncDispose]());

  const heading = (page: Page, name: string) => page.getByRole("heading", { name, level: 1 });

  test("keeps what somebody wants to be written to about, and lets nobody go deaf to late work", async () => {
    const { context, page, complaints } = await portal.visitAs("advisor-1", "/");
    await page.keyboard.press("g");
    await page.keyboard.press("s");
    await heading(page, "Settings").waitFor();
    await page.getByLabel("News").selectOption({ label: "Not at all" });
    await page.getByLabel("Something to do").selectOption({ label: "At once" });
    expect(await page.getByLabel("It is late").getByRole("option", { name: "Not at all" }).count()).toBe(0);
    await page.getByRole("button", { name: "Save what I am written to about" }).click();
    await page.getByText("Your settings are saved.").waitFor();
    await page.reload();
    expect(await page.getByLabel("News").inputValue()).toBe("none");
    const call = await as(portal.url, "advisor-1");
    expect((await call("getMySettings", {})).notifications).toEqual({ news: "none", tasks: "at_once" });
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("remembers the language somebody chose on every device", async () => {
    const call = await as(portal.url, "advisor-2");
    expect((await call("getMySettings", {})).language).not.toBe("en");
    const { context, page, complaints } = await portal.visitAs("advisor-2", "/settings");
    await page.getByText("On this device the pages are in another language now: English.").waitFor();
    await page.getByLabel("Your language").selectOption("en");
    await page.getByText("Your settings are saved.").waitFor();
    expect(await page.getByText("On this device the pages are").count()).toBe(0);
    expect((await call("getMySettings", {})).language).toBe("en");
    await page.evaluate(() => localStorage.removeItem("fairway.language"));
    await page.reload();
    await heading(page, "Settings").waitFor();
    expect(await page.getByLabel("Your language").inputValue()).toBe("en");
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("gives out a calendar link once, replaces it and ends it", async () => {
    const { context, page, complaints } = await portal.visitAs("advisor-3", "/settings");
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const address = page.getByLabel("Address of your calendar");
    await page.getByRole("button", { name: "Make a calendar link" }).click();
    const first = await address.inputValue();
    expect((await fetch(first)).headers.get("content-type")).toContain("text/calendar");
    await page.getByRole("button", { name: "Copy the address" }).click();
    await page.getByText("The address is copied.").waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(first);

    await page.reload();
    await page.getByText("You have had a calendar link since").waitFor();
    expect(await address.count()).toBe(0);
    await page.getByText("Make a new link", { exact: true }).click();
    await page.getByRole("button", { name: "Make a calendar link" }).click();
    const second = await address.inputValue();
    expect((await fetch(first)).status).toBe(404);
    expect((await fetch(second)).status).toBe(200);

    await page.getByText("End the link", { exact: true }).first().click();
    await page.getByRole("button", { name: "End the link" }).click();
    await page.getByText("You have no calendar link.").waitFor();
    expect((await fetch(second)).status).toBe(404);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("finds pilots and their deliverables by keyboard from any page, and says when nothing fits", async () => {
    const sme = await as(portal.url, "sme-aurora-admin");
    await sme("startApplication", { body: { pilotId: "found-pilot", title: "Lighthouse diary for Latvia" } });
    const { context, page, complaints } = await portal.visitAs("sme-aurora-admin", "/pilots");
    await heading(page, "Pilots").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("lighthouse");
    await page.keyboard.press("Enter");
    await page.getByText("result for “lighthouse”").waitFor();
    await page.getByRole("main").getByLabel("What you look for").fill("application lighthouse");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Pilot application" }).click();
    await heading(page, "Pilot application").waitFor();
    await page.goBack();
    await page.getByText("for “application lighthouse”").waitFor();
    await page.goto(`${portal.url}/search?q=12345`);
    await page.getByText("Nothing fits “12345”.").waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("is searched from the menu on a phone", async () => {
    const { context, page } = await portal.visitAs("coordinator-1", "/", { viewport: phone });
    await page.getByRole("button", { name: "Menu" }).click();
    const menu = page.getByRole("dialog");
    await menu.getByRole("searchbox", { name: "Search" }).fill("aurora");
    await page.keyboard.press("Enter");
    await page.getByText(/results? for “aurora”/).waitFor();
    expect(await menu.count()).toBe(0);
    await context.close();
  });
});
