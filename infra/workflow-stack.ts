import { Duration, Stack, TimeZone } from "aws-cdk-lib";
import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import { CfnSchedule, Schedule, ScheduleExpression, ScheduleTargetInput } from "aws-cdk-lib/aws-scheduler";
import { StepFunctionsStartExecution } from "aws-cdk-lib/aws-scheduler-targets";
import type { Construct } from "constructs";
import type { Bundle } from "./constructs/bundles.ts";
import { createNodeFunction } from "./constructs/node-function.ts";
import { tableRights } from "./constructs/policies.ts";
import { stackProps } from "./constructs/stack-props.ts";
import { createWorkflow, type Workflow } from "./constructs/workflow.ts";
import { readWorkflow } from "./constructs/workflow-definition.ts";
import type { Settings } from "./settings.ts";

export interface WorkflowStackProps {
  readonly settings: Settings;
  readonly table: ITableV2;
  readonly tasks: Bundle;
}

/** What happens: the state machines of `workflows/`, and for each task state the function that does it. */
export class WorkflowStack extends Stack {
  readonly stageRun: Workflow;
  readonly deadlines: Workflow;

  constructor(scope: Construct, props: WorkflowStackProps) {
    super(scope, "Workflow", stackProps(props.settings, "workflow", "Fairway: state machines and their tasks"));

    // Each function gives up before its state does (60 and 600 seconds), so a retry never meets the first attempt.
    this.stageRun = this.#createMachine("StageRun", "stage-run", Duration.seconds(30), props);
    this.deadlines = this.#createMachine("Deadlines", "deadlines", Duration.minutes(5), props);

    const hourly = new Schedule(this, "DeadlinesHourly", {
      description: "Reminders, escalations and digests, and a look for waits without an open task",
      schedule: ScheduleExpression.cron({ minute: "0", timeZone: TimeZone.ETC_UTC }),
      target: new StepFunctionsStartExecution(this.deadlines.machine, {
        input: ScheduleTargetInput.fromObject({}),
        // Whatever an hour misses, the next one does: a late start would only run beside it.
        maxEventAge: Duration.minutes(30),
        retryAttempts: 10,
      }),
    });
    const schedule = hourly.node.defaultChild;
    if (!(schedule instanceof CfnSchedule)) throw new Error("A schedule is made of one resource.");
    // CDK's target knows machines only, to which the right to start is given.
    schedule.addPropertyOverride("Target.Arn", this.deadlines.liveArn);
  }

  #createMachine(id: string, name: string, timeout: Duration, { settings, table, tasks }: WorkflowStackProps) {
    const { text, functionNames } = readWorkflow(name, tasks.exports.map(upperFirst));
    const createTask = (functionName: string) =>
      createNodeFunction(this, functionName, {
        settings,
        bundle: tasks,
        handler: lowerFirst(functionName),
        description: `Fairway ${settings.stage}: task ${functionName} of ${name}`,
        timeout,
        tableName: table.tableName,
        statements: tableRights(table, "get", "query", "put", ...(FURTHER_USES[functionName] ?? [])),
      });
    const functions = Object.fromEntries(functionNames.map((functionName) => [functionName, createTask(functionName)]));
    return createWorkflow(this, id, { settings, name, definition: text, functions });
  }
}

/** What some functions need of the table besides: they look after more than one pilot, or end what waits in lists. */
const FURTHER_USES: Readonly<Record<string, readonly ("gsi1" | "gsi2" | "delete")[]>> = {
  // With the last stage a question that nobody answered leaves the lists of those who could have.
  CloseStage: ["delete"],
  FireDueActions: ["gsi1", "gsi2", "delete"],
  SendDigests: ["gsi1", "gsi2"],
  SweepWaits: ["gsi1", "gsi2", "delete"],
};

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
