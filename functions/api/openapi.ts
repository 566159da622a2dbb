/** The contract as an OpenAPI 3.1 document: for programs of others, and for people who want to read it at once. */
import * as z from "zod";
import { type Operation, operations } from "../../shared/contracts/operations.ts";
import {
  deliverableView,
  eligibilityView,
  executionEvent,
  gateView,
  mailView,
  meView,
  pilotSummary,
  pilotView,
  pipelineView,
  problem,
  revisionView,
  taskView,
  timelineEntry,
} from "../../shared/contracts/views.ts";

export const OPENAPI_PATH = "/api/openapi.json";

type Json = Readonly<Record<string, unknown>>;

/** Answers that have a name of their own; the others are named after their operation. */
const views: Readonly<Record<string, z.ZodType>> = {
  Problem: problem,
  Me: meView,
  Task: taskView,
  PilotSummary: pilotSummary,
  Pilot: pilotView,
  Pipeline: pipelineView,
  Mail: mailView,
  TimelineEntry: timelineEntry,
  Eligibility: eligibilityView,
  Deliverable: deliverableView,
  Revision: revisionView,
  Gate: gateView,
  ExecutionEvent: executionEvent,
};

/** Why a call is refused, by status; each answers with a problem document. */
const refusals = {
  400: "The request does not fit the contract",
  401: "No valid access token",
  403: "The role does not allow it",
  404: "Not there, or not for this person: the two are not told apart",
  409: "Changed meanwhile, or not possible in this state",
  413: "Too large",
  415: "The body is not application/json",
  422: "A rule of the process is not met",
  503: "Try again in a minute",
} as const;

/** The document as JSON text, made when it is asked for the first time. */
export function openApiJson(): string {
  made ??= JSON.stringify(openApiDocument());
  return made;
}
let made: string | undefined;

function openApiDocument(): Json {
  const outputs = createNamedSchemas("output");
  const inputs = createNamedSchemas("input");
  for (const [name, schema] of Object.entries(views)) outputs.add(name, schema);
  const paths: Record<string, Record<string, Json>> = {};
  for (const [id, operation] of Object.entries(operations)) {
    const { path, method } = operation;
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationObject(id, operation, inputs, outputs) };
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Fairway",
      version: "1",
      description: "Walks small companies' pilots through the transfer process. Every refusal is an RFC 9457 document.",
    },
    security: [{ accessToken: [] }],
    paths,
    components: {
      securitySchemes: {
        accessToken: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "An access token of the OpenID provider. Rights come from memberships, not from the token.",
        },
      },
      parameters: {
        membership: {
          name: "Fairway-Membership",
          in: "header",
          description: "The membership acted in, as getMe lists them; the person's first one when absent",
          schema: { type: "string" },
        },
        standingInFor: {
          name: "Fairway-For",
          in: "header",
          description: "The id of a person who is away today, has named the caller as substitute, and is acted for",
          schema: { type: "string" },
        },
      },
      schemas: { ...inputs.schemas(), ...outputs.schemas() },
    },
  };
}

function operationObject(id: string, operation: Operation, inputs: NamedSchemas, outputs: NamedSchemas): Json {
  const { method, summary, roles, params, query, body, output, movableClockOnly, embeddedOnly } = operation;
  const takesBody = method !== "GET" && Object.keys(body.shape).length > 0;
  const refused = Object.entries(refusals).filter(
    ([status]) => method !== "GET" || !["409", "413", "415", "422"].includes(status),
  );
  return {
    operationId: id,
    summary,
    description: [
      `For ${roles.map((role) => role.replace("_", " ")).join(", ")}.`,
      ...(movableClockOnly ? ["Only where the clock can be moved."] : []),
      ...(embeddedOnly ? ["Only where Step Functions runs embedded."] : []),
    ].join(" "),
    parameters: [
      ...parametersOf("path", params),
      ...parametersOf("query", query),
      { $ref: "#/components/parameters/membership" },
      { $ref: "#/components/parameters/standingInFor" },
    ],
    ...(takesBody
      ? { requestBody: { required: true, content: content("application/json", inputs.add(`${id}Body`, body)) } }
      : {}),
    responses: {
      200: { description: "Done", content: content("application/json", outputs.add(`${id}Answer`, output)) },
      ...Object.fromEntries(
        refused.map(([status, description]) => [
          status,
          { description, content: content("application/problem+json", outputs.add("Problem", problem)) },
        ]),
      ),
    },
  };
}

const content = (type: string, schema: Json): Json => ({ [type]: { schema } });

function parametersOf(place: "path" | "query", schema: z.ZodObject): readonly Json[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: "input" });
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: property,
  }));
}

interface NamedSchemas {
  /** A reference to the schema, under this name or the one it was given before. */
  add(name: string, schema: z.ZodType): Json;
  /** All of them, by name. */
  schemas(): Json;
}

const place = (name: string): string => `#/components/schemas/${name}`;

function createNamedSchemas(io: "input" | "output"): NamedSchemas {
  const registry = z.registry<{ id: string }>();
  return {
    add(name, schema) {
      const known = registry.get(schema)?.id;
      if (known === undefined) registry.add(schema, { id: name });
      return { $ref: place(known ?? name) };
    },
    schemas() {
      const { schemas } = z.toJSONSchema(registry, { io, uri: place });
      // Within the document the place of a schema is its name.
      return Object.fromEntries(
        Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [name, schema]),
      );
    },
  };
}
