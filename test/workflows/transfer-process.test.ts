import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import {
  latestProcess,
  lifeCycles,
  processOfVersion,
  processVersions,
} from "../../shared/contracts/transfer-process.ts";
import { computeDerived } from "../../shared/domain/forms/derived.ts";
import { asSubmitted, isRecord, propertiesOf, uiOf } from "../../shared/domain/forms/form-schema.ts";
import {
  type DeliverableDefinition,
  deliverableOf,
  type FormSchema,
  stageOf,
  stageOfDeliverable,
} from "../../shared/domain/process.ts";
import { exampleIds, fullExample, minimalExample, placeholderExample } from "../fixtures/form-examples.ts";

const root = join(import.meta.dirname, "../../workflows/transfer-process");

function deliverablesOf(process = latestProcess): DeliverableDefinition[] {
  return [process.intake, ...process.stages.flatMap(({ deliverables }) => deliverables), process.followUp];
}
const all = deliverablesOf();
const byId = all.map((deliverable) => [deliverable.id, deliverable] as const);

function sumOf(weighted: readonly { readonly weight: number }[]): number {
  return weighted.reduce((total, { weight }) => total + weight, 0);
}

function compiled(schema: FormSchema) {
  const ajv = new Ajv2020({ strict: true, allErrors: true, keywords: ["x-ui"] });
  addFormats.default(ajv);
  return ajv.compile({ ...schema });
}

describe("the published transfer process", () => {
  test("has four stages with 30 deliverables between intake and follow-up", () => {
    expect(latestProcess.stages.map(({ id, deliverables }) => [id, deliverables.length])).toEqual([
      ["needs", 6],
      ["feasibility", 7],
      ["adaptation", 9],
      ["guidance", 8],
    ]);
    expect([latestProcess.intake.id, latestProcess.followUp.id]).toEqual(["IN-1", "FU-1"]);
    expect(latestProcess.stages.map(({ order }) => order)).toEqual([1, 2, 3, 4]);
  });

  test.each(latestProcess.stages.map((stage) => [stage.id, stage] as const))(
    "falls due within the stage %s",
    (_, stage) => {
      for (const { dueInDays } of stage.deliverables) expect(dueInDays).toBeLessThanOrEqual(stage.durationDays);
    },
  );

  test("finds a deliverable, its stage, and nothing for an unknown id", () => {
    expect(deliverableOf(latestProcess, "NA-3")?.name).toBe("Export readiness assessment");
    expect(deliverableOf(latestProcess, "IN-1")).toBe(latestProcess.intake);
    expect(deliverableOf(latestProcess, "FU-1")).toBe(latestProcess.followUp);
    expect(stageOfDeliverable(latestProcess, "PA-4")?.id).toBe("adaptation");
    expect(stageOf(latestProcess, "guidance")?.order).toBe(4);
    expect(stageOfDeliverable(latestProcess, "IN-1")).toBeUndefined();
    expect(deliverableOf(latestProcess, "XX-1")).toBeUndefined();
  });

  test("names a version that was never published", () => {
    expect(processOfVersion(latestProcess.version)).toBe(latestProcess);
    expect(() => processOfVersion(999)).toThrowError("Version 999 of the transfer process was never published.");
  });
});

describe("dependencies", () => {
  test("refer to deliverables of the same or an earlier stage", () => {
    for (const stage of latestProcess.stages) {
      for (const { id, dependsOn } of stage.deliverables) {
        for (const other of dependsOn) {
          const order = stageOfDeliverable(latestProcess, other)?.order;
          expect(order, `${id} depends on ${other}`).toBeLessThanOrEqual(stage.order);
        }
      }
    }
  });

  test("form no circle", () => {
    const done = new Set<string>();
    let open = all;
    while (open.length > 0) {
      const next = open.filter(({ dependsOn }) => !dependsOn.every((id) => done.has(id)));
      expect(next.length, `circle among ${next.map(({ id }) => id).join(", ")}`).toBeLessThan(open.length);
      for (const { id } of open) if (!next.some((each) => each.id === id)) done.add(id);
      open = next;
    }
    expect(done.size).toBe(32);
  });
});

