/** What the endpoint can do: one row per operation of the Step Functions API, its input and who carries it out. */
import * as z from "zod";
import { parseStateMachineArn } from "../arns.ts";
import { StateMachineTypeNotSupported, ValidationException } from "../errors.ts";
import { validateDefinition } from "../state-machines.ts";
import type { HistoryEntry, States } from "../states.ts";
import type { Operation } from "./protocol.ts";

const arn = z.string().min(1).max(2000);
const arnOf256 = z.string().min(1).max(256);
const name = z.string().min(1).max(80);
const definition = z.string().min(1).max(1_048_576);
const taskToken = z.string().min(1).max(2048);
const error = z.string().max(256);
const cause = z.string().max(32_768);
const description = z.string().max(256);
const page = {
  maxResults: z.int().min(0).max(1000).optional(),
  nextToken: z.string().min(1).max(3096).optional(),
};
const tags = z.array(z.object({ key: z.string().min(1).max(128), value: z.string().max(256).default("") }));
const settings = {
  loggingConfiguration: z
    .object({
      level: z.enum(["ALL", "ERROR", "FATAL", "OFF"]).optional(),
      includeExecutionData: z.boolean().optional(),
      destinations: z.array(z.unknown()).optional(),
    })
    .optional(),
  tracingConfiguration: z.object({ enabled: z.boolean().optional() }).optional(),
  encryptionConfiguration: z.looseObject({ type: z.enum(["AWS_OWNED_KEY", "CUSTOMER_MANAGED_KMS_KEY"]) }).optional(),
};
const publishing = {
  publish: z.boolean().optional(),
  versionDescription: description.optional(),
};
const aliasName = z
  .string()
  .min(1)
  .max(80)
  .regex(/^(?=.*[a-zA-Z_\-.])[a-zA-Z0-9_\-.]+$/);
const routing = z
  .array(z.object({ stateMachineVersionArn: arnOf256, weight: z.int().min(0).max(100) }))
  .min(1)
  .max(2);
