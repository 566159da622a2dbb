import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { portalHeaders } from "../../shared/contracts/portal-headers.ts";
import { PRODUCTION, readable, resourceOf, resourcesOf, synthesise } from "./templates.ts";

const templates = synthesise(PRODUCTION);
const dev = synthesise();
const { Portal } = templates;
const { DistributionConfig: distribution } = resourceOf(Portal, "AWS::CloudFront::Distribution").Properties;

describe("portal stack", () => {
  test("files come from a bucket that only the distribution may read; the API is below /api/ at the same origin, uncached", () => {
    expect(distribution).toMatchObject({
      Aliases: ["portal.fairway.test"],
      HttpVersion: "http2and3",
      DefaultCacheBehavior: { Compress: true, ViewerProtocolPolicy: "redirect-to-https" },
      CacheBehaviors: [
        {
          PathPattern: "/api/*",
          AllowedMethods: expect.arrayContaining(["GET", "POST", "PUT", "PATCH", "DELETE"]),
          // CachingDisabled and AllViewerExceptHostHeader of AWS: the token goes through, the host does not.
          CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
          OriginRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
          ViewerProtocolPolicy: "https-only",
        },
      ],
      ViewerCertificate: { MinimumProtocolVersion: "TLSv1.2_2021" },
    });
    const statements = JSON.stringify(resourceOf(Portal, "AWS::S3::BucketPolicy").Properties.PolicyDocument.Statement);
    expect(statements).toContain('"Service":"cloudfront.amazonaws.com"');
    expect(statements).toContain("AWS:SourceArn");
  });

  test("without a certificate the portal has CloudFront's own name", () => {
    const { DistributionConfig } = resourceOf(dev.Portal, "AWS::CloudFront::Distribution").Properties;
    expect(DistributionConfig.Aliases).toBeUndefined();
  });

  test("pages have the headers of an embedded system, and may besides reach sign-in and files, and nothing else", () => {
    const { ResponseHeadersPolicyConfig: config } = resourceOf(
      Portal,
      "AWS::CloudFront::ResponseHeadersPolicy",
    ).Properties;
    expect(config).toMatchObject({
      SecurityHeadersConfig: {
        ContentTypeOptions: { Override: true },
        ReferrerPolicy: { ReferrerPolicy: portalHeaders["referrer-policy"] },
        StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000 },
      },
      CustomHeadersConfig: {
        Items: ["cross-origin-opener-policy", "permissions-policy"].map((Header) =>
          expect.objectContaining({ Header, Value: Reflect.get(portalHeaders, Header), Override: true }),
        ),
      },
    });
    const security = JSON.parse(JSON.stringify(config)).SecurityHeadersConfig.ContentSecurityPolicy;
    const pool = "https://cognito-idp.AWS::Region.AWS::URLSuffix";
    const pages = "https://PeopleDomain.auth.AWS::Region.amazoncognito.com";
    const files = "https://Files.RegionalDomainName";
    expect(readable(templates, security.ContentSecurityPolicy).replace(/PeopleDomain\w*/, "PeopleDomain")).toBe(
      [
        "default-src 'self'",
        `connect-src 'self' ${pool} ${pages} ${files}`,
        `img-src 'self' ${files}`,
        `frame-src 'self' ${files}`,
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
      ].join("; "),
    );
  });

  test.each([
    ["/", "/index.html"],
    ["/pilots/p-1/deliverables/NA-3", "/index.html"],
    ["/signed-in", "/index.html"],
    ["/index.html", "/index.html"],
    ["/portal.json", "/portal.json"],
    ["/assets/index-BX2.js", "/assets/index-BX2.js"],
  ])("a request for %s is answered with %s", (uri, answered) => {
    const { FunctionCode } = resourceOf(Portal, "AWS::CloudFront::Function").Properties;
    const event = { request: { uri, headers: {} } };
    const request: { uri: string } = runInNewContext(`${FunctionCode}; handler(event)`, { event });
    expect(request.uri).toBe(answered);
  });

  test("files with a hash in the name are cached for ever and written first; pages are asked for each time", () => {
    const deployments = resourcesOf(Portal, "Custom::CDKBucketDeployment");
    const [assets, pages] = ["AssetsCustomResource512MiB", "PagesCustomResource512MiB"].map((id) => deployments[id]);
    expect(assets?.Properties).toMatchObject({
      Prune: false,
      SystemMetadata: { "cache-control": "public, max-age=31536000, immutable" },
    });
    expect(pages?.Properties).toMatchObject({
      Prune: false,
      SystemMetadata: { "cache-control": "no-cache" },
      DistributionPaths: ["/index.html", "/portal.json"],
    });
    expect(pages?.DependsOn?.some((id) => id.startsWith("AssetsCustomResource"))).toBe(true);
  });
});
