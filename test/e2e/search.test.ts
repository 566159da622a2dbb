import { expect, test } from "vitest";
import { as } from "../support/people.ts";
import { startPortal } from "../support/portal.ts";

test("Search leads by keyboard to the pilots of a company, and the outbox says when no mail fits", async () => {
  await using portal = await startPortal({ sample: "pilots" });
  await using visit = await portal.visitAs("coordinator-1", "/search?q=birch%20oy");
  const { page, complaints } = visit;
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

  await page.goto(`${portal.url}/mails`);
  await page.getByRole("searchbox", { name: "Find mails" }).fill("nobody at all");
  await page.keyboard.press("Enter");
  await page.getByText("No mail fits “nobody at all”.").waitFor();
  await page.getByRole("link", { name: "Show all mails" }).click();
  await page.getByText(/^No mail yet\./).waitFor();
  expect(complaints).toEqual([]);
}, 90_000);

test("Search says of the form of a rejected application what its pages say, that it is rejected", async () => {
  await using portal = await startPortal({ sample: "pilots" });
  const coordinator = await as(portal.url, "coordinator-1");
  await coordinator("rejectApplication", {
    params: { pilotId: "sample-applied-cloudberry" },
    body: { reason: "The service is an idea so far." },
  });
  await using visit = await portal.visitAs("sme-cloudberry-admin", "/search?q=application");
  const { page, complaints } = visit;
  const found = page.getByRole("listitem").filter({ hasText: "Pilot application" });
  await found.getByText("Rejected", { exact: true }).waitFor();
  expect(await page.getByText("Cancelled", { exact: true }).count()).toBe(0);
  expect(complaints).toEqual([]);
}, 90_000);
