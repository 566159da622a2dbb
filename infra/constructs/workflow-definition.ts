import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findFaults } from "./asl-faults.ts";

const FOLDER = join(import.meta.dirname, "../../workflows");

/** One state machine file of `workflows/`: the bytes that the embedded engine runs too. */
export interface WorkflowDefinition {
  readonly text: string;
  /** Those of the functions offered that it names, as `${OpenStage}`. */
  readonly functionNames: readonly string[];
}

export class WorkflowInvalid extends Error {
  override name = "WorkflowInvalid" as const;
}

/**
 * @param offered names of the functions that may stand in for a placeholder
 * @throws WorkflowInvalid with every fault and the state it is in, so that it fails here and not on AWS
 */
export function readWorkflow(name: string, offered: readonly string[]): WorkflowDefinition {
  const file = `${name}.asl.json`;
  const text = readFileSync(join(FOLDER, file), "utf8");
  const faults = findFaults(text, offered);
  if (faults.length > 0) throw new WorkflowInvalid([`${file} cannot be deployed:`, ...faults].join("\n- "));
  return { text, functionNames: offered.filter((functionName) => text.includes(`\${${functionName}}`)) };
}
