import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import cdkJson from "../../cdk.json" with { type: "json" };
import { createStacks } from "../../infra/app.ts";
import type { Bundle, Bundles } from "../../infra/constructs/bundles.ts";

/** An intrinsic of CloudFormation, or a plain text. */
type Value = unknown;

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: Value | readonly Value[];
}

interface Policy {
  readonly PolicyDocument: { readonly Statement: readonly Statement[] };
}

/** Of the resource types these tests walk through: the properties they look at. */
interface PropertiesByType {
  "AWS::ApiGatewayV2::Authorizer": Readonly<Record<string, unknown>>;
  "AWS::ApiGatewayV2::Integration": { readonly IntegrationUri: Value };
  "AWS::ApiGatewayV2::Route": { readonly RouteKey: string; readonly AuthorizationType: string; readonly Target: Value };
  "AWS::ApiGatewayV2::Stage": {
    readonly AccessLogSettings: { readonly DestinationArn: Value; readonly Format: string };
    readonly DefaultRouteSettings: Readonly<Record<string, unknown>>;
  };
  "AWS::DynamoDB::GlobalTable": Readonly<Record<string, unknown>>;
  "AWS::Events::Rule": {
    readonly EventPattern: Readonly<Record<string, unknown>>;
    readonly Targets: readonly { readonly Arn: Value; readonly DeadLetterConfig: { readonly Arn: Value } }[];
  };
  "AWS::IAM::Policy": Policy & { readonly Roles: readonly Value[] };
  "AWS::IAM::Role": {
    readonly AssumeRolePolicyDocument: unknown;
    readonly ManagedPolicyArns?: unknown;
    readonly Policies?: readonly Policy[];
  };
  "AWS::Lambda::EventInvokeConfig": {
    readonly FunctionName: Value;
    readonly DestinationConfig: { readonly OnFailure: { readonly Destination: Value } };
  };
  "AWS::Budgets::Budget": Readonly<Record<string, unknown>>;
  "AWS::CloudFront::Distribution": { readonly DistributionConfig: Readonly<Record<string, unknown>> };
  "AWS::CloudFront::Function": { readonly FunctionCode: string };
  "AWS::CloudFront::ResponseHeadersPolicy": { readonly ResponseHeadersPolicyConfig: Readonly<Record<string, unknown>> };
  "AWS::CloudWatch::Alarm": {
    readonly AlarmDescription: string;
    readonly AlarmActions?: readonly Value[];
    readonly TreatMissingData: string;
  };
  "AWS::CloudWatch::Dashboard": Readonly<Record<string, unknown>>;
  "AWS::CodeDeploy::DeploymentGroup": {
    readonly DeploymentConfigName: Value;
    readonly AutoRollbackConfiguration: Readonly<Record<string, unknown>>;
    readonly AlarmConfiguration: { readonly Alarms: readonly { readonly Name: Value }[] };
  };
  "AWS::Cognito::UserPool": {
    readonly LambdaConfig: { readonly PreTokenGenerationConfig: { readonly LambdaArn: Value } };
    readonly EmailConfiguration: { readonly SourceArn: Value };
    readonly DeletionProtection?: string;
  };
  "AWS::Cognito::UserPoolClient": Readonly<Record<string, unknown>>;
  "AWS::Lambda::Alias": { readonly Name: string; readonly FunctionName: Value };
  "AWS::Lambda::EventSourceMapping": {
    readonly FunctionName: Value;
    readonly EventSourceArn: Value;
    readonly FilterCriteria: { readonly Filters: readonly { readonly Pattern: string }[] };
    readonly DestinationConfig: { readonly OnFailure: { readonly Destination: Value } };
  };
  "AWS::Lambda::Function": {
    readonly Handler: string;
    readonly Timeout: number;
    readonly Role: Value;
    readonly LoggingConfig: { readonly LogGroup: Value };
    readonly Environment: { readonly Variables: Readonly<Record<string, Value>> };
    readonly ReservedConcurrentExecutions?: number;
  };
  "AWS::Logs::LogGroup": { readonly RetentionInDays: number };
  "AWS::S3::Bucket": Readonly<Record<string, unknown>>;
  "AWS::S3::BucketPolicy": {
    readonly PolicyDocument: {
      readonly Statement: readonly (Statement & { readonly Condition: Readonly<Record<string, unknown>> })[];
    };
  };
  "AWS::SES::ConfigurationSet": Readonly<Record<string, unknown>>;
  "AWS::SES::ConfigurationSetEventDestination": {
    readonly EventDestination: { readonly EventBridgeDestination: { readonly EventBusArn: Value } };
  };
  "AWS::SES::EmailIdentity": Readonly<Record<string, unknown>>;
  "AWS::Scheduler::Schedule": { readonly Target: { readonly Arn: Value } };
  "AWS::SNS::Subscription": Readonly<Record<string, unknown>>;
  "AWS::SQS::Queue": Readonly<Record<string, unknown>>;
  "Custom::CDKBucketDeployment": Readonly<Record<string, unknown>>;
  "AWS::StepFunctions::StateMachineAlias": {
    readonly Name: string;
    readonly DeploymentPreference: Readonly<Record<string, unknown>>;
  };
  "AWS::StepFunctions::StateMachineVersion": Readonly<Record<string, unknown>>;
  "AWS::StepFunctions::StateMachine": {
    readonly DefinitionString: string;
    readonly DefinitionSubstitutions: Readonly<Record<string, Value>>;
  };
}

