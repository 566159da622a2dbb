import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { METRICS } from "../../shared/contracts/metrics.ts";
import { PRODUCTION, readable, resourceOf, resourcesOf, synthesise } from "./templates.ts";

const templates = synthesise(PRODUCTION);
const { Operations } = templates;
const everywhere = Object.values(templates);
const alarms = Object.fromEntries(
  everywhere.flatMap((stack) => Object.entries(resourcesOf(stack, "AWS::CloudWatch::Alarm"))),
);

/** Headings as GitHub and most others make links of them. */
const headings = [
  ...readFileSync(join(import.meta.dirname, "../../docs/guides/operate.md"), "utf8").matchAll(/^#+ (.+)$/gm),
].map(([, text = ""]) =>
  text
    .toLowerCase()
    .replace(/[^\w\s-]/g, "")
    .replaceAll(" ", "-"),
);

describe("operations stack", () => {
  test.each(Object.entries(alarms))(
    "%s says what has happened and where it is written what to do",
    (_id, { Properties }) => {
      const [, runbook] =
        /^[^.]+\. What to do: docs\/guides\/operate\.md#(.+)$/.exec(Properties.AlarmDescription) ?? [];
      expect(headings).toContain(runbook);
    },
  );

  test("somebody is told when an alarm rings and when it is over", () => {
    for (const { Properties } of Object.values(resourcesOf(Operations, "AWS::CloudWatch::Alarm"))) {
      expect(Properties.AlarmActions?.map((action) => readable(templates, action))).toEqual(["Alarms"]);
      expect(Properties).toMatchObject({ OKActions: Properties.AlarmActions });
    }
    const subscription = resourceOf(Operations, "AWS::SNS::Subscription").Properties;
    expect(subscription).toMatchObject({ Protocol: "email", Endpoint: "operations@fairway.test" });
  });

  test("every consumer of the stream and every queue of what was set aside is watched", () => {
    const watched = Object.keys(resourcesOf(Operations, "AWS::CloudWatch::Alarm"));
    const ids = (type: "AWS::Lambda::EventSourceMapping" | "AWS::SQS::Queue") =>
      everywhere.flatMap((stack) => Object.keys(resourcesOf(stack, type)));
    const consumers = ids("AWS::Lambda::EventSourceMapping").map((id) => id.replace(/Source$/, "Behind"));
    const queues = ids("AWS::SQS::Queue").map((id) => `${id}Filled`);
    expect(consumers.length).toBeGreaterThan(4);
    expect(watched).toEqual(expect.arrayContaining([...consumers, ...queues]));
  });

  test.each([
    "StageRunFails",
    "DeadlinesFails",
    "WaitsWithoutTask",
    "RequestsFail",
    "FunctionsThrottled",
    "TableThrottled",
    "SignInFails",
    "MailsBounce",
  ])("%s rings when there is something, not when there is nothing", (id) =>
    expect(alarms[id]?.Properties.TreatMissingData).toBe("notBreaching"),
  );

  test("silence of the hourly look at deadlines is an alarm", () => {
    expect(alarms.DeadlinesSilent?.Properties).toMatchObject({
      MetricName: "ExecutionsSucceeded",
      ComparisonOperator: "LessThanThreshold",
      EvaluationPeriods: 3,
      TreatMissingData: "breaching",
    });
  });

  test("the measure of waits without a task is the one that the sweep logs", () => {
    expect(alarms.WaitsWithoutTask?.Properties).toMatchObject({
      Namespace: METRICS.namespace,
      MetricName: METRICS.waitsWithoutTask,
      Dimensions: [{ Name: "Stage", Value: "prod" }],
    });
  });

  test("costs are counted by the tag that every stack carries, and told before they are made", () => {
    expect(resourceOf(Operations, "AWS::Budgets::Budget").Properties).toMatchObject({
      Budget: {
        BudgetLimit: { Amount: 50, Unit: "USD" },
        CostFilters: { TagKeyValue: ["user:fairway:stage$prod"] },
      },
      NotificationsWithSubscribers: [
        { Notification: { NotificationType: "ACTUAL", Threshold: 80 } },
        { Notification: { NotificationType: "FORECASTED", Threshold: 100 } },
      ],
    });
  });
});

describe("a change of functions", () => {
  const functions = everywhere.flatMap((stack) => Object.keys(resourcesOf(stack, "AWS::Lambda::Alias")));

  test("goes live by an alias of each function", () => {
    expect(functions.length).toBeGreaterThan(18);
    for (const stack of everywhere) {
      for (const { Properties } of Object.values(resourcesOf(stack, "AWS::Lambda::Alias"))) {
        expect(Properties.Name).toBe("live");
      }
    }
  });

  test("reaches a tenth of the calls first in prod, and goes back when the alias fails", () => {
    const groups = everywhere.flatMap((stack) =>
      Object.entries(resourcesOf(stack, "AWS::CodeDeploy::DeploymentGroup")),
    );
    expect(groups.map(([id]) => id.replace(/Deployment$/, "Live")).sort()).toEqual(functions.sort());
    for (const [id, { Properties }] of groups) {
      expect(Properties).toMatchObject({
        DeploymentConfigName: "CodeDeployDefault.LambdaCanary10Percent5Minutes",
        AutoRollbackConfiguration: { Enabled: true, Events: expect.arrayContaining(["DEPLOYMENT_STOP_ON_ALARM"]) },
      });
      const names = Properties.AlarmConfiguration.Alarms.map(({ Name }) => readable(templates, Name));
      expect(names).toEqual([id.replace(/Deployment$/, "Failures")]);
    }
  });
});

describe("a change of a state machine", () => {
  test.each(["StageRun", "Deadlines"])("becomes a version of %s that stays, and is started by the alias live", (id) => {
    const { Workflow } = templates;
    const version = resourceOf(Workflow, "AWS::StepFunctions::StateMachineVersion", `${id}Version`);
    expect(version.DeletionPolicy).toBe("Retain");
    const { Name, DeploymentPreference } = resourceOf(
      Workflow,
      "AWS::StepFunctions::StateMachineAlias",
      `${id}Live`,
    ).Properties;
    expect(Name).toBe("live");
    expect(DeploymentPreference).toMatchObject({ Type: "CANARY", Percentage: 10, Interval: 5 });
    const { DEADLINES_ARN, STAGE_RUN_ARN } = resourceOf(templates.Events, "AWS::Lambda::Function", "Relay").Properties
      .Environment.Variables;
    expect([DEADLINES_ARN, STAGE_RUN_ARN].map((arn) => readable(templates, arn))).toContain(`${id}Live.Arn`);
  });
});
