import { describe, expect, test } from "vitest";
import { type Result, targetOf } from "../../web/pages/search/target.ts";

const company: Result = { kind: "company", id: "birch", title: "Sample Birch Oy", within: "" };
const person = (leadsTo: NonNullable<Result["leadsTo"]>): Result => {
  return { kind: "person", id: "p", title: "Somebody", within: "Somewhere", organisationId: "birch", leadsTo };
};

describe("A result of the search", () => {
  test("of a company leads those who watch the programme to its pilots, ended ones too", () => {
    expect(targetOf(company, "coordinator")).toMatchObject({
      link: { to: "/pilots", search: { view: "table", company: "birch", ended: true } },
      leads: "company",
    });
    expect(targetOf(company, "sme_admin")).toEqual({ link: { to: "/pilots" }, leads: "company" });
  });

  test("of a person leads to where the answer says", () => {
    expect(targetOf(person("advisor"), "auditor")).toMatchObject({ link: { search: { advisor: "p", ended: true } } });
    expect(targetOf(person("member"), "advisor")).toMatchObject({ link: { search: { company: "birch" } } });
    expect(targetOf(person("people"), "coordinator")).toMatchObject({
      link: { to: "/people", search: { q: "Somebody" } },
    });
    expect(targetOf(person("team"), "sme_member")).toEqual({ link: { to: "/team" }, leads: "team" });
    expect(targetOf({ ...person("pilot"), pilotId: "x" }, "sme_admin")).toEqual({
      link: { to: "/pilots/$pilotId", params: { pilotId: "x" }, hash: "people" },
      leads: "pilot",
    });
  });

  test("of a pilot or deliverable leads to its own page", () => {
    const pilot: Result = { kind: "pilot", id: "x", pilotId: "x", title: "X", within: "" };
    expect(targetOf(pilot, "expert")).toEqual({ link: { to: "/pilots/$pilotId", params: { pilotId: "x" } } });
    const deliverable: Result = { ...pilot, kind: "deliverable", id: "NA-3" };
    expect(targetOf(deliverable, "expert")?.link).toMatchObject({ params: { pilotId: "x", deliverableId: "NA-3" } });
  });
});
