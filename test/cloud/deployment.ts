/**
 * The synthesised templates as CloudFormation would have made them: every value resolved, every resource with a name.
 * A value that asks for what is not modelled here throws, so nothing is guessed.
 */
import { ACCOUNT, arn, PARTITION, REGION } from "./account.ts";

/** A text, number, flag, list or object of a template, intrinsics and all. */
export type Value = unknown;

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, Value>>;
}

export interface StackTemplate {
  readonly stackName: string;
  readonly template: {
    readonly Resources: Readonly<Record<string, TemplateResource>>;
    readonly Outputs?: Readonly<Record<string, { readonly Value: Value }>>;
  };
}

/** A resource with its properties resolved. */
export interface Deployed<Properties = Readonly<Record<string, Value>>> {
  readonly stackName: string;
  readonly logicalId: string;
  /** What `Ref` gives. */
  readonly ref: string;
  readonly properties: Properties;
}

/** What is known only once the stand-ins run. */
export interface Endpoints {
  /** Of the table's stream. */
  readonly streamArn: string;
  /** Issuer of the user pool's tokens. */
  readonly providerUrl: string;
}

export interface Deployment {
  /** Every resource of a type, in all stacks. */
  all<Properties>(type: string): readonly Deployed<Properties>[];
  /** The only one of its type. */
  only<Properties>(type: string): Deployed<Properties>;
  /** What `Fn::GetAtt` gives. */
  attribute(resource: Pick<Deployed, "stackName" | "logicalId">, name: string): string;
}

class NotInTheModel extends Error {
  override name = "NotInTheModel" as const;
}

