import { Duration, Stack } from "aws-cdk-lib";
import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import { Schedule, ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import { LambdaInvoke } from "aws-cdk-lib/aws-scheduler-targets";
import type { Construct } from "constructs";
import { EVENT_STREAM_FILTER, MAIL_STREAM_FILTER } from "../shared/contracts/table.ts";
import type { Bundle } from "./constructs/bundles.ts";
import { createNodeFunction } from "./constructs/node-function.ts";
import { driveWorkflow, type MailSender, sendMail, tableRights } from "./constructs/policies.ts";
import { stackProps } from "./constructs/stack-props.ts";
import { createStreamConsumer } from "./constructs/stream-consumer.ts";
import type { Workflow } from "./constructs/workflow.ts";
import type { Settings } from "./settings.ts";

export interface EventsStackProps {
  readonly settings: Settings;
  readonly table: ITableV2;
  readonly stageRun: Workflow;
  readonly deadlines: Workflow;
  readonly sender: MailSender;
  readonly events: Bundle;
}

/**
 * What follows from an event: workflows move on (I3), projections count, people are told (I7), and the mails in which
 * they are told go out. Four readers of one stream are two more than AWS promises to serve without throttling: a
 * throttled poll is repeated, so the price is a delay under load, never an event.
 */
export class EventsStack extends Stack {
  constructor(scope: Construct, { settings, table, stageRun, deadlines, sender, events: bundle }: EventsStackProps) {
    super(scope, "Events", stackProps(settings, "events", "Fairway: relay, projections, notifications and mails"));
    const { stage, portalUrl } = settings;
    const shared = { settings, bundle, table, filter: EVENT_STREAM_FILTER };

    createStreamConsumer(this, "Relay", {
      ...shared,
      handler: "relay",
      description: `Fairway ${stage}: carries events to Step Functions`,
      environment: { STAGE_RUN_ARN: stageRun.liveArn, DEADLINES_ARN: deadlines.liveArn },
      statements: [...tableRights(table, "get", "query", "delete"), ...driveWorkflow(stageRun.machine)],
    });
    createStreamConsumer(this, "Project", {
      ...shared,
      handler: "project",
      description: `Fairway ${stage}: keeps the projections behind dashboards`,
      statements: tableRights(table, "get", "query", "put"),
    });
    createStreamConsumer(this, "Notify", {
      ...shared,
      handler: "notify",
      description: `Fairway ${stage}: writes mail to the people an event concerns`,
      environment: { PORTAL_URL: portalUrl },
      statements: tableRights(table, "get", "query", "gsi1", "gsi2", "put"),
    });

    const mail = {
      settings,
      bundle,
      environment: {
        MAIL_FROM: sender.from,
        MAIL_CONFIGURATION_SET: sender.configurationSetName,
        PORTAL_URL: portalUrl,
      },
    };
    createStreamConsumer(this, "Deliver", {
      ...mail,
      table,
      filter: MAIL_STREAM_FILTER,
      handler: "deliver",
      description: `Fairway ${stage}: hands new mails to SES`,
      statements: [...tableRights(table, "get", "put"), sendMail(sender)],
    });
    const deliverDue = createNodeFunction(this, "DeliverDue", {
      ...mail,
      tableName: table.tableName,
      handler: "deliverDue",
      description: `Fairway ${stage}: hands mails to SES that it did not take at once`,
      timeout: Duration.minutes(1),
      statements: [...tableRights(table, "get", "gsi2", "put"), sendMail(sender)],
    });
    new Schedule(this, "DeliverDueOften", {
      description: "Mails whose next attempt is due",
      schedule: ScheduleExpression.rate(Duration.minutes(5)),
      // Whatever this one misses, the next one does.
      target: new LambdaInvoke(deliverDue, { maxEventAge: Duration.minutes(5), retryAttempts: 0 }),
    });
  }
}
