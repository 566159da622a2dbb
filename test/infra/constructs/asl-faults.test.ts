// biome-ignore-all lint/suspicious/noTemplateCurlyInString: so the placeholders of DefinitionSubstitutions look
import { describe, expect, test } from "vitest";
import { findFaults } from "../../../infra/constructs/asl-faults.ts";
import { readWorkflow, WorkflowInvalid } from "../../../infra/constructs/workflow-definition.ts";

const invoke = (functionName: string, fields: object) => ({
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  Arguments: { FunctionName: functionName, Payload: { id: "{% $states.input.id %}" } },
  TimeoutSeconds: 60,
  ...fields,
});

const sound = {
  QueryLanguage: "JSONata",
  StartAt: "Open",
  States: {
    Open: invoke("${OpenStage}", { Next: "Each", Catch: [{ ErrorEquals: ["States.ALL"], Next: "Failed" }] }),
    Each: {
      Type: "Map",
      Items: "{% $states.input.items %}",
      ItemProcessor: {
        StartAt: "Done?",
        States: {
          "Done?": {
            Type: "Choice",
            Choices: [{ Condition: "{% $states.input.done %}", Next: "Done" }],
            Default: "Wait for it",
          },
          "Wait for it": invoke("${AwaitReview}", { Next: "Done?" }),
          Done: { Type: "Succeed" },
        },
      },
      End: true,
    },
    Failed: { Type: "Fail" },
  },
};

/** The faults of the sound machine after one replacement in its text. */
function faultsAfter(search: string, replacement: string): string[] {
  const text = JSON.stringify(sound);
  expect(text).toContain(search);
  return findFaults(
    text.replace(search, () => replacement),
    ["OpenStage", "AwaitReview"],
  );
}

describe("findFaults", () => {
  test("finds nothing in a sound machine", () => {
    expect(findFaults(JSON.stringify(sound), ["OpenStage", "AwaitReview"])).toEqual([]);
  });

  test.each([
    [
      "a start",
      '"StartAt":"Open"',
      '"StartAt":"Opne"',
      'the state machine: StartAt names "Opne", which does not exist',
    ],
    [
      "a Next",
      '"Next":"Done?"',
      '"Next":"Over"',
      'state "Wait for it": leads to "Over", which does not exist beside it',
    ],
    [
      "a Default",
      '"Default":"Wait for it"',
      '"Default":"Rest"',
      'state "Done?": leads to "Rest", which does not exist beside it',
    ],
    [
      "a choice",
      '"Next":"Done"',
      '"Next":"Finished"',
      'state "Done?": leads to "Finished", which does not exist beside it',
    ],
    ["a Catch", '"Next":"Failed"', '"Next":"Lost"', 'state "Open": leads to "Lost", which does not exist beside it'],
    [
      "a target outside its Map",
      '"Next":"Done?"',
      '"Next":"Failed"',
      'state "Wait for it": leads to "Failed", which does not exist beside it',
    ],
  ])("names the state with %s that leads nowhere", (_what, search, replacement, fault) => {
    expect(faultsAfter(search, replacement)).toContain(fault);
  });

  test("names a state that nothing leads to", () => {
    expect(faultsAfter('"Next":"Failed"', '"Next":"Each"')).toEqual(['state "Failed": nothing leads to it']);
  });

  test("names the state whose JSONata does not parse", () => {
    expect(faultsAfter("{% $states.input.done %}", "{% $states.input.(done %}")).toEqual([
      expect.stringMatching(/^state "Done\?": \$states\.input\.\(done is not JSONata: /),
    ]);
  });

  test("names the state with an expression that AWS would take for a plain text", () => {
    expect(faultsAfter("{% $states.input.items %}", "{% $states.input.items }")).toEqual([
      'state "Each": an expression starts with {% and ends with %}, this does not: {% $states.input.items }',
    ]);
  });

  test("names the state that calls a function nobody wrote", () => {
    expect(faultsAfter("${AwaitReview}", "${AwaitReveiw}")).toEqual([
      'state "Wait for it": no function stands in for ${AwaitReveiw}',
    ]);
  });

  test("looks into the branches of a Parallel state", () => {
    const parallel = {
      StartAt: "Both",
      States: {
        Both: {
          Type: "Parallel",
          Branches: [{ StartAt: "One", States: { One: { Type: "Pass", Next: "Two" } } }],
          End: true,
        },
      },
    };
    expect(findFaults(JSON.stringify(parallel), [])).toEqual([
      'state "One": leads to "Two", which does not exist beside it',
    ]);
  });

  test("says where something is no state machine at all", () => {
    expect(findFaults('{"StartAt":"A"}', [])).toEqual([expect.stringMatching(/^the state machine: .*\n.*States/)]);
  });
});

describe("readWorkflow", () => {
  test("refuses a workflow with a task nobody wrote, naming file and state", () => {
    const read = () => readWorkflow("deadlines", ["FireDueActions", "SweepWaits"]);
    expect(read).toThrow(WorkflowInvalid);
    expect(read).toThrow(
      'deadlines.asl.json cannot be deployed:\n- state "Send digests": no function stands in for ${SendDigests}',
    );
  });

  test("says which of the functions offered a workflow names", () => {
    const offered = ["FireDueActions", "OpenStage", "SendDigests", "SweepWaits"];
    expect(readWorkflow("deadlines", offered).functionNames).toEqual(["FireDueActions", "SendDigests", "SweepWaits"]);
  });
});