describe.each(byId)("%s", (_, deliverable) => {
  const { formSchema } = deliverable;

  test("is reviewed by nobody who delivers it", () => {
    expect(deliverable.deliveredBy.filter((role) => deliverable.reviewedBy.includes(role))).toEqual([]);
  });

  test("has review weights that sum to 100 and criteria told apart", () => {
    expect(sumOf(deliverable.reviewCriteria)).toBe(100);
    expect(new Set(deliverable.reviewCriteria.map(({ id }) => id)).size).toBe(deliverable.reviewCriteria.length);
  });

  test("offers reasons to skip exactly when it may be skipped", () => {
    expect(deliverable.skipReasons.length > 0).toBe(deliverable.skippable);
  });

  test("has a schema that compiles in strict mode with x-ui as the only extra keyword", () => {
    expect(compiled(formSchema)({})).toBe(false);
  });

  test("carries its own id and version in the schema's $id", () => {
    const { id, formVersion } = deliverable;
    expect(formSchema.$id).toBe(`https://fairway.example/forms/${id.toLowerCase()}/${formVersion}`);
  });

  test("orders exactly its fields", () => {
    expect(uiOf(formSchema).order).toEqual(Object.keys(propertiesOf(formSchema)));
  });

  test("shows a field exactly when a condition requires it", () => {
    const shown = Object.entries(propertiesOf(formSchema)).flatMap(([field, schema]) => {
      const { visibleIf } = uiOf(schema);
      return visibleIf === undefined ? [] : [{ field, visibleIf }];
    });
    const required = conditions
      .parse(formSchema.allOf ?? [])
      .flatMap((rule) =>
        Object.entries(rule.if.properties).flatMap(([on, { enum: options }]) =>
          rule.then.required.map((field) => ({ field, visibleIf: { field: on, in: options } })),
        ),
      );
    const byField = (a: { field: string }, b: { field: string }) => a.field.localeCompare(b.field);
    expect(shown.toSorted(byField)).toEqual(required.toSorted(byField));
  });

  test("limits every number, text and list, and labels every choice", () => {
    const unlimited: string[] = [];
    for (const [path, field] of fieldsBelow(formSchema, "")) {
      const isDerived = field.readOnly === true;
      if ((field.type === "number" || field.type === "integer") && field.maximum === undefined && !isDerived) {
        unlimited.push(path);
      }
      if (field.type === "array" && field.maxItems === undefined) unlimited.push(path);
      const isFree = field.enum === undefined && field.pattern === undefined && field.format === undefined;
      if (field.type === "string" && isFree && field.maxLength === undefined) unlimited.push(path);
      const choices = Array.isArray(field.enum) ? field.enum.map(String) : undefined;
      if (choices && !path.endsWith("[]")) expect(Object.keys(uiOf(field).enumLabels ?? {}), path).toEqual(choices);
    }
    expect(unlimited).toEqual([]);
  });

  const schemaAccepts = (values: Readonly<Record<string, unknown>>) => {
    const context = { accepted: fullExample, supportHours: 0, aidEur: 0 };
    const validate = compiled(formSchema);
    validate(asSubmitted(formSchema, computeDerived(deliverable.id, values, context)));
    return validate.errors ?? [];
  };

  test("accepts the minimal and full examples once derived fields are computed", () => {
    expect(schemaAccepts(minimalExample(deliverable.id))).toEqual([]);
    expect(schemaAccepts(placeholderExample(deliverable.id))).toEqual([]);
    expect(schemaAccepts(fullExample(deliverable.id))).toEqual([]);
  });
});

/** The one form of condition our schemas use. */
const conditions = z.array(
  z.strictObject({
    if: z.strictObject({
      properties: z.record(z.string(), z.strictObject({ enum: z.array(z.unknown()).min(1) })),
      required: z.array(z.string()).length(1),
    }),
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's keyword
    then: z.strictObject({ properties: z.record(z.string(), z.unknown()), required: z.array(z.string()).length(1) }),
  }),
);

function fieldsBelow(schema: FormSchema, path: string): [string, FormSchema][] {
  const items = isRecord(schema.items) ? schema.items : undefined;
  return [
    ...Object.entries(propertiesOf(schema)).flatMap(([key, field]): [string, FormSchema][] => [
      [`${path}/${key}`, field],
      ...fieldsBelow(field, `${path}/${key}`),
    ]),
    ...(items === undefined || items.$ref !== undefined
      ? []
      : [[`${path}[]`, items] satisfies [string, FormSchema], ...fieldsBelow(items, `${path}[]`)]),
  ];
}

