import { describe, expect, test } from "vitest";
import { latestProcess } from "../../../shared/contracts/transfer-process.ts";
import { blockedMarkets } from "../../../shared/domain/countries.ts";
import {
  checkCrossFieldRules,
  deMinimisRoomEur,
  implementedRuleIds,
  type RuleContext,
} from "../../../shared/domain/forms/cross-field-rules.ts";
import type { FormValues } from "../../../shared/domain/forms/form-schema.ts";
import { deliverableOf } from "../../../shared/domain/process.ts";
import { fullExample } from "../../fixtures/form-examples.ts";

const context: RuleContext = {
  accepted: fullExample,
  today: "2026-11-23",
  programme: { focusSizeHeadcount: 30, deMinimisCeilingEur: 300_000, plannedAidEur: 20_000 },
  blockedMarkets,
};

function check(id: string, fields: FormValues, overrides: Partial<RuleContext> = {}) {
  const deliverable = deliverableOf(latestProcess, id);
  if (!deliverable) throw new Error(`There is no deliverable ${id}.`);
  return checkCrossFieldRules(latestProcess, deliverable, fields, { ...context, ...overrides });
}
const found = (id: string, fields: FormValues, overrides: Partial<RuleContext> = {}) =>
  check(id, fields, overrides).map(({ ruleId, severity, pointer }) => `${ruleId} ${severity} ${pointer}`);

test("every rule of the process has its function and every function its rule", () => {
  for (const { deliverableId } of latestProcess.crossFieldRules) {
    expect(deliverableOf(latestProcess, deliverableId)).toBeDefined();
  }
  expect(implementedRuleIds().toSorted()).toEqual(latestProcess.crossFieldRules.map(({ id }) => id).toSorted());
});

test("rules have nothing to say about an empty form they cannot judge", () => {
  for (const id of ["IN-1", "NA-1", "FS-1", "FS-5", "FS-6", "PA-7", "LC-2", "LC-7"]) {
    const refusals = found(id, {}).filter((line) => !line.startsWith("FS-6-participants"));
    expect(refusals).toEqual([]);
  }
});

describe("de minimis aid", () => {
  const aid = (grantedOn: string, amountEur: number) => ({ grantor: "Fund", measure: "Grant", grantedOn, amountEur });
  const received = (...rows: object[]) => ({ deMinimisReceived: rows });

  test("of EUR 42 000 leaves room for EUR 258 000 (story 1)", () => {
    expect(deMinimisRoomEur(received(aid("2025-01-01", 42_000)), [], "2026-11-23", 300_000)).toBe(258_000);
  });

  test("counts in the three years that end with the day of grant", () => {
    const room = (grantedOn: string) => deMinimisRoomEur(received(aid(grantedOn, 1)), [], "2026-11-23", 300_000);
    expect(room("2023-11-23")).toBe(300_000);
    expect(room("2023-11-24")).toBe(299_999);
    expect(room("2026-11-23")).toBe(299_999);
  });

  test("counts what other pilots gave beside what the application states, in the same three years", () => {
    const room = (grantedOn: string) =>
      deMinimisRoomEur(received(aid("2025-01-01", 42_000)), [{ grantedOn, amountEur: 8_000 }], "2026-11-23", 300_000);
    expect(room("2023-11-23")).toBe(258_000);
    expect(room("2023-11-24")).toBe(250_000);
    expect(deMinimisRoomEur({}, [{ grantedOn: "2026-01-01", amountEur: 300_000.01 }], "2026-11-23", 300_000)).toBe(0);
  });

  test("of exactly the ceiling with the support planned is accepted, a cent more refused", () => {
    expect(found("IN-1", received(aid("2025-01-01", 200_000), aid("2026-01-01", 80_000)))).toEqual([]);
    expect(found("IN-1", received(aid("2025-01-01", 200_000), aid("2026-01-01", 80_000.01)))).toEqual([
      "IN-1-de-minimis-ceiling refuse /deMinimisReceived",
    ]);
    expect(deMinimisRoomEur(received(aid("2026-01-01", 400_000)), [], "2026-11-23", 300_000)).toBe(0);
  });
});

