import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { as } from "../support/people.ts";
import { type Portal, phone, startPortal } from "../support/portal.ts";
import { saidOfField } from "./said-of-field.ts";

describe("The team of a company", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await startPortal();
  }, 120_000);
  afterAll(() => portal[Symbol.asyncDispose]());

  const card = (page: Page, name: string) =>
    page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, level: 2 }) });

  test("is invited to, lets its people submit, and loses them with a reason", async () => {
    const { context, page, complaints } = await portal.visitAs("sme-aurora-admin", "/team");
    await page.getByText("Invite a colleague", { exact: true }).click();
    await page.getByLabel("Name", { exact: true }).fill("Ilze Example");
    await page.getByLabel("E-mail").fill("ilze@example.org");
    await page.getByLabel("Role").selectOption({ label: "Company member" });
    await page.getByLabel("Language of mails and pages").selectOption({ label: "Latviešu" });
    await page.getByRole("button", { name: "Send invitation" }).click();
    await page.getByText("Ilze Example is invited and gets a mail.").waitFor();
    const ilze = card(page, "Ilze Example");
    await ilze.getByText("has not signed in yet").waitFor();
    await ilze.getByText("Fills in drafts").waitFor();

    await ilze.getByRole("button", { name: "Let submit: Ilze Example" }).click();
    await ilze.getByText("May submit deliverables.").waitFor();
    await ilze.getByText("Remove from the team").click();
    await ilze.getByText("Their open tasks go back to your company’s list").waitFor();
    await ilze.getByLabel("Reason").fill("Works for another company now");
    await ilze.getByRole("button", { name: "Remove" }).click();
    await ilze.waitFor({ state: "detached" });
    const call = await as(portal.url, "sme-aurora-admin");
    const { members } = await call("listTeam", {});
    expect(members.map(({ email }) => email)).not.toContain("ilze@example.org");
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("says that its last admin stays, until somebody else is made admin", async () => {
    const { context, page, complaints } = await portal.visitAs("sme-aurora-admin", "/team");
    await page.getByText("is the only admin and cannot be removed").waitFor();
    const employee = page.getByRole("listitem").filter({ hasText: "Company member" }).first();
    await employee.getByText("Make company admin").click();
    await employee.getByRole("button", { name: "Make admin" }).click();
    await page.getByText("is an admin of your company now").waitFor();
    await page.getByText("is the only admin and cannot be removed").waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("reads in its own language why something is not done", async () => {
    await using visit = await portal.visitAs("sme-birch-admin", "/team", { language: "fi" });
    const { page } = visit;
    await page.getByText("Kutsu työtoveri", { exact: true }).click();
    await page.getByLabel("Nimi", { exact: true }).fill("Sama henkilö");
    await page.getByLabel("Sähköposti").fill("sme-birch-admin@sample.example");
    await page.getByLabel("Rooli").selectOption("sme_admin");
    await page.getByLabel("Viestien ja sivujen kieli").selectOption("fi");
    await page.getByRole("button", { name: "Lähetä kutsu" }).click();
    const problem = await page.getByRole("alert").innerText();
    expect(problem).toBe("Ei onnistu näin. Tällä henkilöllä on jo tämä rooli.");
  });

  test("reads in its own language, not the browser's, what is wrong in a field, and sends what was put right", async () => {
    await using visit = await portal.visitAs("sme-birch-admin", "/team", { language: "fi", locale: "en-GB" });
    const { page } = visit;
    await page.getByText("Kutsu työtoveri", { exact: true }).click();
    const send = page.getByRole("button", { name: "Lähetä kutsu" });
    const said = () => expect.poll(() => saidOfField(page));
    // Browsers show it on pointing.
    const name = page.getByLabel("Nimi", { exact: true });
    await name.hover();
    await expect.poll(() => name.evaluate((field: HTMLInputElement) => field.validationMessage)).toBe("Täytä tämä.");
    await send.click();
    await said().toBe("Täytä tämä.");
    await page.keyboard.type("Aino Esimerkki");
    await said().toBe("");
    await page.getByLabel("Sähköposti").fill("aino");
    await page.keyboard.press("Enter");
    await said().toBe("Anna sähköpostiosoite, esim. name@example.org.");
    // Still wrong, otherwise.
    await page.getByLabel("Sähköposti").fill("");
    await said().toBe("Täytä tämä.");
    await page.getByLabel("Sähköposti").fill("aino@example.org");
    await page.getByLabel("Viestien ja sivujen kieli").selectOption("fi");
    await send.click();
    await said().toBe("Valitse yksi vaihtoehdoista.");
    // By code, as a shortcut would: no event tells of it.
    await page.getByLabel("Rooli").evaluate((list: HTMLSelectElement) => {
      list.value = "sme_member";
    });
    await send.click();
    await page.getByText("Kutsuttu: Aino Esimerkki.").waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test("is read by its members, who see who invites and change nothing", async () => {
    const call = await as(portal.url, "sme-birch-admin");
    const email = "sme-aurora-member@sample.example";
    await call("inviteMember", {
      body: { email, name: "Member", role: "sme_member", maySubmit: false, language: "en" },
    });
    const { context, page } = await portal.visitAs("sme-aurora-member", "/team", { viewport: phone });
    const member = await as(portal.url, "sme-aurora-member");
    const { memberships } = await member("getMe", {});
    const birch = memberships.find(({ organisation }) => organisation.id === "birch");
    await page.evaluate((id) => localStorage.setItem("fairway.membership", id), birch?.id ?? "");
    await page.reload();
    await page.getByText("Invitations and changes are made by your company’s admins").waitFor();
    expect(await page.getByText("Invite a colleague").count()).toBe(0);
    expect(await page.getByText("Remove from the team").count()).toBe(0);
    await context.close();
  });
});