export function deploy(stacks: readonly StackTemplate[], endpoints: () => Endpoints): Deployment {
  const byName = new Map(stacks.map((stack) => [stack.stackName, stack]));

  const stackOf = (name: string): StackTemplate => {
    const stack = byName.get(name);
    if (stack === undefined) throw new NotInTheModel(`There is no stack ${name}.`);
    return stack;
  };

  function resolve(stackName: string, value: Value): Value {
    if (Array.isArray(value)) {
      return value.map((each) => resolve(stackName, each)).filter((each) => each !== undefined);
    }
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    const [[key, argument] = ["", undefined]] = entries;
    const isIntrinsic = entries.length === 1 && (key === "Ref" || key.startsWith("Fn::"));
    if (isIntrinsic) return intrinsic(stackName, key, argument);
    return Object.fromEntries(
      entries.map(([name, each]) => [name, resolve(stackName, each)] as const).filter(([, each]) => each !== undefined),
    );
  }

  function intrinsic(stackName: string, key: string, argument: Value): Value {
    const text = (value: Value): string => String(resolve(stackName, value));
    const list = (value: Value): Value[] => {
      const found = resolve(stackName, value);
      if (!Array.isArray(found)) throw new NotInTheModel(`${key} takes a list.`);
      return found;
    };
    switch (key) {
      case "Ref":
        return refOf(stackName, String(argument));
      case "Fn::GetAtt": {
        const [logicalId, name] = list(argument);
        return attributeOf(stackName, String(logicalId), String(name));
      }
      case "Fn::Sub":
        return String(argument).replaceAll(/\$\{([^}]+)\}/g, (_, name: string) =>
          name.includes(".")
            ? attributeOf(stackName, name.slice(0, name.indexOf(".")), name.slice(name.indexOf(".") + 1))
            : String(refOf(stackName, name)),
        );
      case "Fn::Join": {
        const [separator, parts] = Array.isArray(argument) ? argument : [];
        return list(parts).map(String).join(String(separator));
      }
      case "Fn::Select": {
        const [index, from] = Array.isArray(argument) ? argument : [];
        return list(from)[Number(index)];
      }
      case "Fn::Split": {
        const [separator, from] = Array.isArray(argument) ? argument : [];
        return text(from).split(String(separator));
      }
      case "Fn::GetStackOutput": {
        const asked = resolve(stackName, argument);
        const { StackName, OutputName } = asked as { readonly StackName: string; readonly OutputName: string };
        const output = stackOf(StackName).template.Outputs?.[OutputName];
        if (output === undefined) throw new NotInTheModel(`${StackName} has no output ${OutputName}.`);
        return resolve(StackName, output.Value);
      }
      default:
        throw new NotInTheModel(`The intrinsic ${key} of ${stackName}.`);
    }
  }

  function refOf(stackName: string, logicalId: string): string | undefined {
    const pseudo: Readonly<Record<string, string | undefined>> = {
      "AWS::Region": REGION,
      "AWS::AccountId": ACCOUNT,
      "AWS::Partition": PARTITION,
      "AWS::URLSuffix": "amazonaws.com",
      "AWS::NoValue": undefined,
      "AWS::StackName": stackName,
    };
    if (logicalId in pseudo) return pseudo[logicalId];
    return physical(stackName, logicalId).ref;
  }

  function attributeOf(stackName: string, logicalId: string, name: string): string {
    const { type, attributes } = physical(stackName, logicalId);
    const attribute = attributes[name];
    if (attribute === undefined) throw new NotInTheModel(`The attribute ${name} of ${logicalId}, a ${type}.`);
    return typeof attribute === "function" ? attribute() : attribute;
  }

  interface Physical {
    readonly type: string;
    readonly ref: string;
    readonly attributes: Readonly<Record<string, string | (() => string)>>;
  }

  /** Names as CloudFormation makes them: the stack's, then the logical id, unless the template gives one. */
  function physical(stackName: string, logicalId: string): Physical {
    const resource = stackOf(stackName).template.Resources[logicalId];
    if (resource === undefined) throw new NotInTheModel(`${stackName} has no resource ${logicalId}.`);
    const { Type: type, Properties: properties = {} } = resource;
    const given = (name: string): string => String(resolve(stackName, properties[name]));
    const name = `${stackName}-${logicalId}`;
    const made = (ref: string, attributes: Physical["attributes"] = {}): Physical => ({ type, ref, attributes });
    switch (type) {
      case "AWS::DynamoDB::GlobalTable":
        return made(name, { Arn: arn("dynamodb", `table/${name}`), StreamArn: () => endpoints().streamArn });
      case "AWS::S3::Bucket": {
        const bucket = name.toLowerCase();
        return made(bucket, {
          Arn: `arn:${PARTITION}:s3:::${bucket}`,
          RegionalDomainName: `${bucket}.s3.${REGION}.amazonaws.com`,
        });
      }
      case "AWS::SQS::Queue":
        return made(`https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`, {
          Arn: arn("sqs", name),
          QueueName: name,
        });
      case "AWS::IAM::Role":
        return made(name, { Arn: `arn:${PARTITION}:iam::${ACCOUNT}:role/${name}` });
      case "AWS::Logs::LogGroup": {
        const group = properties.LogGroupName === undefined ? name : given("LogGroupName");
        return made(group, { Arn: arn("logs", `log-group:${group}:*`) });
      }
      case "AWS::Lambda::Function":
        return made(name, { Arn: arn("lambda", `function:${name}`) });
      case "AWS::Lambda::Version":
        return made(`${arn("lambda", `function:${given("FunctionName")}`)}:1`, { Version: "1" });
      case "AWS::Lambda::Alias":
        return made(`${arn("lambda", `function:${given("FunctionName")}`)}:${given("Name")}`);
      case "AWS::StepFunctions::StateMachine": {
        const machine = given("StateMachineName");
        const machineArn = arn("states", `stateMachine:${machine}`);
        return made(machineArn, { Arn: machineArn, Name: machine, StateMachineRevisionId: "INITIAL" });
      }
      case "AWS::StepFunctions::StateMachineVersion": {
        const versionArn = `${given("StateMachineArn")}:1`;
        return made(versionArn, { Arn: versionArn });
      }
      case "AWS::StepFunctions::StateMachineAlias": {
        const { StateMachineVersionArn: version } = resolve(stackName, properties.DeploymentPreference) as {
          readonly StateMachineVersionArn: string;
        };
        const aliasArn = `${version.slice(0, version.lastIndexOf(":"))}:${given("Name")}`;
        return made(aliasArn, { Arn: aliasArn });
      }
      case "AWS::Cognito::UserPool": {
        const poolId = `${REGION}_${logicalId}`;
        return made(poolId, {
          Arn: arn("cognito-idp", `userpool/${poolId}`),
          ProviderURL: () => endpoints().providerUrl,
        });
      }
      case "AWS::SES::EmailIdentity":
        return made(given("EmailIdentity"));
      case "AWS::SES::ConfigurationSet":
        return made(given("Name"));
      case "AWS::Events::Rule":
        return made(name, { Arn: arn("events", `rule/${name}`) });
      case "AWS::CloudWatch::Alarm":
        return made(name, { Arn: arn("cloudwatch", `alarm:${name}`) });
      case "AWS::ApiGatewayV2::Api":
      case "AWS::ApiGatewayV2::Authorizer":
      case "AWS::ApiGatewayV2::Integration":
      case "AWS::Cognito::UserPoolClient":
      case "AWS::Cognito::UserPoolDomain":
        return made(logicalId);
      default:
        return made(name);
    }
  }

  function all<Properties>(type: string): readonly Deployed<Properties>[] {
    return stacks.flatMap(({ stackName, template }) =>
      Object.entries(template.Resources)
        .filter(([, resource]) => resource.Type === type)
        .map(([logicalId, { Properties: properties = {} }]) => ({
          stackName,
          logicalId,
          ref: physical(stackName, logicalId).ref,
          // Tests know the properties of the types they ask for.
          properties: resolve(stackName, properties) as Properties,
        })),
    );
  }

  return {
    all,
    only<Properties>(type: string) {
      const [only, ...more] = all<Properties>(type);
      if (only === undefined || more.length > 0) throw new NotInTheModel(`One ${type}, not ${more.length + 1}.`);
      return only;
    },
    attribute: ({ stackName, logicalId }, name) => attributeOf(stackName, logicalId, name),
  };
}