describe("refused is", () => {
  test.each([
    ["IN-1", { headcount: 10, desiredMarkets: ["LV", "RU"] }, ["IN-1-blocked-markets refuse /desiredMarkets/1"]],
    ["IN-1", { headcount: 20, turnoverEur: 50_000_001, balanceSheetEur: 43_000_001 }, ["IN-1-sme refuse /turnoverEur"]],
    ["IN-1", { headcount: 20, turnoverEur: 50_000_001, balanceSheetEur: 43_000_000 }, []],
    ["NA-1", { headcount: 10, headcountTech: 8, headcountSales: 3 }, ["NA-1-headcount-parts refuse /headcount"]],
    ["NA-1", { headcount: 11, headcountTech: 8, headcountSales: 3 }, []],
    ["NA-3", { ...fullExample("NA-3"), readinessScore: 74 }, ["NA-3-readiness-score refuse /readinessScore"]],
    [
      "NA-3",
      { ...fullExample("NA-3"), readinessScore: 75, advisorAdjustment: 64, advisorComment: " " },
      ["NA-3-adjustment-explained refuse /advisorComment"],
    ],
    ["NA-3", { ...fullExample("NA-3"), readinessScore: 75, advisorAdjustment: 65, advisorComment: "" }, []],
    ["FS-1", { tamEur: 10, samEur: 11, somEur: 1 }, ["FS-1-market-sizes refuse /samEur"]],
    ["FS-1", { tamEur: 10, samEur: 5, somEur: 6 }, ["FS-1-market-sizes refuse /somEur"]],
    ["FS-1", { tamEur: 10, samEur: 10, somEur: 10 }, []],
    ["FS-5", { horizonYears: 2, years: [{ year: 1 }] }, ["FS-5-year-rows refuse /years"]],
    ["FS-5", { horizonYears: 2, years: [{ year: 1 }, { year: 3 }] }, ["FS-5-year-rows refuse /years"]],
    ["FS-5", { horizonYears: 2, years: [{ year: 2 }, { year: 1 }] }, []],
    ["PA-8", { ...fullExample("PA-8"), recruited: 11 }, ["PA-8-participants refuse /recruited"]],
    ["LC-2", { b2cTurnoverEur: 20_000, ossNeeded: false }, ["LC-2-oss refuse /ossNeeded"]],
    ["LC-6", { ...fullExample("LC-6"), launchDate: "2027-02-28" }, ["LC-6-launch refuse /launchDate"]],
    ["LC-7", { introductions: [{}], consent: false }, ["LC-7-consent refuse /consent"]],
    [
      "PA-7",
      { types: [{ planned: 4, executed: 3, passed: 2, failed: 0, blocked: 2 }] },
      ["PA-7-executed refuse /types/0/executed", "PA-7-planned refuse /types/0/planned"],
    ],
    ["PA-7", { types: [{ planned: 5, executed: 3, passed: 2, failed: 1, blocked: 2 }] }, []],
  ])("%s with %o: %j", (id, fields, expected) => {
    expect(found(id, fields)).toEqual(expected);
  });

  test("a market that is no candidate, blocked, named twice or one too many", () => {
    const candidates = [
      { country: "LV", restriction: "clear" },
      { country: "LT", restriction: "blocked" },
      { country: "RU", restriction: "clear" },
      { country: "LV", restriction: "clear" },
    ];
    expect(found("NA-5", { candidates, primaryMarket: "RU", secondaryMarkets: ["LV", "LT", "SE"] })).toEqual([
      "NA-5-candidates-once refuse /candidates/3/country",
      "NA-5-primary-market refuse /primaryMarket",
      "NA-5-secondary-markets refuse /secondaryMarkets",
      "NA-5-secondary-markets refuse /secondaryMarkets/1",
      "NA-5-secondary-markets refuse /secondaryMarkets/2",
    ]);
    expect(found("NA-5", { ...fullExample("NA-5"), secondaryMarkets: ["LV"] })).toEqual([
      "NA-5-secondary-markets refuse /secondaryMarkets/0",
    ]);
  });

  test("a screening without every regime, naming the open ones", () => {
    const regimes = (fullExample("FS-3").regimes as { regime: string }[]).filter(
      ({ regime }) => !["MDR", "VAT", "OTHER"].includes(regime),
    );
    expect(check("FS-3", { ...fullExample("FS-3"), regimes })).toEqual([
      {
        ruleId: "FS-3-every-regime",
        severity: "refuse",
        pointer: "/regimes",
        label: "Regimes",
        message: "Add a row for each of the regimes still open: MDR, VAT.",
      },
    ]);
  });

  test("a screening valid for longer than 12 months", () => {
    expect(found("FS-3", { ...fullExample("FS-3"), validUntil: "2027-11-23" })).toEqual([]);
    expect(found("FS-3", { ...fullExample("FS-3"), validUntil: "2027-11-24" })).toEqual([
      "FS-3-validity refuse /validUntil",
    ]);
  });

  test.each([
    ["2027-03-01", "2027-03-01", true],
    ["2027-03-01", "2027-02-01", true],
    ["2027-03-01", "2027-03-14", true],
    ["2027-03-01", "2027-03-15", false],
    ["2027-03-01", "2027-08-28", false],
    ["2027-03-01", "2027-08-29", true],
  ])("a trial from %s to %s: %s", (start, end, refused) => {
    expect(found("FS-6", { ...fullExample("FS-6"), start, end })).toEqual(
      refused ? ["FS-6-trial-dates refuse /end"] : [],
    );
  });

  test("a trial that keeps fewer than three participants", () => {
    const plan = fullExample("FS-6");
    expect(found("FS-6", { ...plan, participantsTarget: 10, dropOutPct: 70 })).toEqual([]);
    expect(found("FS-6", { ...plan, participantsTarget: 10, dropOutPct: 71 })).toEqual([
      "FS-6-participants refuse /participantsTarget",
    ]);
  });

  test("a trial report that leaves out a hypothesis, answers one twice or invents one", () => {
    const hypotheses = [{ hypothesis: "A" }, { hypothesis: "B" }];
    const accepted = (id: string) => (id === "FS-6" ? { hypotheses } : undefined);
    const report = (...results: string[]) => ({
      recruited: 1,
      completed: 1,
      results: results.map((hypothesis) => ({ hypothesis })),
    });
    expect(found("PA-8", report("B", "A"), { accepted })).toEqual([]);
    expect(found("PA-8", report("A"), { accepted })).toEqual(["PA-8-hypotheses refuse /results"]);
    expect(found("PA-8", report("A", "B", "A"), { accepted })).toEqual([
      "PA-8-hypotheses refuse /results/2/hypothesis",
    ]);
    expect(found("PA-8", report("A", "C"), { accepted })).toEqual([
      "PA-8-hypotheses refuse /results/1/hypothesis",
      "PA-8-hypotheses refuse /results",
    ]);
  });
});

describe("left to a person is", () => {
  test("a company above the focus size: the coordinator waives it", () => {
    expect(found("IN-1", { headcount: 30 })).toEqual([]);
    expect(found("IN-1", { headcount: 34 })).toEqual(["IN-1-focus-size needs_waiver /headcount"]);
  });

  test("a budget of more than 1.2 times the investment: it needs a comment", () => {
    const accepted = (id: string) => (id === "FS-5" ? { years: [{ investEur: 100.1 }, { investEur: 50 }] } : undefined);
    const plan = (...amounts: number[]) => ({ budget: amounts.map((amountEur) => ({ amountEur })) });
    expect(found("LC-6", plan(100.12, 80), { accepted })).toEqual([]);
    expect(found("LC-6", plan(100.13, 80), { accepted })).toEqual(["LC-6-budget needs_comment /budget"]);
  });
});

test("a skipped deliverable leaves the rules that lean on it silent", () => {
  const accepted = () => undefined;
  expect(found("PA-8", { ...fullExample("PA-8"), results: [{ hypothesis: "Any" }] }, { accepted })).toEqual([]);
  expect(found("LC-6", { ...fullExample("LC-6"), launchDate: "2020-01-01" }, { accepted })).toEqual([]);
});
