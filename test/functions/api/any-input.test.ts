import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Operation, type OperationId, operations } from "../../../shared/contracts/operations.ts";
import { problem } from "../../../shared/contracts/views.ts";
import { roles } from "../../../shared/domain/actor.ts";
import { exampleInput, inputSchema, type Schema } from "./example-inputs.ts";
import { FOREIGN_PILOT_ID, FOREIGN_WORDS, insiders, openSampleApi, PILOT_ID, type SampleApi } from "./sample-api.ts";

let sample: SampleApi;
beforeAll(async () => {
  sample = await openSampleApi();
});
afterAll(() => sample.close());

// Object.keys of a const object without other members.
const operationIds = Object.keys(operations) as OperationId[];

/** Names that records have, so that some of what is asked for is there. */
const names = [
  ...[PILOT_ID, FOREIGN_PILOT_ID, "sample-at-risk", "sample-at-gate-1", "sample-on-hold", "sample-completed"],
  ...["NA-1", "NA-5", "FS-2", "IN-1", "NA-1.produce.1", "FS-5.produce.1", "FS-2.review.1", "IN-1.review.1"],
  ...["needs-1", "feasibility-1", "advisor-1", "expert-1", "sme-birch-admin", "coordinator-1", "G1", "g1-must-1"],
  ...["constructor", "__proto__", "toString", "", "\u0000", "\ud800", "9999-12-31", "0000-01-01", "2027-02-30"],
];
const numbers = [0, -0, 1, -1, 2, 9999, 0.1, 1e21, -1e308, Number.MAX_SAFE_INTEGER, 2 ** 53];
const scalar = fc.oneof(
  fc.constantFrom<unknown>(...names, ...numbers, null, true, false),
  fc.string({ unit: "binary" }),
  fc.double(),
  fc.integer(),
);
const anything = fc.oneof(
  { weight: 3, arbitrary: scalar },
  fc.jsonValue({ maxDepth: 4 }),
  fc.array(scalar, { maxLength: 5 }),
  fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), scalar, { maxKeys: 5 }),
);

/** Mostly what the schema wants, now and then something else in its place. */
function like(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 9, arbitrary: fitting(schema) }, { weight: 1, arbitrary: anything });
}

function fitting(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.examples !== undefined) return fc.constantFrom(...schema.examples);
  switch (schema.type) {
    case "string":
      if (schema.format === "date") return date.map((instant) => instant.slice(0, 10));
      if (schema.format === "date-time") return date;
      return schema.pattern === undefined ? fc.string({ unit: "binary", maxLength: 200 }) : fc.constantFrom(...names);
    case "integer":
      return fc.oneof(
        fc.integer({ min: schema.minimum ?? -5, max: (schema.minimum ?? 0) + 50 }),
        fc.constantFrom(...numbers),
      );
    case "number":
      return fc.oneof(fc.double(), fc.constantFrom(...numbers));
    case "boolean":
      return fc.boolean();
    case "array":
      return fc.array(like(schema.items ?? {}), { maxLength: 4 });
    case "object": {
      if (schema.properties !== undefined) return record(schema.properties, schema.required ?? []);
      const member = typeof schema.additionalProperties === "object" ? like(schema.additionalProperties) : anything;
      return fc.dictionary(fc.constantFrom(...names, "legalName", "headcount", "attachments"), member, { maxKeys: 6 });
    }
    default:
      return anything;
  }
}

const date = fc
  .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
  .map((instant) => instant.toISOString());

function record(properties: Readonly<Record<string, Schema>>, required: readonly string[]): fc.Arbitrary<unknown> {
  const members = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, like(schema)]));
  return fc.record(members, { requiredKeys: [...required] });
}

const call = fc.constantFrom(...operationIds).chain((id) => {
  const operation: Operation = operations[id];
  const example = exampleInput(id);
  const query = inputSchema(operation.query);
  return fc.record({
    id: fc.constant(id),
    role: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...operation.roles) }, fc.constantFrom(...roles)),
    params: fc.record(
      Object.fromEntries(
        Object.entries(example.params).map(([name, value]) => [
          name,
          fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, fc.constantFrom(...names), fc.string()),
        ]),
      ),
    ),
    query: record(query.properties, query.required ?? []),
    body: like(inputSchema(operation.body)),
    headers: fc.option(fc.record({ "fairway-membership": fc.string() }), { nil: {}, freq: 20 }),
  });
});

const staleDraft = {
  id: "saveDraft" as const,
  role: "sme_admin" as const,
  params: exampleInput("saveDraft").params,
  query: {},
  body: { baseDraftVersion: 999, values: {} },
  headers: {},
};

const wordsOf = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

test("no call is a surprise to the API, and only one that is granted changes anything", async () => {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(call, async ({ id, role, params, query, body, headers }) => {
      const before = sample.writes();
      const texts = Object.fromEntries(Object.entries(Object(query)).map(([name, value]) => [name, wordsOf(value)]));
      // A lone surrogate cannot be in an address; it comes as what browsers make of it.
      const inPath = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value.toWellFormed()]));
      const response = await sample.call(insiders[role], id, { params: inPath, query: texts, body, headers });
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      expect(sample.unexpected.splice(0)).toEqual([]);
      expect(response.status).toBeLessThan(500);
      for (const word of FOREIGN_WORDS) expect(response.body).not.toContain(word);
      if (response.status === 200) return;
      expect(problem.parse(JSON.parse(response.body)).status).toBe(response.status);
      expect(sample.writes()).toBe(before);
    }),
    // A conflict needs a body that is right but for its version, which chance seldom makes.
    { numRuns: 1200, examples: [[staleDraft]] },
  );
  // The calls are near enough to good ones to come through every door.
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 400, 403, 404, 409]));
});
