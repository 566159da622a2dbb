import { describe, expect, test } from "vitest";
import { processVersions } from "../../shared/contracts/transfer-process.ts";
import { spokenLanguages } from "../../shared/language/languages.ts";
import { processIn } from "../../shared/language/process-words.ts";
import { namesIndicators, resultFor } from "../../shared/language/results.ts";

const definitionsIn = (language: string) =>
  [...processVersions.values()].flatMap((version) => {
    const { intake, stages, followUp } = processIn(language, version);
    return [intake, ...stages.flatMap(({ deliverables }) => deliverables), followUp];
  });

describe.each(spokenLanguages)("What comes out of a deliverable, in %s", (language) => {
  test("names no indicator by its code to a company, an expert or a living lab", () => {
    for (const role of ["sme_member", "sme_admin", "expert", "living_lab"] as const) {
      const told = definitionsIn(language).map((definition) => resultFor(role, definition, language));
      expect(told.filter(namesIndicators)).toEqual([]);
    }
  });

  test("is as published for who reports on the programme, and wherever it names none", () => {
    for (const definition of definitionsIn(language)) {
      expect(resultFor("coordinator", definition, language)).toBe(definition.outputArtefact);
      if (namesIndicators(definition.outputArtefact)) continue;
      expect(resultFor("sme_admin", definition, language)).toBe(definition.outputArtefact);
    }
  });
});
