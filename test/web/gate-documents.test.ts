import i18next from "i18next";
import { beforeAll, describe, expect, test } from "vitest";
import { agreementClauses } from "../../functions/api/agreement-clauses.ts";
import type { OutputOf } from "../../shared/contracts/operations.ts";
import agreementEn from "../../web/language/en/agreement.json" with { type: "json" };
import commonEn from "../../web/language/en/common.json" with { type: "json" };
import dossierEn from "../../web/language/en/dossier.json" with { type: "json" };
import gateEn from "../../web/language/en/gate.json" with { type: "json" };
import agreementFi from "../../web/language/fi/agreement.json" with { type: "json" };
import commonFi from "../../web/language/fi/common.json" with { type: "json" };
import dossierFi from "../../web/language/fi/dossier.json" with { type: "json" };
import gateFi from "../../web/language/fi/gate.json" with { type: "json" };
import { agreementDocument } from "../../web/pages/agreement/agreement-document.ts";
import { dossierDocument } from "../../web/pages/gate/dossier-document.ts";

beforeAll(async () => {
  await i18next.init({
    lng: "en",
    ns: ["common", "gate", "dossier", "agreement"],
    defaultNS: "common",
    interpolation: { escapeValue: false },
    resources: {
      en: { common: commonEn, gate: gateEn, dossier: dossierEn, agreement: agreementEn },
      fi: { common: commonFi, gate: gateFi, dossier: dossierFi, agreement: agreementFi },
    },
  });
});

const coordinator = { id: "coordinator-1", name: "Sample coordinator" };
const at = "2027-03-10T09:00:00.000Z";

const answer: OutputOf<"getGateDossier"> = {
  checksum: "c".repeat(64),
  generatedAt: at,
  words: { "Gate 1": "Portti 1", "Market chosen": "Markkina valittu" },
  dossier: {
    format: "fairway-gate-dossier",
    formatVersion: 1,
    programme: { id: "sample", name: "Sample programme", sample: true },
    pilot: {
      id: "p-1",
      title: "Sample Šiauliai UAB: Пример",
      status: "active",
      country: "LT",
      market: "FI",
      appliedAt: at,
      team: [{ person: { id: "advisor-1", name: "Sample advisor" }, role: "advisor" }],
    },
    company: { id: "c-1", name: "Sample Šiauliai UAB", country: "LT" },
    stageRun: { id: "needs-1", stageId: "needs", name: "Needs analysis", status: "at_gate" },
    process: { id: "transfer-process", version: 1, name: "Transfer process" },
    gate: {
      id: "G1",
      name: "Gate 1",
      special: "",
      status: "open",
      round: 2,
      openedAt: at,
      decideBy: at,
      musts: [{ id: "G1-M1", text: "Market chosen" }],
      shoulds: [{ id: "G1-S1", text: "Team has time", weight: 100 }],
      anchors: ["None", "Weak", "Mixed", "Good", "Strong"],
      thresholds: { advance: 60, advanceWithConditions: 45 },
      scoresNeeded: { coordinator: 1, expert: 1 },
    },
    extent: "full",
    rounds: [
      {
        round: 1,
        meanScore: 50,
        scores: [
          {
            by: coordinator,
            role: "coordinator",
            at,
            sealed: false,
            score: 50,
            musts: { "G1-M1": { met: false, evidence: "No partner yet." } },
            points: { "G1-S1": 2 },
          },
        ],
        decisions: [
          {
            decision: "rework",
            label: "Rework",
            effect: "Goes back",
            by: [coordinator],
            at,
            reason: "Too thin.",
            basedOn: [{ deliverableId: "NA-6", revision: 1 }],
            reworked: ["NA-6"],
            conditions: [],
          },
        ],
      },
      { round: 2, scores: [{ by: coordinator, role: "coordinator", at, sealed: true }], decisions: [] },
    ],
    deliverables: [
      {
        id: "NA-6",
        definitionId: "NA-6",
        name: "Needs report",
        status: "accepted",
        revisions: [
          { revision: 1, formVersion: 1, checksum: "a".repeat(64), submittedBy: coordinator, submittedAt: at },
        ],
        reviews: [],
      },
    ],
  },
};

/** Every text of a document, in the order of reading. */
function textsIn(content: unknown): string[] {
  if (typeof content === "string") return [content];
  if (Array.isArray(content)) return content.flatMap(textsIn);
  if (typeof content !== "object" || content === null) return [];
  const { text, stack, ul, columns, table }: Record<string, unknown> = { ...content };
  const body = typeof table === "object" && table !== null && "body" in table ? table.body : undefined;
  return [text, stack, ul, columns, body].flatMap(textsIn);
}

