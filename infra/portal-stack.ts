import { Aws, CfnOutput, Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { BucketDeployment, CacheControl, Source } from "aws-cdk-lib/aws-s3-deployment";
import type { Construct } from "constructs";
import {
  PORTAL_CONFIG_PATH,
  portalCaching,
  portalHeaders,
  portalSecurityPolicy,
} from "../shared/contracts/portal-headers.ts";
import { createLogGroup } from "./constructs/log-group.ts";
import { stackProps } from "./constructs/stack-props.ts";
import type { IdentityProvider } from "./identity-stack.ts";
import type { Settings } from "./settings.ts";

export interface PortalStackProps {
  readonly settings: Settings;
  readonly identity: IdentityProvider;
  readonly files: IBucket;
  /** The id of the HTTP API, which the portal has below `/api/` at its own origin. */
  readonly apiId: string;
  /** Folder of the built portal: `index.html` and `assets/`. */
  readonly site: string;
}

/**
 * The portal at one origin with the API: files from a private bucket that only the distribution may read, with the headers
 * of an embedded system (`shared/contracts/portal-headers.ts`).
 */
export class PortalStack extends Stack {
  constructor(scope: Construct, { settings, identity, files, apiId, site }: PortalStackProps) {
    super(scope, "Portal", stackProps(settings, "portal", "Fairway: the portal's pages and their address"));
    const { stage, portalUrl, portalCertificateArn } = settings;
    const bucket = new Bucket(this, "Site", {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      // A deployment writes all of it anew.
      removalPolicy: stage === "prod" ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const headers = this.#headers(settings, identity, files);
    const distribution = new Distribution(this, "Distribution", {
      comment: `Fairway ${stage}: the portal`,
      ...(portalCertificateArn === undefined
        ? {}
        : {
            domainNames: [new URL(portalUrl).host],
            certificate: Certificate.fromCertificateArn(this, "Certificate", portalCertificateArn),
            minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
          }),
      httpVersion: HttpVersion.HTTP2_AND_3,
      // Europe and North America.
      priceClass: PriceClass.PRICE_CLASS_100,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(bucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        compress: true,
        responseHeadersPolicy: headers,
        functionAssociations: [{ eventType: FunctionEventType.VIEWER_REQUEST, function: this.#pages(stage) }],
      },
      additionalBehaviors: {
        "/api/*": {
          origin: new HttpOrigin(`${apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`),
          viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
          allowedMethods: AllowedMethods.ALLOW_ALL,
          cachePolicy: CachePolicy.CACHING_DISABLED,
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
          compress: true,
          responseHeadersPolicy: headers,
        },
      },
    });

    const log = { logGroup: createLogGroup(this, "DeploymentLog", settings) };
    const assets = new BucketDeployment(this, "Assets", {
      ...log,
      sources: [Source.asset(site, { exclude: ["*", "!assets", "!assets/**"] })],
      destinationBucket: bucket,
      cacheControl: [CacheControl.fromString(portalCaching.asset)],
      // Pages opened before still load their further files.
      prune: false,
      memoryLimit: 512,
    });
    const pages = new BucketDeployment(this, "Pages", {
      ...log,
      sources: [
        Source.asset(site, { exclude: ["*", "!index.html"] }),
        Source.jsonData(PORTAL_CONFIG_PATH.slice(1), identity.portal),
      ],
      destinationBucket: bucket,
      cacheControl: [CacheControl.fromString(portalCaching.page)],
      prune: false,
      memoryLimit: 512,
      distribution,
      distributionPaths: ["/index.html", PORTAL_CONFIG_PATH],
    });
    // A page never names a file that is not there yet.
    pages.node.addDependency(assets);

    new CfnOutput(this, "Address", { value: `https://${distribution.distributionDomainName}/` });
  }

  /** Any path that is not a file's is a page, and every page is `index.html`. */
  #pages(stage: string): EdgeFunction {
    return new EdgeFunction(this, "PageOrFile", {
      functionName: `fairway-${stage}-page-or-file`,
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(pageOrFile),
    });
  }

  #headers({ stage }: Settings, { origins }: IdentityProvider, files: IBucket): ResponseHeadersPolicy {
    // CloudFront has words of its own for these two.
    const { "referrer-policy": _, "x-content-type-options": __, ...others } = portalHeaders;
    const security = portalSecurityPolicy({
      identity: origins,
      files: [`https://${files.bucketRegionalDomainName}`],
    });
    return new ResponseHeadersPolicy(this, "Headers", {
      responseHeadersPolicyName: `fairway-${stage}-portal`,
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: security, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(365),
          includeSubdomains: true,
          override: true,
        },
      },
      customHeadersBehavior: {
        customHeaders: Object.entries(others).map(([header, value]) => ({ header, value, override: true })),
      },
    });
  }
}

/** Runs at CloudFront's edge, before a request reaches the cache. */
const pageOrFile = `function handler(event) {
  var request = event.request;
  if (!request.uri.startsWith("/assets/") && request.uri !== "${PORTAL_CONFIG_PATH}") request.uri = "/index.html";
  return request;
}
`;