test("there is an example of each deliverable and of nothing else", () => {
  expect(exampleIds.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
});

describe.each(latestProcess.stages.map(({ gate }) => [gate.id, gate] as const))("gate %s", (_, gate) => {
  test("has weights that sum to 100 and criteria told apart", () => {
    expect(sumOf(gate.shouldMeet)).toBe(100);
    const ids = [...gate.mustMeet, ...gate.shouldMeet].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("offers known decisions; to skip the next stage only where one follows", () => {
    const known = latestProcess.gateDecisions.map(({ id }) => id);
    expect(gate.decisions.filter((id) => !known.includes(id))).toEqual([]);
    expect(gate.decisions.includes("skip")).toBe(gate.id !== "G4");
  });
});

test("gate 2 alone needs the scores of two experts", () => {
  expect(latestProcess.stages.map(({ gate }) => gate.decidedBy.experts)).toEqual([0, 2, 0, 0]);
});

test("reminders come in the order of domain.md 3.1", () => {
  expect(latestProcess.reminders.map(({ id, at }) => [id, at])).toEqual([
    ["followup", { kind: "halfway" }],
    ["soon", { kind: "due", offsetDays: -7 }],
    ["near", { kind: "due", offsetDays: -2 }],
    ["due", { kind: "due", offsetDays: 0 }],
    ["esc1", { kind: "due", offsetDays: 3 }],
    ["esc2", { kind: "due", offsetDays: 7 }],
    ["esc3", { kind: "due", offsetDays: 21 }],
    ["review", { kind: "submission", offsetWorkingDays: 5 }],
  ]);
});

describe("life cycles", () => {
  const actors = [
    "performer",
    "reviewer",
    "advisor_and_coordinator",
    "coordinator",
    "coordinators",
    "sme_admin",
    "system",
  ];

  test.each([
    ["deliverable", lifeCycles.deliverable],
    ["stage run", lifeCycles.stageRun],
    ["pilot", lifeCycles.pilot],
  ] as const)("of the %s lead from known states to known states by known actors", (_, { states, transitions }) => {
    for (const { from, to, by } of transitions) {
      expect([...states, "*"]).toContain(from);
      expect(states).toContain(to);
      expect(actors).toContain(by);
    }
    const first = states[0];
    const reached = new Set([first, ...transitions.map(({ to }) => to)]);
    expect(states.filter((state) => !reached.has(state))).toEqual([]);
  });

  test("of the task use known states in every operation", () => {
    const { states, operations } = lifeCycles.task;
    for (const { from, to } of operations) {
      expect(from.filter((state) => !states.includes(state))).toEqual([]);
      expect([...states, "previous"]).toContain(to);
    }
  });
});

describe("the files", () => {
  test("on disk are the files imported", () => {
    const source = readFileSync(join(import.meta.dirname, "../../shared/contracts/transfer-process.ts"), "utf8");
    const imported = [...source.matchAll(/workflows\/transfer-process\/(v\d+\/\S+\.json)"/g)].map(([, path]) => path);
    expect(filesOf(".").filter((path) => path.startsWith("v"))).toEqual(imported.toSorted());
  });

  test.each([...processVersions.keys()].map((version) => [version]))(
    "of version %i are as they were published",
    (version) => {
      const published: unknown = JSON.parse(readFileSync(join(root, "published.json"), "utf8"));
      expect(
        published,
        "A published version never changes: make a new one (README). Before the first release, enter the hash below.",
      ).toMatchObject({ [`v${version}`]: fingerprint(`v${version}`) });
    },
  );

  test("are listed with a hash for every version there is", () => {
    const published: object = JSON.parse(readFileSync(join(root, "published.json"), "utf8"));
    expect(Object.keys(published)).toEqual([...processVersions.keys()].map((version) => `v${version}`));
  });
});

/** Paths below the process folder, sorted. */
function filesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".json"))
    .map((path) => join(folder, path))
    .toSorted();
}

/** SHA-256 over path and canonical content of each file: layout may change, content may not. */
function fingerprint(folder: string): string {
  const hash = createHash("sha256");
  for (const path of filesOf(folder))
    hash.update(`${path}\n${canonical(JSON.parse(readFileSync(join(root, path), "utf8")))}\n`);
  return hash.digest("hex");
}

/** JSON with sorted keys; the order of a form's fields is kept in `x-ui.order`. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
