import { CfnOutput, Duration, Stack } from "aws-cdk-lib";
import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import { EventBus, Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from "aws-cdk-lib/aws-ses";
import type { Construct } from "constructs";
import type { Bundle } from "./constructs/bundles.ts";
import { createFailedQueue } from "./constructs/failed-queue.ts";
import { createNodeFunction } from "./constructs/node-function.ts";
import { allow, type MailSender, tableRights } from "./constructs/policies.ts";
import { stackProps } from "./constructs/stack-props.ts";
import type { Settings } from "./settings.ts";

export interface MailStackProps {
  readonly settings: Settings;
  readonly table: ITableV2;
  readonly events: Bundle;
}

/**
 * Who mails are from, and what happens when they come back. SES tells EventBridge of bounces and complaints on a
 * best-effort basis; its own suppression list is the second guard of the sender's good name.
 */
export class MailStack extends Stack {
  readonly sender: MailSender;

  constructor(scope: Construct, { settings, table, events }: MailStackProps) {
    super(scope, "Mail", stackProps(settings, "mail", "Fairway: the sender of mails, and mails that come back"));
    const { stage, mailFrom } = settings;
    const domain = mailFrom.slice(mailFrom.lastIndexOf("@") + 1);
    const configurationSetName = `fairway-${stage}`;

    const configurationSet = new ConfigurationSet(this, "ConfigurationSet", {
      configurationSetName,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    configurationSet.addEventDestination("ComesBack", {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, "DefaultBus", "default")),
      events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT, EmailSendingEvent.REJECT],
    });
    const identity = new EmailIdentity(this, "Identity", {
      identity: Identity.domain(domain),
      configurationSet,
      // The events above say it all; a second report by mail would go to an address that nobody reads.
      feedbackForwarding: false,
    });
    identity.dkimRecords.forEach(({ name, value }, index) => {
      new CfnOutput(this, `Dkim${index + 1}`, { description: `CNAME record for ${domain}`, value: `${name} ${value}` });
    });
    this.sender = {
      from: mailFrom,
      configurationSetName,
      identityArn: identity.emailIdentityArn,
      configurationSetArn: this.formatArn({
        service: "ses",
        resource: "configuration-set",
        resourceName: configurationSetName,
      }),
    };

    const failed = createFailedQueue(this, "MailReturnedFailed");
    const mailReturned = createNodeFunction(this, "MailReturned", {
      settings,
      bundle: events,
      tableName: table.tableName,
      handler: "mailReturned",
      description: `Fairway ${stage}: marks mails and addresses that mails come back from`,
      timeout: Duration.seconds(30),
      statements: [...tableRights(table, "get", "put"), allow(["sqs:SendMessage"], [failed.queueArn])],
    });
    mailReturned.configureAsyncInvoke({
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
      onFailure: { bind: () => ({ destination: failed.queueArn }) },
    });
    new Rule(this, "ComesBack", {
      description: "Mails that did not arrive or were not wanted",
      eventPattern: {
        source: ["aws.ses"],
        detailType: ["Email Bounced", "Email Complaint Received", "Email Rejected"],
        // Another stage in the account has mails of its own.
        detail: { mail: { tags: { "ses:configuration-set": [configurationSetName] } } },
      },
      targets: [
        new LambdaFunction(mailReturned, {
          deadLetterQueue: failed,
          retryAttempts: 20,
          maxEventAge: Duration.hours(12),
        }),
      ],
    });
  }
}