const status = z.enum(["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "PENDING_REDRIVE"]);
const stateMachineType = z.enum(["STANDARD", "EXPRESS"]);

function operation<I extends z.ZodType>(input: I, handle: (input: z.output<I>) => unknown): Operation {
  return { input, handle };
}

/** With a member that has to be there, which zod would otherwise miss when it is one of another name. */
const byStateMachine = z.object({ stateMachineArn: arnOf256 });
const byExecution = z.object({ executionArn: z.string().min(1).max(256) });

export function operationsOf(states: States): ReadonlyMap<string, Operation> {
  const { machines } = states;

  const table = {
    // --- state machines ---------------------------------------------------------------------------------------------
    CreateStateMachine: operation(
      z.object({
        name,
        definition,
        roleArn: arnOf256,
        type: stateMachineType.optional(),
        tags: tags.optional(),
        ...settings,
        ...publishing,
      }),
      (input) => machines.create(input),
    ),
    UpdateStateMachine: operation(
      z.object({
        stateMachineArn: arnOf256,
        definition: definition.optional(),
        roleArn: arnOf256.optional(),
        ...settings,
        ...publishing,
      }),
      (input) => machines.update(input),
    ),
    DeleteStateMachine: operation(byStateMachine, ({ stateMachineArn: of }) => machines.delete(of)),
    DescribeStateMachine: operation(
      z.object({ stateMachineArn: arnOf256, includedData: z.enum(["ALL_DATA", "METADATA_ONLY"]).optional() }),
      ({ stateMachineArn: of, includedData }) => {
        const { definition: text, ...others } = machines.describe(of);
        return includedData === "METADATA_ONLY" ? { ...others, definition: "" } : { ...others, definition: text };
      },
    ),
    ListStateMachines: operation(z.object(page), (input) => machines.list(input)),
    ValidateStateMachineDefinition: operation(
      z.object({
        definition,
        type: stateMachineType.optional(),
        severity: z.enum(["ERROR", "WARNING"]).optional(),
        maxResults: z.int().min(0).max(100).optional(),
      }),
      (input) => {
        if (input.type === "EXPRESS") throw new StateMachineTypeNotSupported(input.type);
        return validateDefinition(input.definition, input.maxResults || 100);
      },
    ),

    // --- versions and aliases ---------------------------------------------------------------------------------------
    PublishStateMachineVersion: operation(
      z.object({
        stateMachineArn: arnOf256,
        revisionId: z.string().max(256).optional(),
        description: description.optional(),
      }),
      (input) => machines.publishVersion(input),
    ),
    DeleteStateMachineVersion: operation(z.object({ stateMachineVersionArn: arn }), ({ stateMachineVersionArn: of }) =>
      machines.deleteVersion(of),
    ),
    ListStateMachineVersions: operation(byStateMachine.extend(page), (input) => machines.listVersions(input)),
    CreateStateMachineAlias: operation(
      z.object({ name: aliasName, description: description.optional(), routingConfiguration: routing }),
      (input) => machines.createAlias(input),
    ),
    UpdateStateMachineAlias: operation(
      z.object({
        stateMachineAliasArn: arnOf256,
        description: description.optional(),
        routingConfiguration: routing.optional(),
      }),
      (input) => machines.updateAlias(input),
    ),
    DeleteStateMachineAlias: operation(z.object({ stateMachineAliasArn: arnOf256 }), ({ stateMachineAliasArn: of }) =>
      machines.deleteAlias(of),
    ),
    DescribeStateMachineAlias: operation(z.object({ stateMachineAliasArn: arnOf256 }), ({ stateMachineAliasArn: of }) =>
      machines.describeAlias(of),
    ),
    ListStateMachineAliases: operation(byStateMachine.extend(page), (input) => machines.listAliases(input)),

    // --- tags -------------------------------------------------------------------------------------------------------
    TagResource: operation(z.object({ resourceArn: arnOf256, tags }), (input) =>
      machines.tag(input.resourceArn, input.tags),
    ),
    UntagResource: operation(
      z.object({ resourceArn: arnOf256, tagKeys: z.array(z.string().min(1).max(128)) }),
      ({ resourceArn, tagKeys }) => machines.untag(resourceArn, tagKeys),
    ),
    ListTagsForResource: operation(z.object({ resourceArn: arnOf256 }), ({ resourceArn }) =>
      machines.tags(resourceArn),
    ),

    // --- executions -------------------------------------------------------------------------------------------------
    StartExecution: operation(
      z.object({
        stateMachineArn: arnOf256,
        name: name.optional(),
        input: z.string().max(262_144).optional(),
        traceHeader: z.string().max(256).optional(),
      }),
      ({ stateMachineArn: of, name: executionName, input }) => {
        const { machine, qualifier } = parseStateMachineArn(of);
        return states.startExecution({
          stateMachine: machine,
          qualifier,
          name: executionName,
          inputText: input ?? "{}",
          ifEnded: "refuse",
        });
      },
    ),
    DescribeExecution: operation(
      byExecution.extend({ includedData: z.enum(["ALL_DATA", "METADATA_ONLY"]).optional() }),
      async ({ executionArn, includedData }) => {
        const { input: _, inputText, output, ...others } = await states.describeExecution({ executionArn });
        const included = includedData !== "METADATA_ONLY";
        return {
          ...others,
          ...(included && { input: inputText }),
          inputDetails: { included },
          ...(output !== undefined && {
            ...(included && { output: JSON.stringify(output) }),
            outputDetails: { included },
          }),
        };
      },
    ),
    DescribeStateMachineForExecution: operation(byExecution, ({ executionArn }) => {
      const { machine, revisionId } = states.revisionOfExecution(executionArn);
      return machines.describeRevision(machine, revisionId);
    }),
    ListExecutions: operation(
      z.object({
        stateMachineArn: arnOf256.optional(),
        mapRunArn: z.string().optional(),
        statusFilter: status.optional(),
        redriveFilter: z.enum(["REDRIVEN", "NOT_REDRIVEN"]).optional(),
        ...page,
      }),
      async ({ stateMachineArn: of, mapRunArn, statusFilter, ...query }) => {
        if (of === undefined || mapRunArn !== undefined) {
          throw new ValidationException("Must provide a stateMachineArn; Map Runs are not supported");
        }
        const { machine, qualifier } = parseStateMachineArn(of);
        // No execution waits for its redrive here: it goes on at once.
        if (statusFilter === "PENDING_REDRIVE") return { executions: [] };
        const found = await states.listExecutions({ stateMachine: machine, qualifier, statusFilter, ...query });
        const executions = found.executions.map(({ input, inputText, output, error: _, cause: __, ...shown }) => shown);
        return { ...found, executions };
      },
    ),
    GetExecutionHistory: operation(
      byExecution.extend({
        ...page,
        reverseOrder: z.boolean().optional(),
        includeExecutionData: z.boolean().optional(),
      }),
      async ({ includeExecutionData = true, ...query }) => {
        const { events, ...more } = await states.getExecutionHistory(query);
        return { events: includeExecutionData ? events : events.map(withoutData), ...more };
      },
    ),
    StopExecution: operation(byExecution.extend({ error: error.optional(), cause: cause.optional() }), (input) =>
      states.stopExecution(input),
    ),
    RedriveExecution: operation(
      byExecution.extend({ clientToken: z.string().min(1).max(64).optional() }),
      ({ executionArn }) => states.redriveExecution({ executionArn }),
    ),
    StartSyncExecution: operation(z.object({ stateMachineArn: arnOf256 }), () => {
      throw new StateMachineTypeNotSupported("EXPRESS");
    }),

    // --- tasks ------------------------------------------------------------------------------------------------------
    SendTaskSuccess: operation(z.object({ taskToken, output: z.string().max(262_144) }), (input) =>
      states.sendTaskSuccess({ taskToken: input.taskToken, outputText: input.output }),
    ),
    SendTaskFailure: operation(z.object({ taskToken, error: error.optional(), cause: cause.optional() }), (input) =>
      states.sendTaskFailure(input),
    ),
    SendTaskHeartbeat: operation(z.object({ taskToken }), (input) => states.sendTaskHeartbeat(input)),
  };
  return new Map(Object.entries(table));
}

/** The history without inputs and outputs, for those who may not see them. */
function withoutData(entry: HistoryEntry): object {
  return Object.fromEntries(
    Object.entries(entry).map(([key, details]) => {
      if (!key.endsWith("EventDetails")) return [key, details];
      const { input: _, inputDetails: __, output: ___, outputDetails: ____, ...others } = details;
      return [key, others];
    }),
  );
}