type ResourceType = keyof PropertiesByType;

export interface Resource<T extends ResourceType> {
  readonly Type: T;
  readonly Properties: PropertiesByType[T];
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource<ResourceType>>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: Value }>>;
}

type StackId = "Data" | "Workflow" | "Mail" | "Identity" | "Api" | "Events" | "Portal" | "Operations" | "Forge";

export type Templates = Readonly<Record<StackId, Template>>;

/** Settings with which stage `prod` is not refused. */
export const PRODUCTION = {
  stage: "prod",
  mailFrom: "noreply@fairway.test",
  portalUrl: "https://portal.fairway.test/",
  portalCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
  alarmMail: "operations@fairway.test",
  forge: { repository: "company/fairway" },
} as const;

const NONE: Template = { Resources: {} };

const synthesised = new Map<string, Templates>();

/**
 * The templates of all stacks, without the built-in validator (`app.test.ts` runs it) and without real code. Made once for
 * all test files of a process.
 */
export function synthesise(context: Readonly<Record<string, unknown>> = {}): Templates {
  const settings = JSON.stringify(context);
  const known = synthesised.get(settings) ?? synthesiseAnew(context);
  synthesised.set(settings, known);
  return known;
}

function synthesiseAnew(context: Readonly<Record<string, unknown>>): Templates {
  const folder = mkdtempSync(join(tmpdir(), "fairway-synth-"));
  try {
    const { stacks } = openStandIn(folder, context).app.synth();
    const template = (id: string): Template => stacks.find((stack) => stack.id === id)?.template ?? NONE;
    return {
      Data: template("Data"),
      Workflow: template("Workflow"),
      Mail: template("Mail"),
      Identity: template("Identity"),
      Api: template("Api"),
      Events: template("Events"),
      Portal: template("Portal"),
      Operations: template("Operations"),
      Forge: template("Forge"),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The app with stand-ins for all code, unless bundles are given, which writes below the folder. */
export function openStandIn(
  folder: string,
  context: Readonly<Record<string, unknown>>,
  bundles: Bundles = standInBundles(folder),
) {
  const app = new App({
    outdir: join(folder, "cdk.out"),
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
    context: { ...cdkJson.context, ...context },
  });
  return { app, stacks: createStacks(app, bundles, standInSite(folder)) };
}

/** Whether a resource belongs to the function of CDK's that copies the portal's files, which is not ours to write. */
export const isOfCdk = (id: string): boolean => id.startsWith("CustomCDKBucketDeployment");

/** Bundles with the handlers the stacks name and no code: a template depends on nothing else. */
function standInBundles(folder: string): Bundles {
  return {
    api: standIn(join(folder, "api"), ["query", "command"]),
    tasks: standIn(join(folder, "tasks"), TASK_HANDLERS),
    events: standIn(join(folder, "events"), ["relay", "project", "notify", "deliver", "deliverDue", "mailReturned"]),
    identity: standIn(join(folder, "identity"), ["enrol", "preTokenGeneration"]),
  };
}

/** A portal of one page and one file. */
function standInSite(folder: string): string {
  const site = join(folder, "site");
  mkdirSync(join(site, "assets"), { recursive: true });
  writeFileSync(join(site, "index.html"), "<!doctype html>");
  writeFileSync(join(site, "assets/portal-1.js"), "");
  return site;
}

const TASK_HANDLERS = [
  "openStage",
  "awaitSubmission",
  "awaitReview",
  "awaitGateDecision",
  "awaitResume",
  "closeStage",
  "fireDueActions",
  "sendDigests",
  "sweepWaits",
];

function standIn(directory: string, exports: readonly string[]): Bundle {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, "index.mjs");
  const code = exports.map((name) => `export async function ${name}() {}`).join("\n");
  writeFileSync(file, code);
  return { directory, file, bytes: code.length, exports, inputs: [] };
}

/** The resources of one type by logical id, without the hash CDK puts after it. */
export function resourcesOf<T extends ResourceType>(template: Template, type: T): Record<string, Resource<T>> {
  const isOfType = (resource: Resource<ResourceType>): resource is Resource<T> => resource.Type === type;
  const resources: Record<string, Resource<T>> = {};
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (isOfType(resource)) resources[plainId(id)] = resource;
  }
  return resources;
}

/** The only resource of its type, or the one with this id. */
export function resourceOf<T extends ResourceType>(template: Template, type: T, id?: string): Resource<T> {
  const found = Object.entries(resourcesOf(template, type)).filter(([key]) => id === undefined || key === id);
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} resources ${id ?? ""} of type ${type}`);
  return only[1];
}

function plainId(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, "");
}

/**
 * What `Fn::Split` makes. The parts of an ARN that is known only by its owner's name are its owner's: of an alias, the
 * function's name is the alias.
 */
function partsOf(templates: Templates, value: Value): readonly string[] {
  const split: unknown = Object.entries(value ?? {})[0]?.[1];
  if (!Array.isArray(split)) throw new Error(`Not a list these tests know: ${JSON.stringify(value)}`);
  const text = readable(templates, split[1]);
  return text.includes(split[0]) ? text.split(split[0]) : Array.from({ length: 7 }, () => text);
}

/** A value of a template as a person reads it, across stacks: `Table.Arn/index/gsi1`. */
export function readable(templates: Templates, value: Value): string {
  if (typeof value === "string") return value;
  const [[intrinsic, argument] = []] = Object.entries(value ?? {});
  switch (intrinsic) {
    case "Ref":
      return plainId(argument);
    case "Fn::GetAtt":
      return `${plainId(argument[0])}.${argument[1]}`;
    case "Fn::Sub":
      return argument.replace(/\$\{([^}]+)\}/g, "$1");
    case "Fn::Select":
      return partsOf(templates, argument[1])[Number(argument[0])] ?? "";
    case "Fn::Join":
      return argument[1].map((part: Value) => readable(templates, part)).join(argument[0]);
    case "Fn::GetStackOutput": {
      const outputs = Object.values(templates).map((template) => template.Outputs?.[argument.OutputName]);
      return readable(templates, outputs.find((output) => output !== undefined)?.Value);
    }
    default:
      throw new Error(`Not an intrinsic these tests know: ${JSON.stringify(value)}`);
  }
}
