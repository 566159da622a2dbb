interface Suppression {
  /** Of the pack AwsSolutions; with a finding in brackets, for that one only. */
  readonly rule: string;
  /** Paths of the resources it is for. */
  readonly where: RegExp;
  readonly reason: string;
}

const SITE_DEPLOYMENT = /^Portal\/Custom::CDKBucketDeployment/;

/** All findings of cdk-nag that we live with, and why. A line that is for nothing any more fails `test/infra/nag.test.ts`. */
export const SUPPRESSIONS: readonly Suppression[] = [
  {
    rule: "S1",
    where: /^(Data\/Files|Portal\/Site)\/Resource$/,
    reason:
      "Access logs of S3 would keep addresses of people. Files are reached only by addresses that the API signs and logs; the site is public content behind CloudFront.",
  },
  {
    rule: "CFR3",
    where: /^Portal\/Distribution\/Resource$/,
    reason: "Access logs of CloudFront would keep addresses of people; requests to the API are logged without them.",
  },
  {
    rule: "CFR1",
    where: /^Portal\/Distribution\/Resource$/,
    reason: "Companies sign in from wherever their people travel; no country is to be kept out.",
  },
  {
    rule: "CFR2",
    where: /^Portal\/Distribution\/Resource$/,
    reason:
      "A firewall costs more in a month than all the rest of an idle system. Everything but static files wants a token, is throttled at the API and bounded in size; a web ACL can be added to the distribution.",
  },
  {
    rule: "IAM5[Resource::*]",
    where: /DeploymentRole\/Resource$/,
    reason: "cloudwatch:DescribeAlarms is the only action; AWS offers no resource for it in a deployment.",
  },
  {
    rule: "IAM5[Resource::*]",
    where: /^Workflow\/(StageRun|Deadlines)Role\/DefaultPolicy\/Resource$/,
    reason: "Delivery of logs and traces, for which AWS offers no resource; CDK grants it so.",
  },
  {
    rule: "IAM5",
    where: /^(Api\/(Query|Command)|Events\/Relay)Role\/Resource$/,
    reason:
      "Names of executions and of files come into being at run time: the wildcard is bounded by the machine's name and by the prefix of files. test/infra/permissions.test.ts lists both.",
  },
  {
    rule: "SF1",
    where: /^Workflow\/(StageRun|Deadlines)\/Resource$/,
    reason: "Errors are logged. A log of all events would repeat the execution history, which is kept for 90 days.",
  },
  {
    rule: "SQS3",
    where: /^(Mail|Identity|Events)\/\w+Failed\/Resource$/,
    reason:
      "It is the dead-letter queue, of an event source mapping, a rule or an asynchronous call, which the rule does not see.",
  },
  {
    rule: "COG2",
    where: /^Identity\/People\/Resource$/,
    reason:
      "Cognito refuses required MFA together with passkeys and mailed codes as first factors. A passkey is verified by the device; nobody is given a password.",
  },
  {
    rule: "COG8",
    where: /^Identity\/People\/Resource$/,
    reason: "The Plus plan watches for leaked passwords, of which there are none, at three times the price.",
  },
  {
    rule: "APIG4",
    where: /^Api\/Http\/GET--api--(openapi\.json|calendar--\{proxy\+\})\/Resource$/,
    reason: "The description of the API says nothing about anybody; a calendar's address carries its own secret.",
  },
  {
    rule: "IAM5",
    where: /^Forge\/Diff\/Resource$/,
    reason:
      "The ARN of a stack ends in an id that CloudFormation chooses. Only templates of this stage's stacks are read by it.",
  },
  ...["IAM4", "IAM5", "L1"].map((rule) => ({
    rule,
    where: SITE_DEPLOYMENT,
    reason:
      "CDK's own function, which copies the portal's files during a deployment and runs at no other time. Its runtime and role come with CDK; it reaches the assets of this account's bootstrap, the site's bucket and the distribution's cache.",
  })),
];
