import * as z from "zod";
import { type Operation, type OperationId, operations } from "../../../shared/contracts/operations.ts";
import { PILOT_ID } from "./sample-api.ts";

/** JSON Schema as far as the contract's inputs use it. */
export interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
}

/** The schema of an operation's input as a client sees it: what may be left out is not required. */
export function inputSchema(schema: z.ZodObject): Schema & { readonly properties: Readonly<Record<string, Schema>> } {
  // Zod's own type of a JSON Schema is wider in places the contract does not go.
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: "input" }) as Schema;
  return { type: "object", properties, required };
}

/** A value that fits, with every optional member in it. */
function exampleOf(schema: Schema): unknown {
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.examples !== undefined) return schema.examples[0];
  switch (schema.type) {
    case "string":
      if (schema.format === "date") return "2027-03-10";
      if (schema.format === "date-time") return "2027-04-01T08:00:00.000Z";
      return schema.pattern === undefined ? "Some words" : "an-id";
    case "integer":
      return schema.minimum ?? 0;
    case "number":
      return 1;
    case "boolean":
      return true;
    case "array":
      return schema.items === undefined ? [] : [exampleOf(schema.items)];
    case "object":
      if (schema.properties === undefined) return {};
      return Object.fromEntries(Object.entries(schema.properties).map(([name, member]) => [name, exampleOf(member)]));
    default:
      throw new Error(`No example of ${JSON.stringify(schema)}.`);
  }
}

/** A value of another type than the schema's. */
export function wrongTypeOf(schema: Schema): unknown {
  return schema.type === "string" || schema.enum !== undefined ? 7 : "words";
}

export interface ExampleInput {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

const params: Readonly<Record<string, string>> = {
  pilotId: PILOT_ID,
  deliverableId: "NA-1",
  taskId: "NA-1.produce.1",
  runId: "needs-1",
  conditionId: "condition-1",
  personId: "advisor-1",
  revision: "1",
};

/** Input that fits the contract, about the sample pilot. */
export function exampleInput(id: OperationId): ExampleInput {
  const operation: Operation = operations[id];
  const textOf = (schema: z.ZodObject) =>
    Object.fromEntries(
      Object.entries(inputSchema(schema).properties).map(([name, member]) => [name, String(exampleOf(member))]),
    );
  const { cursor: _, ...query } = textOf(operation.query);
  const members = Object.entries(inputSchema(operation.body).properties);
  return {
    params: { ...textOf(operation.params), ...namedIn(operation.params) },
    query,
    body: Object.fromEntries(members.map(([name, member]) => [name, exampleOf(member)])),
  };
}

const namedIn = (schema: z.ZodObject) =>
  Object.fromEntries(Object.entries(params).filter(([name]) => name in schema.shape));
