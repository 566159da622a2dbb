import { describe, expect, test } from "vitest";
import { processVersions } from "../../../shared/contracts/transfer-process.ts";
import { propertiesOf } from "../../../shared/domain/forms/form-schema.ts";
import { allSources, profileFormsOf, sourcesOf } from "../../../shared/domain/forms/same-questions.ts";
import { deliverableOf, type ProcessDefinition } from "../../../shared/domain/process.ts";

const fieldOf = (process: ProcessDefinition, [definitionId, field]: readonly [string, string]) =>
  propertiesOf(deliverableOf(process, definitionId)?.formSchema)[field];

describe.each([...processVersions.values()])("In version $version of the process", (process) => {
  test.each(allSources())("$target.0/$target.1 has the type of each question asked before", ({ target, sources }) => {
    const asked = fieldOf(process, target);
    expect(asked).toBeDefined();
    for (const source of sources) {
      const before = fieldOf(process, source);
      expect([before?.type, before?.enum], source.join("/")).toEqual([asked?.type, asked?.enum]);
    }
  });

  test("no form asks before itself: sources are of the application or of earlier forms", () => {
    const order = [process.intake, ...process.stages.flatMap(({ deliverables }) => deliverables)].map(({ id }) => id);
    for (const { target, sources } of allSources()) {
      for (const [definitionId] of sources) {
        expect(order.indexOf(definitionId)).toBeLessThan(order.indexOf(target[0]));
      }
    }
  });
});

test("A question that is new has no source; the company's own forms have its profile", () => {
  expect(sourcesOf("NA-3", "managementScore")).toEqual([]);
  expect(sourcesOf("constructor", "name")).toEqual([]);
  expect(profileFormsOf("NA-1")).toContain("IN-1");
  expect(profileFormsOf("FS-5")).toEqual([]);
});
