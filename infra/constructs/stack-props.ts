import type { StackProps } from "aws-cdk-lib";
import type { Settings } from "../settings.ts";

/** Key of the tag that tells the costs of the stages apart. */
export const STAGE_TAG = "fairway:stage";

/** Stacks of all stages can live in one account; those of `prod` are not deleted by accident. */
export function stackProps({ stage }: Settings, name: string, description: string): StackProps {
  return {
    stackName: `fairway-${stage}-${name}`,
    description,
    terminationProtection: stage === "prod",
    tags: { [STAGE_TAG]: stage },
  };
}
