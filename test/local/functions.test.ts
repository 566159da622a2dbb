import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createTasks } from "../../functions/tasks/tasks.ts";
import { createInvoke, stateMachineDefinition, stateMachineNames } from "../../local/functions.ts";
import { openSqliteStore } from "../../local/store/sqlite-store.ts";
import { wallClock } from "../../shared/ports/clock.ts";
import { createPilotRecords } from "../../shared/records/pilots.ts";

const dependencies = () => {
  const store = openSqliteStore(":memory:");
  return { store, clock: wallClock, pilots: createPilotRecords({ store, clock: wallClock }) };
};

const placeholders = stateMachineNames.flatMap((name) => {
  const text = readFileSync(new URL(`../../workflows/${name}.asl.json`, import.meta.url), "utf8");
  return [...text.matchAll(/"\$\{(\w+)\}"/g)].map(([, functionName]) => functionName);
});

describe("the functions of the state machines", () => {
  test("are exactly those that the definitions name", () => {
    expect(Object.keys(createTasks(dependencies())).toSorted()).toEqual([...new Set(placeholders)].toSorted());
  });

  test("are called by the name the definition holds here", () => {
    const text = JSON.stringify(stateMachineDefinition("stage-run"));
    expect(text).toContain('"FunctionName":"OpenStage"');
    expect(text).not.toContain("${");
  });

  test("answer an unknown name as Lambda does", async () => {
    await expect(createInvoke(dependencies())("constructor", {})).rejects.toMatchObject({
      name: "Lambda.ResourceNotFoundException",
    });
  });

  test.each(["OpenStage", "CloseStage"])("%s says by name that a pilot is not there", async (functionName) => {
    const invoke = createInvoke(dependencies());
    await expect(invoke(functionName, { pilotId: "nobody", stageRunId: "needs-1" })).rejects.toMatchObject({
      name: "PilotUnknown",
    });
  });

  test("refuse a payload that is not theirs", async () => {
    await expect(createInvoke(dependencies())("OpenStage", { pilotId: 1 })).rejects.toMatchObject({ name: "ZodError" });
  });
});
