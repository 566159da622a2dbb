import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import type { DeliverableDefinition, ProcessDefinition, StageDefinition } from "../../shared/domain/process.ts";
import { processDifferences } from "../../shared/domain/process-differences.ts";

/** The published version with other stages. */
const withStages = (change: (stage: StageDefinition) => StageDefinition): ProcessDefinition => ({
  ...latestProcess,
  version: latestProcess.version + 1,
  stages: latestProcess.stages.map(change),
});

const withDeliverable = (id: string, change: (each: DeliverableDefinition) => DeliverableDefinition) =>
  withStages((stage) => ({
    ...stage,
    deliverables: stage.deliverables.map((each) => (each.id === id ? change(each) : each)),
  }));

/** As JSON it may be changed anywhere. */
const withField = (id: string, change: (schema: Record<string, Record<string, Record<string, unknown>>>) => void) =>
  withDeliverable(id, (each) => {
    const formSchema = JSON.parse(JSON.stringify(each.formSchema));
    change(formSchema);
    return { ...each, formVersion: each.formVersion + 1, formSchema };
  });

const differences = (after: ProcessDefinition) => processDifferences(latestProcess, after);

describe("the difference between two process versions", () => {
  test("is nothing between a version and an equal one", () => {
    expect(differences(JSON.parse(JSON.stringify(latestProcess)))).toEqual([]);
  });

  test("names what was added and what was removed", () => {
    const [needs] = latestProcess.stages;
    const [first] = needs?.deliverables ?? [];
    if (first === undefined) throw new Error("The process begins with a deliverable.");
    const after = withStages((stage) =>
      stage.id === "needs"
        ? { ...stage, deliverables: [...stage.deliverables.slice(1), { ...first, id: "NA-7", name: "Pricing abroad" }] }
        : stage,
    );
    expect(differences(after)).toEqual([
      { kind: "deliverable", id: "NA-7", name: "Pricing abroad", change: "added", changes: [] },
      { kind: "deliverable", id: "NA-1", name: first.name, change: "removed", changes: [] },
    ]);
  });

  test("says days, people and order before and after", () => {
    const after = withDeliverable("NA-3", (each) => ({
      ...each,
      dueInDays: 14,
      reviewedBy: ["advisor", "expert"],
      dependsOn: ["NA-1"],
    }));
    const before = latestProcess.stages[0]?.deliverables[2];
    expect(differences(after)).toEqual([
      {
        kind: "deliverable",
        id: "NA-3",
        name: before?.name,
        change: "changed",
        changes: [
          { aspect: "reviewedBy", before: before?.reviewedBy, after: ["advisor", "expert"] },
          { aspect: "dueInDays", before: 10, after: 14 },
          { aspect: "dependsOn", before: ["NA-1", "NA-2"], after: ["NA-1"] },
        ],
      },
    ]);
  });

  test("follows a deliverable into another stage", () => {
    const moved = latestProcess.stages[3]?.deliverables.find(({ id }) => id === "LC-5");
    if (moved === undefined) throw new Error("There is no LC-5.");
    const after = withStages((stage) => ({
      ...stage,
      deliverables:
        stage.id === "adaptation"
          ? [...stage.deliverables, moved]
          : stage.deliverables.filter(({ id }) => id !== moved.id),
    }));
    expect(differences(after)).toMatchObject([
      { id: "LC-5", changes: [{ aspect: "stage", before: "guidance", after: "adaptation" }] },
    ]);
  });

  test("says criteria of reviews and gates by their text", () => {
    const after = withStages((stage) =>
      stage.id === "needs"
        ? {
            ...stage,
            durationDays: 40,
            gate: {
              ...stage.gate,
              thresholds: { ...stage.gate.thresholds, advance: 80 },
              mustMeet: stage.gate.mustMeet.slice(1),
              shouldMeet: stage.gate.shouldMeet.map((each, index) =>
                index === 0 ? { ...each, weight: each.weight + 5 } : each,
              ),
            },
          }
        : stage,
    );
    const gate = latestProcess.stages[0]?.gate;
    const [must, [should]] = [gate?.mustMeet[0], gate?.shouldMeet ?? []];
    expect(differences(after).map(({ kind, id, changes }) => ({ kind, id, changes }))).toEqual([
      { kind: "stage", id: "needs", changes: [{ aspect: "durationDays", before: 30, after: 40 }] },
      {
        kind: "gate",
        id: "G1",
        changes: [
          { aspect: "criterion", before: must?.text },
          {
            aspect: "criterionWeight",
            item: should?.text,
            before: should?.weight,
            after: (should?.weight ?? 0) + 5,
          },
          { aspect: "thresholdAdvance", before: gate?.thresholds.advance, after: 80 },
        ],
      },
    ]);
  });

  test("says fields of a form by their title, columns of a table behind it", () => {
    const after = withField("NA-3", ({ properties = {} }) => {
      properties.managementScore = { ...properties.managementScore, title: "Commitment of the owners", maximum: 5 };
      delete properties.managementEvidence;
      properties.language = { title: "Languages spoken", type: "string" };
    });
    const [difference] = differences(after);
    expect(difference?.changes).toEqual([
      {
        aspect: "fieldTitle",
        item: "Management commitment",
        before: "Management commitment",
        after: "Commitment of the owners",
      },
      { aspect: "fieldDetails", item: "Management commitment" },
      { aspect: "field", after: "Languages spoken" },
      { aspect: "field", before: "Evidence: management commitment" },
    ]);

    const tables = withField("NA-4", ({ properties = {} }) => {
      const items = properties.barriers?.items;
      if (typeof items !== "object" || items === null || !("properties" in items)) throw new Error("No table.");
      items.properties = { ...Object(items.properties), payer: { title: "Who pays", type: "string" } };
    });
    expect(differences(tables)[0]?.changes).toEqual([{ aspect: "field", after: "Barriers: Who pays" }]);
  });

  test("says when a reminder comes and to whom, and which rules between fields are new", () => {
    const after: ProcessDefinition = {
      ...latestProcess,
      reminders: latestProcess.reminders.map((step) =>
        step.id === "esc1" ? { ...step, at: { kind: "due", offsetDays: 5 }, to: ["advisor"] } : step,
      ),
      crossFieldRules: latestProcess.crossFieldRules.slice(1),
      followUpMonths: [6, 12, 24],
    };
    expect(differences(after)).toMatchObject([
      { kind: "process", changes: [{ aspect: "followUpMonths", before: ["6", "12"], after: ["6", "12", "24"] }] },
      {
        kind: "deliverable",
        id: "IN-1",
        changes: [{ aspect: "rule", before: latestProcess.crossFieldRules[0]?.text }],
      },
      {
        kind: "reminder",
        id: "esc1",
        changes: [
          { aspect: "days", before: 3, after: 5 },
          { aspect: "recipients", before: ["advisor", "sme_admin"], after: ["advisor"] },
        ],
      },
    ]);
  });

  test("reads the same from both sides, with before and after exchanged", () => {
    const ids = latestProcess.stages.flatMap(({ deliverables }) => deliverables.map(({ id }) => id));
    const edits = fc.dictionary(
      fc.constantFrom(...ids),
      fc.record({ dueInDays: fc.integer({ min: 1, max: 99 }), removed: fc.boolean() }),
    );
    const edited = (changes: Readonly<Record<string, { dueInDays: number; removed: boolean }>>) =>
      withStages((stage) => ({
        ...stage,
        deliverables: stage.deliverables.flatMap((each) => {
          const edit = changes[each.id];
          if (edit?.removed === true) return [];
          return [edit === undefined ? each : { ...each, dueInDays: edit.dueInDays }];
        }),
      }));
    const opposite = { added: "removed", removed: "added", changed: "changed" } as const;
    type Edits = Parameters<typeof edited>[0];
    const readsTheSame = (one: Edits, other: Edits): void => {
      const [a, b] = [edited(one), edited(other)];
      const there = processDifferences(a, b).map(({ id, change, changes }) => ({
        id,
        change,
        days: changes.map(({ before, after }) => [before, after]),
      }));
      const back = processDifferences(b, a).map(({ id, change, changes }) => ({
        id,
        change: opposite[change],
        days: changes.map(({ before, after }) => [after, before]),
      }));
      const byId = (x: { id: string }, y: { id: string }) => x.id.localeCompare(y.id);
      expect(there.sort(byId)).toEqual(back.sort(byId));
    };
    // biome-ignore lint/nursery/noFloatingPromises: a synchronous property throws.
    fc.assert(fc.property(edits, edits, readsTheSame));
  });
});
