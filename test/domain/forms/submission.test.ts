import { describe, expect, test } from "vitest";
import { latestProcess } from "../../../shared/contracts/transfer-process.ts";
import { blockedMarkets } from "../../../shared/domain/countries.ts";
import type { FormValues } from "../../../shared/domain/forms/form-schema.ts";
import { checkSubmission } from "../../../shared/domain/forms/submission.ts";
import { deliverableOf } from "../../../shared/domain/process.ts";
import { fullExample } from "../../fixtures/form-examples.ts";

const { intake, stages, followUp } = latestProcess;
const inOrder = [intake, ...stages.flatMap(({ deliverables }) => deliverables), followUp];

function submit(id: string, values: FormValues, accepted: (deliverableId: string) => FormValues | undefined) {
  const deliverable = deliverableOf(latestProcess, id);
  if (!deliverable) throw new Error(`There is no deliverable ${id}.`);
  return checkSubmission(latestProcess, deliverable, values, {
    accepted,
    supportHours: 40,
    aidEur: 2600,
    today: "2026-11-23",
    programme: { focusSizeHeadcount: 30, deMinimisCeilingEur: 300_000, plannedAidEur: 20_000 },
    blockedMarkets,
  });
}

test("every full example passes form, derived fields and rules, in the order of the process", () => {
  const accepted = new Map<string, FormValues>();
  for (const { id } of inOrder) {
    const { values, formProblems, ruleProblems } = submit(id, fullExample(id), (other) => accepted.get(other));
    expect({ id, formProblems, ruleProblems }).toEqual({ id, formProblems: [], ruleProblems: [] });
    accepted.set(id, values);
  }
  expect(accepted.get("NA-1")).toMatchObject({ smeCategory: "micro" });
  expect(accepted.get("NA-3")).toMatchObject({ readinessScore: 75 });
  expect(accepted.get("LC-8")).toMatchObject({ barriersResolved: 0, advisorHours: 40, aidFinalEur: 2600 });
});

describe("a submission", () => {
  test("with gaps is not asked about rules yet", () => {
    const { formProblems, ruleProblems } = submit("FS-1", { tamEur: 1, samEur: 2 }, () => undefined);
    expect(formProblems.length).toBeGreaterThan(0);
    expect(ruleProblems).toEqual([]);
  });

  test("keeps nothing typed into fields that ended up hidden", () => {
    const { values } = submit("FS-3", fullExample("FS-3"), () => undefined);
    expect(values).not.toHaveProperty("mdrClass");
    expect(values).not.toHaveProperty("showstopperNote");
  });

  test("without an accepted register says what the closure report waits for", () => {
    const { formProblems } = submit("LC-8", fullExample("LC-8"), () => undefined);
    expect(formProblems).toEqual([
      {
        pointer: "/barriersResolved",
        label: "Barriers alleviated or resolved",
        problem: "missing",
        message: "Fairway works this out from other answers, which give no result yet.",
        code: "derivedOpen",
      },
    ]);
  });
});
