/** What an embedded system says where it runs: nothing of people, of what they wrote or of how they sign in. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { reportError } from "../../local/report.ts";
import { samplePeople } from "../../local/sample/people.ts";
import { startFairway } from "../support/fairway.ts";
import { as } from "../support/people.ts";
import { signIn } from "../support/sign-in.ts";

let printed: string[];
beforeEach(() => {
  printed = [];
  const keep = (...said: unknown[]) => {
    printed.push(said.map(String).join(" "));
    return true;
  };
  for (const method of ["log", "info", "warn", "error", "debug"] as const) {
    vi.spyOn(console, method).mockImplementation(keep);
  }
  vi.spyOn(process.stdout, "write").mockImplementation(keep);
  vi.spyOn(process.stderr, "write").mockImplementation(keep);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const WRITTEN = "Lighthouse keeper's ledger";

describe("what is printed", () => {
  test("on a way from sign-in to a draft, with mistakes and a failure, names nobody and quotes nothing", async () => {
    await using fairway = await startFairway();
    const token = await signIn(fairway.url, "coordinator-1");
    const company = await as(fairway.url, "sme-birch-admin");
    const pilot = await company("startApplication", { body: { title: WRITTEN } });
    await company("saveDraft", {
      params: { pilotId: pilot.id, deliverableId: "IN-1" },
      body: { baseDraftVersion: 0, values: { legalName: WRITTEN } },
    });
    await company("addComment", { params: { pilotId: pilot.id }, body: { text: WRITTEN, internal: false } });
    await company("inviteMember", {
      body: { email: "new.colleague@example.org", name: WRITTEN, role: "sme_member", maySubmit: false, language: "en" },
    });
    for (const request of [
      { headers: { authorization: `Bearer ${token}x` } },
      { headers: { authorization: `Bearer ${token}` }, method: "POST", body: `{"${WRITTEN}"` },
      { headers: { authorization: `Bearer ${token}`, "fairway-for": "advisor-1" } },
    ]) {
      await fetch(`${fairway.url}/api/me`, request);
    }
    await fairway.settled();
    const output = printed.join("\n");
    const secrets = [
      ...samplePeople.flatMap(({ person }) => [person.name, person.email]),
      WRITTEN,
      "new.colleague@example.org",
      token,
    ];
    expect(secrets.filter((secret) => output.includes(secret))).toEqual([]);
  });

  test("of an error is its name, code and place, and that of its causes, without their words", () => {
    const cause = Object.assign(new TypeError("Ada Example <ada@example.org>"), { code: "EADA" });
    reportError("Something failed.", new Error("token 12345 of Ada Example", { cause }));
    const output = printed.join("\n");
    expect(output).toContain("Something failed.");
    expect(output).toContain("TypeError EADA");
    expect(output).toContain("logs.test.ts");
    expect(output).not.toMatch(/Ada|12345/);
  });
});
