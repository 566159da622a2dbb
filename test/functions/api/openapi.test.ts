import { Ajv2020, type SchemaObject } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OPENAPI_PATH, openApiJson } from "../../../functions/api/openapi.ts";
import { type Operation, type OperationId, operations } from "../../../shared/contracts/operations.ts";
import { exampleInput } from "./example-inputs.ts";
import { callerOf, openSampleApi, PILOT_ID, type SampleApi } from "./sample-api.ts";

interface OperationObject {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly { readonly name?: string; readonly in?: string; readonly required?: boolean }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content: Content }>>;
}
type Content = Readonly<Record<string, { readonly schema: { readonly $ref: string } }>>;

interface OpenApi {
  readonly openapi: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: Readonly<
    Record<"schemas" | "securitySchemes" | "parameters", Readonly<Record<string, SchemaObject>>>
  >;
}

const document: OpenApi = JSON.parse(openApiJson());
const declared: readonly (readonly [string, Operation])[] = Object.entries(operations);

const inDocument = ({ path, method }: Operation): OperationObject => {
  const found = document.paths[path]?.[method.toLowerCase()];
  if (found === undefined) throw new Error(`${method} ${path} is not in the document.`);
  return found;
};

/** The whole document as one schema, so that references lead where they lead in it. */
const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true })).addSchema({
  $id: "https://fairway.example/openapi",
  components: document.components,
});
const validatorOf = ({ $ref }: { readonly $ref: string }) =>
  ajv.compile({ $ref: `https://fairway.example/openapi${$ref}` });

describe("the OpenAPI document", () => {
  test("is one of OpenAPI 3.1 and asks for a bearer token", () => {
    expect(document.openapi).toMatch(/^3\.1\.\d$/);
    expect(document.security).toEqual([{ accessToken: [] }]);
    expect(document.components.securitySchemes.accessToken).toMatchObject({ type: "http", scheme: "bearer" });
  });

  test("has every operation of the contract once, and no other", () => {
    const ids = Object.values(document.paths).flatMap((path) => Object.values(path).map((each) => each.operationId));
    expect(ids.toSorted()).toEqual(declared.map(([id]) => id).toSorted());
  });

  test.each(declared)("declares each parameter of the path of %s, and the query", (_id, operation) => {
    const { parameters } = inDocument(operation);
    const inPath = parameters.filter((parameter) => parameter.in === "path");
    const braces = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(inPath.map(({ name }) => name).toSorted()).toEqual(braces.toSorted());
    expect(inPath.every(({ required }) => required)).toBe(true);
    const inQuery = parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name);
    expect(inQuery).toEqual(Object.keys(operation.query.shape));
  });

  test.each(declared)("takes the input of %s and no unknown member", (id, operation) => {
    const { requestBody } = inDocument(operation);
    expect(requestBody !== undefined).toBe(Object.keys(operation.body.shape).length > 0);
    const schema = requestBody?.content["application/json"]?.schema;
    if (schema === undefined) return;
    const validate = validatorOf(schema);
    // Object.entries forgets that the names are those of the table.
    const { body } = exampleInput(id as OperationId);
    expect(validate(body), ajv.errorsText(validate.errors)).toBe(true);
    expect(validate({ ...body, unknown: true })).toBe(false);
  });

  test.each(declared)("names the refusals of %s as problem documents", (_id, operation) => {
    const { 200: _, ...refusals } = inDocument(operation).responses;
    expect(Object.keys(refusals)).toEqual(expect.arrayContaining(["400", "401", "403", "404", "503"]));
    for (const { description, content } of Object.values(refusals)) {
      expect(description).not.toBe("");
      expect(content["application/problem+json"]?.schema.$ref).toBe("#/components/schemas/Problem");
    }
  });

  test("refers to nothing it does not have", () => {
    const references = new Set([...openApiJson().matchAll(/"\$ref":"#([^"]+)"/g)].map(([, pointer = ""]) => pointer));
    expect(references.size).toBeGreaterThan(20);
    for (const pointer of references) {
      const found = pointer
        .split("/")
        .slice(1)
        .reduce<unknown>((value, part) => (value === undefined ? value : Reflect.get(Object(value), part)), document);
      expect(found, pointer).toBeDefined();
    }
    expect(openApiJson()).not.toContain('"$schema"');
  });
});

describe("the API", () => {
  let sample: SampleApi;
  beforeAll(async () => {
    sample = await openSampleApi();
  });
  afterAll(() => sample.close());

  test("hands out the document without a token", async () => {
    const headers = { authorization: undefined };
    const response = await sample.send("nobody", { method: "GET", path: OPENAPI_PATH, query: {}, headers });
    expect(response.status).toBe(200);
    expect(response.headers["content-type"]).toMatch(/^application\/json/);
    expect(JSON.parse(response.body)).toEqual(document);
  });

  test("answers as the document says", async () => {
    const answered: string[] = [];
    for (const [id, operation] of declared) {
      if (operation.method !== "GET") continue;
      // As above.
      const known = id as OperationId;
      const { params, query } = exampleInput(known);
      const response = await sample.call(callerOf(known), known, { params: { ...params, pilotId: PILOT_ID }, query });
      const described = inDocument(operation).responses[response.status]?.content;
      const schema = (described?.["application/json"] ?? described?.["application/problem+json"])?.schema;
      expect(schema, `${id} ${response.status}`).toBeDefined();
      if (schema === undefined) continue;
      const validate = validatorOf(schema);
      expect(validate(JSON.parse(response.body)), `${id}: ${ajv.errorsText(validate.errors)}`).toBe(true);
      if (response.status === 200) answered.push(id);
    }
    expect(answered.length).toBeGreaterThan(8);
  });
});
