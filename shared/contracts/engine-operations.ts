/**
 * Looking into the embedded Step Functions: executions, what they run, what they did. Only where Fairway runs its own; on AWS
 * the console of Step Functions shows the same. Nothing of a pilot is decided by it (I1).
 */
import * as z from "zod";
import { cursor, declare, id, instant, none, text } from "./operation.ts";

const stateMachine = z.enum(["stage-run", "deadlines"]);
const status = z.enum(["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"]);
const execution = z.strictObject({
  stateMachine,
  /** As in the name of an execution on AWS. */
  name: z.string().regex(/^[A-Za-z0-9._-]{1,80}$/),
});
const whoLooks = ["coordinator", "administrator"] as const;

const executionSummary = z.object({
  stateMachine,
  name: z.string(),
  status,
  startedAt: instant,
  endedAt: instant.optional(),
  /** The pilot it works for; none for what serves the whole system. */
  pilot: z
    .object({
      id: z.string(),
      title: z.string(),
      company: z.string(),
      country: z.string(),
      market: z.string().optional().describe("The primary target market, once it is chosen"),
    })
    .optional(),
  /** The pilot's stage run it works on; `passage` counts how often the pilot has come to the stage. */
  run: z.object({ id: z.string(), stage: z.string(), passage: z.int() }).optional(),
  redriveCount: z.int(),
});

export const executionDetail = executionSummary.extend({
  /** JSON text, task tokens left out. */
  input: z.string(),
  output: z.string().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
  /** The definition this execution runs, in the Amazon States Language. */
  definition: z.record(z.string(), z.unknown()),
  /** States it has reached, by name: how often it entered, and how often it is in there now. */
  states: z.array(z.object({ name: z.string(), entered: z.int(), inside: z.int() })),
  mayStop: z.boolean(),
  mayRedrive: z.boolean(),
  mayRestart: z.boolean().describe("Its stage run is the pilot's current one and may be given a new execution"),
});
export type ExecutionDetail = z.infer<typeof executionDetail>;

const engineEvent = z.object({
  id: z.int(),
  previousEventId: z.int(),
  at: instant,
  type: z.string(),
  state: z.string().optional(),
  /** As Step Functions shows them; JSON in them is text, task tokens left out. */
  details: z.record(z.string(), z.unknown()),
});
export type EngineEvent = z.infer<typeof engineEvent>;

const path = "/api/states/{stateMachine}/{name}";

export const engineOperations = declare({
  listExecutions: {
    method: "GET",
    path: "/api/states/{stateMachine}",
    summary: "Executions of a state machine, newest first: those of the programme's pilots, and the system's own",
    roles: whoLooks,
    params: z.strictObject({ stateMachine }),
    query: z.strictObject({
      status: status.exactOptional(),
      pilotId: id.exactOptional(),
      q: text(100).exactOptional().describe("Words of the pilot, its company or the execution's name"),
      cursor,
    }),
    body: none,
    output: z.object({ executions: z.array(executionSummary), cursor: z.string().exactOptional() }),
    embeddedOnly: true,
  },
  describeExecution: {
    method: "GET",
    path,
    summary: "An execution: its definition, where it is, input and output",
    roles: whoLooks,
    params: execution,
    query: none,
    body: none,
    output: executionDetail,
    embeddedOnly: true,
  },
  getExecutionHistory: {
    method: "GET",
    path: `${path}/history`,
    summary: "What an execution did, event by event, newest first",
    roles: whoLooks,
    params: execution,
    query: z.strictObject({ cursor }),
    body: none,
    output: z.object({ events: z.array(engineEvent), cursor: z.string().exactOptional() }),
    embeddedOnly: true,
  },
  stopExecution: {
    method: "POST",
    path: `${path}/stop`,
    summary: "Stop an execution; its stage stands still until it is restarted or redriven",
    roles: ["administrator"],
    params: execution,
    query: none,
    body: z.strictObject({ reason: text(1000) }),
    output: executionDetail,
    embeddedOnly: true,
  },
  redriveExecution: {
    method: "POST",
    path: `${path}/redrive`,
    summary: "Let an execution go on where it failed or was stopped",
    roles: ["administrator"],
    params: execution,
    query: none,
    body: none,
    output: executionDetail,
    embeddedOnly: true,
  },
});
