import { Aws, CfnOutput, Duration, Stack } from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import {
  Alarm,
  AlarmStatusWidget,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  MathExpression,
  Metric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { EventSourceMapping, Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Queue } from "aws-cdk-lib/aws-sqs";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import type { Construct, IConstruct } from "constructs";
import { METRICS } from "../shared/contracts/metrics.ts";
import { STAGE_TAG, stackProps } from "./constructs/stack-props.ts";
import type { Settings } from "./settings.ts";

export interface OperationsStackProps {
  readonly settings: Settings;
  /** Every function and every queue in them is watched, also one that comes later. */
  readonly watched: readonly Stack[];
  readonly table: TableV2;
  readonly api: HttpApi;
  readonly stageRun: StateMachine;
  readonly deadlines: StateMachine;
}

interface Watch {
  readonly metric: IMetric;
  /** What the alarm says has happened. */
  readonly says: string;
  /** The heading in docs/guides/operate.md, as a link names it. */
  readonly runbook: string;
  readonly threshold?: number;
  /** In a row; 1 when left out. */
  readonly periods?: number;
  readonly comparison?: ComparisonOperator;
  /** Silence is a failure too. */
  readonly isSilenceBad?: boolean;
}

/** How it goes, and who is told when it does not: every alarm names the page that says what to do. */
export class OperationsStack extends Stack {
  readonly #topic: Topic;
  readonly #alarms: Alarm[] = [];

  constructor(scope: Construct, props: OperationsStackProps) {
    super(scope, "Operations", stackProps(props.settings, "operations", "Fairway: dashboard, alarms and budget"));
    const { settings, watched, table, api, stageRun, deadlines } = props;
    const { stage, alarmMail } = settings;
    this.#topic = new Topic(this, "Alarms", { displayName: `Fairway ${stage}`, enforceSSL: true });
    if (alarmMail !== undefined) this.#topic.addSubscription(new EmailSubscription(alarmMail));

    const parts = watched.flatMap((stack) => stack.node.findAll());
    const functions = parts.filter((part) => part instanceof LambdaFunction);
    const queues = parts.filter((part) => part instanceof Queue);
    const consumers = functions.filter((each) => readsStream(parts, each));
    const signIn = functions.find(({ node }) => node.id === "PreTokenGeneration");

    this.#watchWorkflows(stage, { stageRun, deadlines });
    for (const each of consumers) {
      this.#alarm(`${each.node.id}Behind`, {
        metric: each.metric("IteratorAge", { statistic: "Maximum", period: Duration.minutes(5) }),
        says: `${each.node.id} is more than ten minutes behind the table`,
        runbook: "a-consumer-is-behind",
        threshold: Duration.minutes(10).toMilliseconds(),
        periods: 2,
      });
    }
    for (const queue of queues) {
      this.#alarm(`${queue.node.id}Filled`, {
        metric: queue.metricApproximateNumberOfMessagesVisible({ statistic: "Maximum", period: Duration.minutes(5) }),
        says: `${queue.node.id} holds what a function could not handle`,
        runbook: "something-was-set-aside",
      });
    }
    this.#watchRequests(api, table);
    if (signIn !== undefined) {
      this.#alarm("SignInFails", {
        metric: signIn.metricErrors({ period: Duration.minutes(15) }),
        says: "Ten sign-ins in a quarter of an hour got no token",
        runbook: "people-cannot-sign-in",
        threshold: 10,
      });
    }
    this.#alarm("MailsBounce", {
      metric: new Metric({
        namespace: "AWS/SES",
        metricName: "Reputation.BounceRate",
        statistic: "Maximum",
        period: Duration.hours(1),
      }),
      says: "Of a hundred mails four come back; at five AWS looks at the account, at ten it stops them",
      runbook: "mails-come-back",
      threshold: 0.04,
    });
    this.#budget(settings);

    const dashboard = new Dashboard(this, "Dashboard", { dashboardName: `fairway-${stage}` });
    dashboard.addWidgets(new AlarmStatusWidget({ title: "Alarms", alarms: this.#alarms, width: 24, height: 4 }));
    for (const row of rowsOf({ api, table, machines: [stageRun, deadlines], functions, consumers, queues })) {
      dashboard.addWidgets(...row);
    }
    new CfnOutput(this, "DashboardAddress", {
      value: `https://${Aws.REGION}.console.aws.amazon.com/cloudwatch/home?region=${Aws.REGION}#dashboards/dashboard/fairway-${stage}`,
    });
  }

  #watchWorkflows(stage: string, machines: Readonly<Record<"stageRun" | "deadlines", StateMachine>>): void {
    const period = Duration.minutes(5);
    for (const [id, machine] of [
      ["StageRun", machines.stageRun],
      ["Deadlines", machines.deadlines],
    ] as const) {
      this.#alarm(`${id}Fails`, {
        metric: new MathExpression({
          expression: "failed + timedOut",
          label: "Executions that failed or timed out",
          usingMetrics: { failed: machine.metricFailed({ period }), timedOut: machine.metricTimedOut({ period }) },
          period,
        }),
        says: `An execution of ${id} failed or timed out`,
        runbook: "an-execution-failed",
      });
    }
    this.#alarm("DeadlinesSilent", {
      metric: machines.deadlines.metricSucceeded({ period: Duration.hours(1) }),
      says: "For three hours nobody looked at deadlines: no reminder, no digest, no sweep",
      runbook: "deadlines-are-silent",
      periods: 3,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      isSilenceBad: true,
    });
    this.#alarm("WaitsWithoutTask", {
      metric: waitsWithoutTask(stage),
      says: "An execution waits for something that no open task will ever end",
      runbook: "a-wait-has-no-task",
    });
  }

  #watchRequests(api: HttpApi, table: TableV2): void {
    const period = Duration.minutes(5);
    const apiMetric = (metricName: string) =>
      new Metric({
        namespace: "AWS/ApiGateway",
        metricName,
        dimensionsMap: { ApiId: api.apiId },
        statistic: "Sum",
        period,
      });
    this.#alarm("RequestsFail", {
      metric: new MathExpression({
        // A single failure at night is no reason to wake somebody.
        expression: "IF(failed > 4, 100 * failed / all, 0)",
        label: "Requests answered with 5xx, in per cent",
        usingMetrics: { failed: apiMetric("5xx"), all: apiMetric("Count") },
        period,
      }),
      says: "More than one request of a hundred is answered with an error of ours",
      runbook: "requests-fail",
      threshold: 1,
    });
    this.#alarm("FunctionsThrottled", {
      // Over all functions of the account: they share the limit.
      metric: new Metric({ namespace: "AWS/Lambda", metricName: "Throttles", statistic: "Sum", period }),
      says: "Lambda refuses calls: more run at a time than the account may",
      runbook: "calls-are-throttled",
      threshold: 5,
      periods: 2,
    });
    const tableMetric = (metricName: string) => table.metric(metricName, { statistic: "Sum", period });
    this.#alarm("TableThrottled", {
      metric: new MathExpression({
        expression: "FILL(reads, 0) + FILL(writes, 0)",
        label: "Throttled reads and writes",
        usingMetrics: { reads: tableMetric("ReadThrottleEvents"), writes: tableMetric("WriteThrottleEvents") },
        period,
      }),
      says: "DynamoDB refuses reads or writes of the table",
      runbook: "calls-are-throttled",
      threshold: 10,
      periods: 2,
    });
  }

  #budget({ stage, alarmMail, monthlyBudgetUsd }: Settings): void {
    const notify = (notificationType: "ACTUAL" | "FORECASTED", threshold: number) => ({
      notification: { notificationType, comparisonOperator: "GREATER_THAN", threshold, thresholdType: "PERCENTAGE" },
      subscribers: [{ subscriptionType: "EMAIL", address: alarmMail ?? "" }],
    });
    new CfnBudget(this, "Budget", {
      budget: {
        budgetName: `fairway-${stage}`,
        budgetType: "COST",
        timeUnit: "MONTHLY",
        budgetLimit: { amount: monthlyBudgetUsd, unit: "USD" },
        // Counts once the tag is a cost allocation tag: docs/guides/deploy.md.
        costFilters: { TagKeyValue: [`user:${STAGE_TAG}$${stage}`] },
      },
      notificationsWithSubscribers: alarmMail === undefined ? [] : [notify("ACTUAL", 80), notify("FORECASTED", 100)],
    });
  }

  #alarm(id: string, watch: Watch): void {
    const alarm = new Alarm(this, id, {
      metric: watch.metric,
      alarmDescription: `${watch.says}. What to do: docs/guides/operate.md#${watch.runbook}`,
      threshold: watch.threshold ?? 1,
      evaluationPeriods: watch.periods ?? 1,
      comparisonOperator: watch.comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: watch.isSilenceBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    const tell = new SnsAction(this.#topic);
    alarm.addAlarmAction(tell);
    alarm.addOkAction(tell);
    this.#alarms.push(alarm);
  }
}

function readsStream(parts: readonly IConstruct[], { node }: LambdaFunction): boolean {
  return parts.some(
    (part) =>
      part instanceof EventSourceMapping && part.node.id === `${node.id}Source` && part.node.scope === node.scope,
  );
}

function waitsWithoutTask(stage: string): Metric {
  const { namespace, waitsWithoutTask: metricName } = METRICS;
  return new Metric({
    namespace,
    metricName,
    dimensionsMap: { Stage: stage },
    statistic: "Maximum",
    period: Duration.hours(1),
  });
}

interface Shown {
  readonly api: HttpApi;
  readonly table: TableV2;
  readonly machines: readonly StateMachine[];
  readonly functions: readonly LambdaFunction[];
  readonly consumers: readonly LambdaFunction[];
  readonly queues: readonly Queue[];
}

function rowsOf({ api, table, machines, functions, consumers, queues }: Shown): IWidget[][] {
  const period = Duration.minutes(5);
  const graph = (title: string, left: IMetric[], right: IMetric[] = []) =>
    new GraphWidget({ title, left, right, width: 12, height: 6 });
  return [
    [
      graph("Requests", [
        api.metricCount({ period }),
        api.metricClientError({ period }),
        api.metricServerError({ period }),
      ]),
      graph(
        "How long requests take",
        ["p50", "p95", "p99"].map((statistic) => api.metricLatency({ period, statistic, label: statistic })),
      ),
    ],
    [
      graph(
        "Executions that failed, timed out or were stopped",
        machines.flatMap((machine) => [
          machine.metricFailed({ period, label: `${machine.node.id} failed` }),
          machine.metricTimedOut({ period, label: `${machine.node.id} timed out` }),
          machine.metricAborted({ period, label: `${machine.node.id} stopped` }),
        ]),
      ),
      graph(
        "Executions started and ended well",
        machines.flatMap((machine) => [
          machine.metricStarted({ period, label: `${machine.node.id} started` }),
          machine.metricSucceeded({ period, label: `${machine.node.id} succeeded` }),
        ]),
      ),
    ],
    [
      graph(
        "How far consumers are behind, in milliseconds",
        consumers.map((each) => each.metric("IteratorAge", { period, statistic: "Maximum", label: each.node.id })),
      ),
      graph(
        "Set aside",
        queues.map((queue) =>
          queue.metricApproximateNumberOfMessagesVisible({ period, statistic: "Maximum", label: queue.node.id }),
        ),
      ),
    ],
    [
      graph(
        "Errors of functions",
        functions.map((each) => each.metricErrors({ period, label: each.node.id })),
      ),
      graph(
        "Longest run of functions, in milliseconds",
        functions.map((each) => each.metricDuration({ period, statistic: "Maximum", label: each.node.id })),
      ),
    ],
    [
      graph(
        "Table: units used",
        [table.metricConsumedReadCapacityUnits({ period, statistic: "Sum" })],
        [table.metricConsumedWriteCapacityUnits({ period, statistic: "Sum" })],
      ),
      graph(
        "Mails",
        ["Send", "Delivery", "Bounce", "Complaint"].map(
          (metricName) => new Metric({ namespace: "AWS/SES", metricName, statistic: "Sum", period: Duration.hours(1) }),
        ),
      ),
    ],
  ];
}
