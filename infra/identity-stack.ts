import { Aws, Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  CfnUserPool,
  FeaturePlan,
  LambdaVersion,
  ManagedLoginVersion,
  OAuthScope,
  PasskeyUserVerification,
  UserPool,
  UserPoolOperation,
} from "aws-cdk-lib/aws-cognito";
import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";
import type { PortalConfig } from "../shared/contracts/portal-headers.ts";
import { PERSON_STREAM_FILTER } from "../shared/contracts/table.ts";
import type { Bundle } from "./constructs/bundles.ts";
import { createNodeFunction } from "./constructs/node-function.ts";
import { allow, type MailSender, tableRights } from "./constructs/policies.ts";
import { stackProps } from "./constructs/stack-props.ts";
import { createStreamConsumer } from "./constructs/stream-consumer.ts";
import type { Settings } from "./settings.ts";

/** What API and portal need to know of whoever signs people in. */
export interface IdentityProvider {
  readonly issuer: string;
  readonly audience: string;
  readonly audienceClaim: "aud" | "client_id";
  readonly personClaim: string;
  readonly jwksUrl?: string;
  readonly portal: PortalConfig;
  /** That the portal's requests go to. */
  readonly origins: readonly string[];
}

/** The provider of one's own that the settings name; undefined for Cognito. */
export function ownProvider({ openIdProvider }: Settings): IdentityProvider | undefined {
  if (openIdProvider === undefined) return undefined;
  const { issuer, audience, audienceClaim, personClaim, jwksUrl, clientId, scope, origins } = openIdProvider;
  const discovery = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  return {
    issuer,
    audience,
    audienceClaim,
    personClaim,
    ...(jwksUrl === undefined ? {} : { jwksUrl }),
    portal: { clientId, scope, discovery },
    origins: [issuer, ...origins].map((url) => new URL(url).origin),
  };
}

export interface IdentityStackProps {
  readonly settings: Settings;
  readonly table: ITableV2;
  readonly sender: MailSender;
  readonly identity: Bundle;
}

/**
 * Who somebody is: a Cognito user pool without passwords to know, by passkey or by a code mailed to the address in the store.
 * Nobody signs up: who is invited is enrolled from the table's stream, and each token is given only after the store has said
 * which person it speaks for (`functions/identity/sign-in.ts`).
 */
export class IdentityStack extends Stack {
  readonly provider: IdentityProvider;

  constructor(scope: Construct, { settings, table, sender, identity: bundle }: IdentityStackProps) {
    super(scope, "Identity", stackProps(settings, "identity", "Fairway: people sign in"));
    const { stage, portalUrl } = settings;
    const portal = portalUrl.replace(/\/$/, "");
    const pool = this.#createPool(settings, sender);

    const preTokenGeneration = createNodeFunction(this, "PreTokenGeneration", {
      settings,
      bundle,
      handler: "preTokenGeneration",
      description: `Fairway ${stage}: says in a token whose it is`,
      // Cognito waits no longer.
      timeout: Duration.seconds(5),
      memoryMiB: 1024,
      tableName: table.tableName,
      statements: tableRights(table, "query", "gsi1"),
    });
    pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, preTokenGeneration, LambdaVersion.V2_0);

    createStreamConsumer(this, "Enrol", {
      settings,
      bundle,
      table,
      filter: PERSON_STREAM_FILTER,
      handler: "enrol",
      description: `Fairway ${stage}: lets people in the table sign in`,
      environment: { USER_POOL_ID: pool.userPoolId },
      statements: [...tableRights(table, "get"), allow(["cognito-idp:AdminCreateUser"], [pool.userPoolArn])],
    });

    const domain = pool.addDomain("Domain", {
      // Unique among all accounts of the region.
      cognitoDomain: { domainPrefix: `fairway-${stage}-${Aws.ACCOUNT_ID}` },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    const client = pool.addClient("Portal", {
      userPoolClientName: `fairway-${stage}-portal`,
      // A page can keep no secret: the code is bound to the browser by PKCE.
      generateSecret: false,
      authFlows: { user: true },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(14),
      refreshTokenRotationGracePeriod: Duration.seconds(60),
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID],
        callbackUrls: [`${portal}/signed-in`],
        logoutUrls: [`${portal}/`],
      },
    });
    // Without it the pages of managed login answer with an error.
    new CfnManagedLoginBranding(this, "Pages", {
      userPoolId: pool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    });

    const issuer = pool.userPoolProviderUrl;
    const signOut = new URLSearchParams({ logout_uri: `${portal}/` });
    this.provider = {
      issuer,
      audience: client.userPoolClientId,
      audienceClaim: "client_id",
      // Set by `functions/lambda/identity.ts`: the subject is Cognito's own.
      personClaim: "person_id",
      portal: {
        clientId: client.userPoolClientId,
        scope: "openid",
        discovery: `${issuer}/.well-known/openid-configuration`,
        signOut: `${domain.baseUrl()}/logout?client_id=${client.userPoolClientId}&${signOut}`,
      },
      origins: [`https://cognito-idp.${Aws.REGION}.${Aws.URL_SUFFIX}`, domain.baseUrl()],
    };
  }

  #createPool({ stage }: Settings, sender: MailSender): UserPool {
    const isProduction = stage === "prod";
    const pool = new UserPool(this, "People", {
      userPoolName: `fairway-${stage}`,
      // The lowest with passkeys, codes instead of passwords, and claims in access tokens.
      featurePlan: FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      standardAttributes: { email: { required: true, mutable: true } },
      // CDK and Cognito want the password among them; nobody is given one.
      signInPolicy: { allowedFirstAuthFactors: { password: true, emailOtp: true, passkey: true } },
      passkeyUserVerification: PasskeyUserVerification.REQUIRED,
      passwordPolicy: {
        minLength: 16,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
      },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      deletionProtection: isProduction,
      removalPolicy: isProduction ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const resource = pool.node.defaultChild;
    if (!(resource instanceof CfnUserPool)) throw new Error("A user pool is made of one resource.");
    // Cognito itself sends no more than 50 mails a day.
    resource.emailConfiguration = {
      emailSendingAccount: "DEVELOPER",
      from: `Fairway <${sender.from}>`,
      sourceArn: sender.identityArn,
    };
    return pool;
  }
}
