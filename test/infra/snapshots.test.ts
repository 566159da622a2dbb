import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { PRODUCTION, synthesise, type Template } from "./templates.ts";

const templates = synthesise(PRODUCTION);

describe("the templates of prod", () => {
  test.each(Object.entries(templates))("%s is as reviewed", async (id, template) => {
    const file = join(import.meta.dirname, `__snapshots__/${id.toLowerCase()}.txt`);
    await expect(reviewed(id, template)).toMatchFileSnapshot(file);
  });
});

/** A template as a person reviews it: what there is and how it is set, without hashes and without what is text elsewhere. */
function reviewed(id: string, { Resources, Outputs = {} }: Template): string {
  const resources = Object.entries(Resources)
    .map(([name, { Type, Properties, DeletionPolicy }]) => {
      const kept = DeletionPolicy === undefined ? "" : ` (${DeletionPolicy})`;
      return `${withoutHash(name)}: ${Type}${kept}\n${lines(Properties, 1).join("\n")}`;
    })
    .sort();
  const outputs = Object.keys(Outputs).map(withoutHash).sort();
  return `${[`Stack ${id}`, ...resources, `Outputs: ${outputs.join(", ")}`].join("\n\n")}\n`;
}

function lines(value: unknown, depth: number): readonly string[] {
  const indent = "  ".repeat(depth);
  if (Array.isArray(value)) {
    return value.flatMap((each) => {
      const [first = "", ...rest] = lines(each, depth + 1);
      return [`${indent}- ${first.trimStart()}`, ...rest];
    });
  }
  if (typeof value !== "object" || value === null) return [`${indent}${text(value)}`];
  const short = intrinsic(value);
  if (short !== undefined) return [`${indent}${short}`];
  return Object.entries(value).flatMap(([key, member]) => {
    if (/^(DefinitionString|DashboardBody|FunctionCode)$/.test(key)) return [`${indent}${key}: (${text(key)})`];
    const simple = typeof member === "object" && member !== null ? intrinsic(member) : text(member);
    return simple === undefined ? [`${indent}${key}:`, ...lines(member, depth + 1)] : [`${indent}${key}: ${simple}`];
  });
}

/** A reference by its name: `Table.Arn`. */
function intrinsic(value: object): string | undefined {
  const [[kind, argument] = [], ...others] = Object.entries(value);
  if (others.length > 0) return undefined;
  switch (kind) {
    case "Ref":
      return withoutHash(argument);
    case "Fn::GetAtt":
      return `${withoutHash(argument[0])}.${argument[1]}`;
    case "Fn::GetStackOutput":
      return `${argument.StackName}/${withoutHash(argument.OutputName.replace("PublishOutput", ""))}`;
    case "Fn::Join":
      return argument[1].map((part: unknown) => short(part)).join(argument[0]);
    case "Fn::Sub":
      return text(argument);
    case "Fn::Select":
      return `part ${argument[0]} of ${short(argument[1])}`;
    case "Fn::Split":
      return short(argument[1]);
    default:
      return undefined;
  }
}

const short = (value: unknown): string =>
  typeof value === "object" && value !== null ? (intrinsic(value) ?? JSON.stringify(value)) : text(value);

/** Hashes of code differ with each build: what they are hashes of is reviewed as code. */
const text = (value: unknown): string => withoutHash(String(value)).replace(/[0-9a-f]{64}/g, "(hash)");

/** Of names that CDK makes; those of a function's version have a second hash, of its code. */
const withoutHash = (name: string): string => name.replace(/[0-9A-F]{8}([0-9a-f]{32})?(?![0-9a-zA-Z])/g, "");
