import { Stack } from "aws-cdk-lib";
import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import type { Construct } from "constructs";
import type { Bundle } from "./constructs/bundles.ts";
import { clearTable, driveWorkflow, writeTable } from "./constructs/policies.ts";
import { stackProps } from "./constructs/stack-props.ts";
import { createStreamConsumer } from "./constructs/stream-consumer.ts";
import type { Settings } from "./settings.ts";

export interface EventsStackProps {
  readonly settings: Settings;
  readonly table: ITableV2;
  readonly stageRun: StateMachine;
  readonly deadlines: StateMachine;
  readonly events: Bundle;
}

/**
 * What follows from an event: workflows move on (I3), projections count, people are told (I7). Three readers of one
 * stream are one more than AWS promises to serve without throttling: a throttled poll is repeated, so the price is a
 * delay under load, never an event.
 */
export class EventsStack extends Stack {
  constructor(scope: Construct, { settings, table, stageRun, deadlines, events: bundle }: EventsStackProps) {
    super(scope, "Events", stackProps(settings, "events", "Fairway: relay, projections and notifications"));
    const { stage, mailFrom, portalUrl } = settings;
    const shared = { settings, bundle, table };

    createStreamConsumer(this, "Relay", {
      ...shared,
      handler: "relay",
      description: `Fairway ${stage}: carries events to Step Functions`,
      environment: { STAGE_RUN_ARN: stageRun.stateMachineArn, DEADLINES_ARN: deadlines.stateMachineArn },
      statements: [...clearTable(table), ...driveWorkflow(stageRun)],
    });
    createStreamConsumer(this, "Project", {
      ...shared,
      handler: "project",
      description: `Fairway ${stage}: keeps the projections behind dashboards`,
      statements: writeTable(table),
    });
    createStreamConsumer(this, "Notify", {
      ...shared,
      handler: "notify",
      description: `Fairway ${stage}: writes mail to the people an event concerns`,
      environment: { MAIL_FROM: mailFrom, PORTAL_URL: portalUrl },
      statements: writeTable(table),
    });
  }
}
