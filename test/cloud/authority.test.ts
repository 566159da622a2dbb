import { describe, expect, test } from "vitest";
import { type Authority, createAuthority, type Role } from "./authority.ts";

const roleArn = "arn:aws:iam::123456789012:role/reader";
const TABLE = "arn:aws:dynamodb:eu-north-1:123456789012:table/t";

function given(...statements: Role["statements"]): Authority {
  return createAuthority([{ arn: roleArn, logicalId: "ReaderRole", statements }]);
}

describe("the authority of the stand-ins", () => {
  test("lets through what a statement allows, wildcards included", () => {
    const authority = given({ Effect: "Allow", Action: "dynamodb:Get*", Resource: [`${TABLE}/index/*`, TABLE] });
    authority.require({ roleArn, action: "dynamodb:GetItem", resource: TABLE });
    authority.require({ roleArn, action: "dynamodb:GetItem", resource: `${TABLE}/index/gsi1` });
    expect(authority.missing()).toEqual([]);
    expect(authority.unused()).toEqual([]);
  });

  test("refuses everything else, naming the statement that is needed", () => {
    const authority = given({ Effect: "Allow", Action: "dynamodb:GetItem", Resource: TABLE });
    const put = { roleArn, action: "dynamodb:PutItem", resource: TABLE };
    const needed = { role: "ReaderRole", Effect: "Allow", Action: "dynamodb:PutItem", Resource: TABLE };
    expect(() => authority.require(put)).toThrow(JSON.stringify(needed));
    expect(() => authority.require(put)).toThrow(/is not authorized to perform: dynamodb:PutItem/);
    expect(authority.missing()).toEqual([needed]);
  });

  test("reports each grant that nothing has used", () => {
    const authority = given({ Effect: "Allow", Action: ["dynamodb:GetItem", "dynamodb:Query"], Resource: TABLE });
    authority.require({ roleArn, action: "dynamodb:Query", resource: TABLE });
    expect(authority.unused()).toEqual([{ role: "ReaderRole", action: "dynamodb:GetItem", resource: TABLE }]);
  });

  test("keeps conditions", () => {
    const authority = given({
      Effect: "Allow",
      Action: "dynamodb:PutItem",
      Resource: TABLE,
      Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["ACCESS#*"] } },
    });
    const put = (key: string) => ({
      roleArn,
      action: "dynamodb:PutItem",
      resource: TABLE,
      context: { "dynamodb:LeadingKeys": key },
    });
    authority.require(put("ACCESS#p-1"));
    expect(() => authority.require(put("PILOT#p-1"))).toThrow(/not authorized/);
  });

  test("a denial outweighs what is allowed", () => {
    const authority = given(
      { Effect: "Allow", Action: "*", Resource: "*" },
      { Effect: "Deny", Action: "dynamodb:DeleteItem", Resource: TABLE },
    );
    expect(() => authority.require({ roleArn, action: "dynamodb:DeleteItem", resource: TABLE })).toThrow();
  });

  test("knows nobody but the roles of the templates", () => {
    const stranger = { roleArn: `${roleArn}-2`, action: "dynamodb:GetItem", resource: TABLE };
    expect(() => given().require(stranger)).toThrow(/no role of the templates/);
  });
});
