import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OperationId } from "../../../shared/contracts/operations.ts";
import words from "../../../shared/language/process/fi.json" with { type: "json" };
import { type Input, openSampleApi, PILOT_ID, type SampleApi } from "./sample-api.ts";

let sample: SampleApi;
beforeAll(async () => {
  sample = await openSampleApi();
});
afterAll(() => sample.close());

async function firstStage(person: string, headers: Record<string, string> = {}): Promise<string> {
  const { body } = await sample.call(person, "getPilot", { params: { pilotId: PILOT_ID }, headers });
  return JSON.parse(body).runs[0].name;
}

describe("The API answers", () => {
  test("in the language of the person", async () => {
    expect(await firstStage("coordinator-1")).toBe("Needs analysis");
    expect(await firstStage("sme-birch-admin")).toBe(words["Needs analysis"]);
  });

  test("in the language asked for, when it is one of the portal's", async () => {
    expect(await firstStage("sme-birch-admin", { "accept-language": "en-GB,fi;q=0.5" })).toBe("Needs analysis");
    expect(await firstStage("coordinator-1", { "accept-language": "fi" })).toBe(words["Needs analysis"]);
  });

  test.each(["*", "de", "", "constructor", ";;,,"])("in the person's own when asked for %j", async (header) => {
    expect(await firstStage("sme-birch-admin", { "accept-language": header })).toBe(words["Needs analysis"]);
  });

  test("with forms, gates, tasks and what happened in that language", async () => {
    const finnish = await answered("sme-birch-admin", "getDeliverable", deliverable());
    const english = await answered("coordinator-1", "getDeliverable", deliverable());
    expect(english).toMatchObject({ name: "Company profile", schema: { title: "Company profile" } });
    expect(finnish).toMatchObject({ name: words["Company profile"], schema: { title: words["Company profile"] } });
    expect(finnish.purpose).toBe(words[english.purpose as keyof typeof words]);
    // Ids, codes and rules of the form are the same: only texts differ.
    expect(Object.keys(Object(finnish.schema).properties)).toEqual(Object.keys(Object(english.schema).properties));

    const { tasks } = await answered("sme-birch-admin", "getPilot", { params: { pilotId: PILOT_ID } });
    expect(tasks.find(({ id }: { id: string }) => id === "NA-1.produce.1").title).toBe(
      `NA-1 ${words["Company profile"]}`,
    );

    const timeline = { params: { pilotId: PILOT_ID } };
    const opened = ({ entries }: { entries: { type: string; sentence: string }[] }) =>
      entries.find(({ type }) => type === "StageOpened")?.sentence;
    expect(opened(await answered("coordinator-1", "getTimeline", timeline))).toContain("“Needs analysis” was opened");
    expect(opened(await answered("sme-birch-admin", "getTimeline", timeline))).toContain(
      `Vaihe ”${words["Needs analysis"]}” avattiin`,
    );
  });

  test("with a form's gaps by the names the reader sees, found alike whatever the language", async () => {
    const check = { ...deliverable(), body: { values: { legalName: "", foundedYear: 1200 } } };
    const finnish = await answered("sme-birch-admin", "checkDraft", check);
    const english = await answered("sme-birch-admin", "checkDraft", { ...check, headers: { "accept-language": "en" } });
    const known = ({ gaps }: { gaps: { pointer: string; problem: string; code: string }[] }) =>
      gaps.map(({ pointer, problem, code }) => ({ pointer, problem, code }));
    expect(known(finnish)).toEqual(known(english));
    expect(english.gaps[0]).toMatchObject({ pointer: "/legalName", label: "Legal name", code: "fillIn" });
    expect(finnish.gaps[0]).toMatchObject({ pointer: "/legalName", label: words["Legal name"], code: "fillIn" });
  });
});

describe("A refusal is told", () => {
  const draftOf = (deliverableId: string, baseDraftVersion: number) => ({
    params: { pilotId: PILOT_ID, deliverableId },
    body: { baseDraftVersion, values: {} },
  });
  const submission = draftOf("NA-4", 1);

  test("in the language of the person, with the names they see and numbers as they write them", async () => {
    const finnish = await refused("sme-birch-admin", "submitDeliverable", submission);
    const english = await refused("sme-birch-admin", "submitDeliverable", {
      ...submission,
      headers: { "accept-language": "en" },
    });
    expect(finnish).toMatchObject({ type: "/problems/FormIncomplete", status: 422, title: "Ei onnistu näin" });
    expect(finnish.detail).toMatch(/^\d+ kenttää on vielä tarkistettava: /);
    expect(english.detail).toMatch(/^\d+ fields need attention: /);
    expect(finnish.gaps[0].label).not.toBe(english.gaps[0].label);
    for (const { label } of finnish.gaps) expect(finnish.detail).toContain(label);
    expect({ ...finnish, gaps: [], title: "", detail: "" }).toEqual({ ...english, gaps: [], title: "", detail: "" });
  });

  test("with days and hours as they are written there, and the roles of the process in that language", async () => {
    expect((await refused("sme-birch-admin", "saveDraft", draftOf("NA-4", 0))).detail).toBe(
      "Sample advisor, Tartu tallensi tämän luonnoksen 9. maaliskuuta 2027 klo 10.59.00, sen jälkeen kun avasit sen. Kirjoittamasi ei ole kadonnut: vertaa molempia ja tallenna uudelleen.",
    );
    expect((await refused("sme-birch-admin", "saveDraft", draftOf("NA-6", 0))).detail).toBe(
      "Tuotoksen ”Tarveanalyysin raportti ja tukisuunnitelma” täyttäjä: pilotin neuvojat.",
    );
  });

  test("also when the person may not do it at all, or it is not there", async () => {
    expect(await refused("sme-birch-admin", "listMails", {})).toMatchObject({
      type: "/problems/NotAllowed",
      title: "Ei sallittu",
      detail: "Et voi tehdä tätä nykyisessä roolissasi (yrityksen pääkäyttäjä).",
      role: "sme_admin",
    });
    expect(await refused("sme-birch-admin", "getPilot", { params: { pilotId: "nowhere" } })).toMatchObject({
      title: "Ei löytynyt",
      detail: "Tällaista pilottia ei ole.",
    });
  });

  test("in the language asked for while nobody is known, else in English", async () => {
    const request = { method: "GET", path: "/api/me", query: {} };
    const detailFor = async (headers: Record<string, string>) =>
      JSON.parse((await sample.send("coordinator-1", { ...request, headers: { authorization: "", ...headers } })).body)
        .detail;
    expect(await detailFor({ "accept-language": "fi" })).toBe("Istuntosi on päättynyt. Kirjaudu uudelleen.");
    expect(await detailFor({})).toBe("Your session has ended. Sign in again.");
    expect(await detailFor({ "accept-language": "de" })).toBe("Your session has ended. Sign in again.");
  });
});

function deliverable() {
  return { params: { pilotId: PILOT_ID, deliverableId: "NA-1" } };
}

async function refused(person: string, operation: OperationId, input: Input) {
  const { status, body } = await sample.call(person, operation, input);
  expect(status).toBeGreaterThanOrEqual(400);
  return JSON.parse(body);
}

async function answered(person: string, operation: OperationId, input: Input) {
  const { status, body } = await sample.call(person, operation, input);
  expect(status).toBe(200);
  return JSON.parse(body);
}
