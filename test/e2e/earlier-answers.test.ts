import { expect, test } from "vitest";
import { as } from "../support/people.ts";
import { phone, startPortal } from "../support/portal.ts";

test("A company that applies again says with one click that what it answered before is still true", async () => {
  await using portal = await startPortal({ sample: "pilots" });
  const company = await as(portal.url, "sme-birch-admin");
  await company("startApplication", { body: { pilotId: "again", title: "Sample class planner for Latvia" } });
  const { page } = await portal.visitAs("sme-birch-admin", "/pilots/again/deliverables/IN-1", { viewport: phone });

  const name = page.getByLabel("Legal name of the company");
  await name.waitFor();
  expect(await name.inputValue()).toBe("");
  await page.getByText(/^Answered on .* in “.*Company profile”: Sample Birch Oy$/).waitFor();
  await page.getByRole("button", { name: "Still true Legal name of the company" }).click();
  expect(await name.inputValue()).toBe("Sample Birch Oy");
  await page.getByText(/^As answered on .*Company profile”\.$/).waitFor();

  await page.getByRole("button", { name: "All still true" }).click();
  await page.getByRole("button", { name: "All still true" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText(/^Saved/).waitFor();
  const { draft, earlier } = await company("getDeliverable", { params: { pilotId: "again", deliverableId: "IN-1" } });
  expect(draft?.values).toMatchObject(Object.fromEntries(earlier.map(({ field, value }) => [field, value])));
});
