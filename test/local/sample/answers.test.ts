import { describe, expect, test } from "vitest";
import { daysAfter, sampleAnswers } from "../../../local/sample/answers.ts";
import { sampleCompanies } from "../../../local/sample/companies.ts";
import { latestProcess } from "../../../shared/contracts/transfer-process.ts";
import { blockedMarkets } from "../../../shared/domain/countries.ts";
import type { FormValues } from "../../../shared/domain/forms/form-schema.ts";
import { checkSubmission } from "../../../shared/domain/forms/submission.ts";
import { defaultParameters } from "../../../shared/domain/pilot/context.ts";

const inProcessOrder = [
  latestProcess.intake,
  ...latestProcess.stages.flatMap(({ deliverables }) =>
    deliverables.toSorted((one, other) => one.dueInDays - other.dueInDays),
  ),
  latestProcess.followUp,
];

describe.each(sampleCompanies.map((company) => [company.name, company] as const))("the answers of %s", (_, company) => {
  test("may be submitted in the order of the process, each a week after the one before", () => {
    const acceptedValues: Record<string, FormValues> = {};
    const accepted = (id: string) => acceptedValues[id];
    let today = "2026-03-02";
    for (const definition of inProcessOrder) {
      const answers = sampleAnswers(definition, { company, market: "SE", otherMarket: "BG", today, accepted });
      const checked = checkSubmission(latestProcess, definition, answers, {
        accepted,
        today,
        programme: defaultParameters,
        blockedMarkets,
        supportHours: 12,
        aidEur: 780,
      });
      expect({ id: definition.id, form: checked.formProblems, rules: checked.ruleProblems }).toEqual({
        id: definition.id,
        form: [],
        rules: [],
      });
      acceptedValues[definition.id] = checked.values;
      today = daysAfter(today, 7);
    }
  });
});

test("texts say that they are samples", () => {
  const [company] = sampleCompanies;
  if (company === undefined) throw new Error("There are no sample companies.");
  const { motivation, legalName, contactEmail } = sampleAnswers(latestProcess.intake, {
    company,
    market: "SE",
    otherMarket: "BG",
    today: "2026-03-02",
    accepted: () => undefined,
  });
  expect(motivation).toMatch(/^Sample answer: /);
  expect(legalName).toMatch(/^Sample /);
  expect(contactEmail).toMatch(/\.example$/);
});
