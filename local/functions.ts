/**
 * The functions of the state machines in this process: one table from the name in the definition to the code.
 * On AWS the same names are Lambda functions (`infra/`), made from the same factories (`functions/lambda/tasks.ts`).
 */
import { readFileSync } from "node:fs";
import type { TaskDependencies } from "../functions/tasks/task.ts";
import { createTasks, type TaskName } from "../functions/tasks/tasks.ts";

export const stateMachineNames = ["stage-run", "deadlines"] as const;

const placeholder = /\$\{(\w+)\}/g;

/** The definition file with each placeholder replaced by the function's name; the file itself is the one AWS gets. */
export function stateMachineDefinition(name: (typeof stateMachineNames)[number]): unknown {
  const text = readFileSync(new URL(`../workflows/${name}.asl.json`, import.meta.url), "utf8");
  return JSON.parse(text.replaceAll(placeholder, (_, functionName: string) => functionName));
}

export function createInvoke(
  dependencies: TaskDependencies,
): (functionName: string, payload: unknown) => Promise<unknown> {
  const tasks = createTasks(dependencies);
  return async (functionName, payload) => {
    if (!Object.hasOwn(tasks, functionName)) throw new FunctionUnknown(`There is no function ${functionName}.`);
    // hasOwn has just shown it.
    return tasks[functionName as TaskName](payload);
  };
}

class FunctionUnknown extends Error {
  override name = "Lambda.ResourceNotFoundException" as const;
}
