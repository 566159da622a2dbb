import { Arn, ArnFormat, Aws, CfnOutput, Stack } from "aws-cdk-lib";
import {
  OpenIdConnectProvider,
  PolicyDocument,
  type PolicyStatement,
  Role,
  WebIdentityPrincipal,
} from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { allow } from "./constructs/policies.ts";
import { stackProps } from "./constructs/stack-props.ts";
import type { Settings } from "./settings.ts";

/** Who signs the tokens of GitHub's runners. */
const ISSUER = "token.actions.githubusercontent.com";

/** As `cdk bootstrap` names its roles, unless it was told otherwise. */
const BOOTSTRAP = "cdk-hnb659fds";

export interface ForgeStackProps {
  readonly settings: Settings;
  /** As the forge names it: owner/name. */
  readonly repository: string;
}

/**
 * What the workflow files in `.github/workflows` may do here, without a key that lies anywhere: a run shows the forge's signed
 * token, which says from where it comes, and gets credentials for an hour. The provider of those tokens is the account's, one
 * for all stages: docs/guides/deploy.md#deploy-from-the-forge.
 */
export class ForgeStack extends Stack {
  constructor(scope: Construct, { settings, repository }: ForgeStackProps) {
    super(scope, "Forge", stackProps(settings, "forge", "Fairway: what the forge may do, by its own tokens"));
    const { stage } = settings;
    const issuer = OpenIdConnectProvider.fromOpenIdConnectProviderArn(
      this,
      "Issuer",
      Arn.format({ service: "iam", region: "", resource: "oidc-provider", resourceName: ISSUER }, this),
    );
    const createRole = (id: string, description: string, from: string, statement: PolicyStatement): Role =>
      new Role(this, id, {
        roleName: `fairway-${stage}-forge-${id.toLowerCase()}`,
        description,
        assumedBy: new WebIdentityPrincipal(issuer.openIdConnectProviderArn, {
          StringEquals: { [`${ISSUER}:aud`]: "sts.amazonaws.com", [`${ISSUER}:sub`]: `repo:${repository}:${from}` },
        }),
        inlinePolicies: { forge: new PolicyDocument({ statements: [statement] }) },
      });

    const deploy = createRole(
      "Deploy",
      "Runs of the environment of this stage: what the CDK does, through its bootstrap roles",
      `environment:${stage}`,
      allow(
        ["sts:AssumeRole"],
        ["deploy-role", "file-publishing-role", "lookup-role"].map((name) => this.#bootstrapRole(name)),
      ),
    );
    const diff = createRole(
      "Diff",
      "Pull requests: templates as they are, no data and no change",
      "pull_request",
      allow(
        ["cloudformation:DescribeStacks", "cloudformation:GetTemplate"],
        [this.formatArn({ service: "cloudformation", resource: "stack", resourceName: `fairway-${stage}-*/*` })],
      ),
    );
    new CfnOutput(this, "DeployRole", { value: deploy.roleArn });
    new CfnOutput(this, "DiffRole", { value: diff.roleArn });
  }

  #bootstrapRole(name: string): string {
    return this.formatArn({
      service: "iam",
      region: "",
      resource: "role",
      resourceName: `${BOOTSTRAP}-${name}-${Aws.ACCOUNT_ID}-${Aws.REGION}`,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  }
}
