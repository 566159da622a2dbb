import { describe, expect, test } from "vitest";
import { type Result, targetOf } from "../../web/pages/search/target.ts";

const company: Result = { kind: "company", id: "birch", title: "Sample Birch Oy", within: "" };
const person = (role: "advisor" | "sme_admin" | "auditor"): Result => {
  return { kind: "person", id: "p", title: "Somebody", within: "Somewhere", roles: [role], organisationId: "birch" };
};

describe("A result of the search", () => {
  test("of a company leads those who watch the programme to its pilots, ended ones too", () => {
    expect(targetOf(company, "coordinator")).toMatchObject({
      link: { to: "/pilots", search: { view: "table", company: "birch", ended: true } },
      leads: "company",
    });
    expect(targetOf(company, "sme_admin")).toEqual({ link: { to: "/pilots" }, leads: "company" });
    expect(targetOf(company, "administrator")).toBeUndefined();
  });

  test("of a person leads to their pilots, else to the people where the reader has that page, else nowhere", () => {
    expect(targetOf(person("advisor"), "auditor")).toMatchObject({ link: { search: { advisor: "p" } } });
    expect(targetOf(person("sme_admin"), "advisor")).toMatchObject({ link: { search: { company: "birch" } } });
    expect(targetOf(person("auditor"), "coordinator")).toMatchObject({ link: { to: "/people" } });
    expect(targetOf(person("advisor"), "administrator")).toMatchObject({ link: { to: "/people" } });
    expect(targetOf(person("auditor"), "advisor")).toBeUndefined();
    expect(targetOf(person("advisor"), "sme_member")).toBeUndefined();
  });

  test("of a pilot or deliverable leads to its own page", () => {
    const pilot: Result = { kind: "pilot", id: "x", pilotId: "x", title: "X", within: "" };
    expect(targetOf(pilot, "expert")).toEqual({ link: { to: "/pilots/$pilotId", params: { pilotId: "x" } } });
    const deliverable: Result = { ...pilot, kind: "deliverable", id: "NA-3" };
    expect(targetOf(deliverable, "expert")?.link).toMatchObject({ params: { pilotId: "x", deliverableId: "NA-3" } });
  });
});
