import { expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { startFairway } from "../support/fairway.ts";

test("Search leads by keyboard to the pilots of a company, and the outbox says when no mail fits", async () => {
  await using fairway = await startFairway({ sample: "pilots", portal: true });
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    context.setDefaultTimeout(10_000);
    await context.addInitScript(() => localStorage.setItem("fairway.language", "en"));
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(fairway.url);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.locator('button[value="coordinator-1"]').click();
    await page.getByRole("heading", { name: "Your tasks" }).waitFor();

    await page.goto(`${fairway.url}/search?q=birch%20oy`);
    const company = page.getByRole("link", { name: "Sample Birch Oy", exact: true });
    await company.waitFor();
    await page.getByLabel("What you look for").focus();
    for (let n = 0; n < 10 && !(await company.evaluate((link) => link === document.activeElement)); n += 1) {
      await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("Enter");
    await page.getByText(/^\d of \d+ pilots shown$/).waitFor();
    const titles = await page.getByRole("rowheader").allInnerTexts();
    expect(titles.length).toBeGreaterThan(0);
    expect(titles.filter((title) => !title.startsWith("Sample Birch Oy"))).toEqual([]);

    await page.goto(`${fairway.url}/mails`);
    await page.getByRole("searchbox", { name: "Find mails" }).fill("nobody at all");
    await page.keyboard.press("Enter");
    await page.getByText("No mail fits “nobody at all”.").waitFor();
    await page.getByRole("link", { name: "Show all mails" }).click();
    await page.getByText(/^No mail yet\./).waitFor();
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
  }
}, 90_000);