const documentIn = (language: string, of: typeof answer = answer) =>
  dossierDocument(language === "fi" ? of : { ...of, words: {} }, {
    t: i18next.getFixedT(language, ["dossier", "gate", "common"]),
    language,
  });

describe("the document of a gate dossier", () => {
  test("says in its metadata what it is and in which language, and numbers its pages", () => {
    const document = documentIn("en");
    expect(document.info.title).toBe("Gate dossier: Gate 1 – Sample Šiauliai UAB: Пример");
    expect(document).toMatchObject({ language: "en", displayTitle: true });
    expect(textsIn(document.footer(2, 5))).toEqual([expect.stringContaining("c".repeat(64)), "Page 2 of 5"]);
  });

  test("marks sample data on every page, and nothing else", () => {
    expect(textsIn(documentIn("en").header(3, 5))).toEqual([commonEn.shell.sample]);
    const { dossier } = answer;
    const real = { ...answer, dossier: { ...dossier, programme: { ...dossier.programme, sample: false } } };
    expect(textsIn(documentIn("en", real).header(3, 5)).join("")).toBe("");
  });

  test("tells every round: scores and their evidence, what is sealed, the decision and what it rested on", () => {
    const said = textsIn(documentIn("en").content);
    for (const text of [
      "Round 1",
      "Mean score: 50\u00a0of\u00a0100",
      "not met: No partner yet.",
      "2\u00a0of\u00a04: Mixed",
      "Decision: Rework",
      "Too thin.",
      "Needs report (revision\u00a01)",
      "a".repeat(64),
      "Round 2",
      "sealed",
      "Nothing is decided in this round yet.",
    ])
      expect(said).toContain(text);
  });

  test("is in the reader's language, its process texts as well where they are translated", () => {
    const document = documentIn("fi");
    expect(document.info.title).toMatch(/^Porttikansio: Portti 1 – /);
    const said = textsIn(document.content);
    for (const text of ["Kierros 1", "Markkina valittu", "sinetöity"]) expect(said).toContain(text);
    expect(said.filter((text) => /^(dossier|gate|common):|\{\{/.test(text))).toEqual([]);
  });
});

const agreement: OutputOf<"getAgreement"> = {
  checksum: "d".repeat(64),
  words: {},
  agreement: {
    format: "fairway-pilot-agreement",
    formatVersion: 1,
    template: { id: "fairway-pilot-agreement", version: 1 },
    sample: true,
    pilot: { id: "p-1", title: "Sample Šiauliai UAB: Sample diary" },
    programme: { id: "sample", name: "Sample programme", startsOn: "2026-01-01", endsOn: "2029-12-31" },
    office: { name: "Sample programme office", country: "EE", signatory: coordinator },
    company: { name: "Sample Šiauliai UAB", registrationNumber: "SAMPLE-1", country: "LT" },
    service: { name: "Sample diary" },
    markets: ["FI", "LV"],
    team: [],
    aid: {
      plannedEur: 20_000,
      receivedEur: 5_000,
      ceilingEur: 300_000,
      hourlyRateEur: 65,
      received: [{ grantor: "Sample fund", measure: "Sample voucher", grantedOn: "2026-02-01", amountEur: 5_000 }],
    },
    process: { version: 1, name: "Transfer process", stages: [{ id: "needs", name: "Needs analysis", days: 30 }] },
    clauses: agreementClauses.map((clause) => ({ ...clause })),
    appliedAt: at,
    admittedAt: at,
    application: { revision: 1, checksum: "e".repeat(64) },
  },
};

describe("the document of a pilot agreement", () => {
  const documentOf = (language: string, of = agreement) =>
    agreementDocument(of, { t: i18next.getFixedT(language, ["agreement", "common"]), language });

  test("names parties, markets, support and every clause, and that it is a template", () => {
    const said = textsIn(documentOf("en").content);
    for (const text of [
      "Template 1, to be checked by the programme’s lawyer before it is signed.",
      "Sample Šiauliai UAB (Lithuania)",
      "Finland and Latvia",
      "€20,000",
      "Sample fund: Sample voucher",
      ...agreementClauses.map((clause) => clause.text),
    ])
      expect(said).toContain(text);
    expect(textsIn(documentOf("en").header(1, 1))).toEqual([commonEn.shell.sample]);
  });

  test("shows the clauses of a later template in the words they came with", () => {
    const later = { id: "later", party: "both" as const, text: "Something new." };
    const of = { ...agreement, agreement: { ...agreement.agreement, clauses: [later] } };
    expect(textsIn(documentOf("fi", of).content)).toContain("Something new.");
  });
});
