import { describe, expect, test } from "vitest";
import { call, machine, named, pass, type Room, room, scope, wait } from "../harness.ts";

const functions = {
  boom: () => {
    throw named("Broken");
  },
  double: (n: unknown) => Number(n) * 2,
  wait: () => null,
};

/** Runs the definition; `meanwhile` does what the world does. The answer is its history, one event a line. */
async function history(definition: object, input: unknown = {}, meanwhile?: (room: Room) => Promise<unknown>) {
  await using place = room(functions);
  const executionArn = await place.start(definition, input);
  await meanwhile?.(place);
  await place.states.whenIdle();
  return `\n${(await place.history(executionArn)).join("\n")}\n`;
}

const lastToken = ({ tokens }: Room) => tokens.at(-1) ?? "";

describe("Pass, Succeed, Assign and Output", () => {
  test("assigns after all references are read, and Output does not see what its own state assigns", async () => {
    const definition = machine({
      First: pass({ Assign: { x: 3, a: 6 }, Next: "Swap" }),
      Swap: pass({ Assign: { x: "{% $a %}", nextX: "{% $x %}" }, Output: "{% $x %}", Next: "Done" }),
      Done: { Type: "Succeed", Output: { x: "{% $x %}", nextX: "{% $nextX %}", input: "{% $states.input %}" } },
    });
    expect(await history(definition)).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={}
      2<-0 PassStateEntered input={} name=First
      3<-2 PassStateExited name=First output={} assignedVariables={"x":"3","a":"6"}
      4<-3 PassStateEntered input={} name=Swap
      5<-4 PassStateExited name=Swap output=3 assignedVariables={"x":"6","nextX":"3"}
      6<-5 SucceedStateEntered input=3 name=Done
      7<-6 SucceedStateExited name=Done output={"x":6,"nextX":3,"input":3}
      8<-7 ExecutionSucceeded output={"x":6,"nextX":3,"input":3}
      "
    `);
  });

  test("keeps null and literals, evaluates at any depth, leaves keys alone", async () => {
    const definition = machine({
      Only: pass({
        Output: { nothing: null, "{% 1 %}": ["{% 1 + 1 %}", { deep: "{% $states.input.n %}" }, " {% no %} x"] },
        End: true,
      }),
    });
    expect(await history(definition, { n: [7] })).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={"n":[7]}
      2<-0 PassStateEntered input={"n":[7]} name=Only
      3<-2 PassStateExited name=Only output={"nothing":null,"{% 1 %}":[2,{"deep":[7]}," {% no %} x"]}
      4<-3 ExecutionSucceeded output={"nothing":null,"{% 1 %}":[2,{"deep":[7]}," {% no %} x"]}
      "
    `);
  });

  test("fails on an undefined value with the field's name, and leaves undefined members of an expression out", async () => {
    const definition = machine({
      Fine: pass({ Assign: { kept: "{% {'a': 1, 'b': $states.input.none} %}" }, Next: "Not fine" }),
      "Not fine": pass({ Output: { deep: ["{% $states.input.none %}"] }, End: true }),
    });
    expect(await history(definition)).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={}
      2<-0 PassStateEntered input={} name=Fine
      3<-2 PassStateExited name=Fine output={} assignedVariables={"kept":"{\\"a\\":1}"}
      4<-3 PassStateEntered input={} name=Not fine
      5<-3 EvaluationFailed cause=An error occurred while executing the state 'Not fine' (entered at the event id #4). The JSONata expression '$states.input.none' specified for the field 'Output/deep[0]' returned nothing (undefined). error=States.QueryEvaluationError location=Output/deep[0] state=Not fine
      6<-5 ExecutionFailed cause=An error occurred while executing the state 'Not fine' (entered at the event id #4). The JSONata expression '$states.input.none' specified for the field 'Output/deep[0]' returned nothing (undefined). error=States.QueryEvaluationError
      "
    `);
  });
});

describe("Task", () => {
  test("calls the function and gives its result in the shape of Lambda", async () => {
    const definition = machine({ Double: call("double", { End: true }, "{% $states.input.n %}") });
    expect(await history(definition, { n: 21 })).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={"n":21}
      2<-0 TaskStateEntered input={"n":21} name=Double
      3<-2 TaskScheduled parameters={"FunctionName":"double","Payload":21} resource=invoke
      4<-3 TaskStarted resource=invoke
      5<-4 TaskSucceeded output={"ExecutedVersion":"$LATEST","Payload":42,"StatusCode":200} resource=invoke
      6<-5 TaskStateExited name=Double output={"ExecutedVersion":"$LATEST","Payload":42,"StatusCode":200}
      7<-6 ExecutionSucceeded output={"ExecutedVersion":"$LATEST","Payload":42,"StatusCode":200}
      "
    `);
  });

  test("waits for its token, whose output is the result", async () => {
    const definition = machine({
      Wait: wait({ TimeoutSeconds: 60, HeartbeatSeconds: "{% 4 * 5 %}", Output: "{% $states.result.ok %}", End: true }),
    });
    expect(
      await history(definition, {}, (place) =>
        place.states.sendTaskSuccess({ taskToken: lastToken(place), output: { ok: true } }),
      ),
    ).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={}
      2<-0 TaskStateEntered input={} name=Wait
      3<-2 TaskScheduled parameters={"FunctionName":"wait","Payload":{"token":"TOKEN"}} resource=invoke.waitForTaskToken timeoutInSeconds=60 heartbeatInSeconds=20
      4<-3 TaskStarted resource=invoke.waitForTaskToken
      5<-4 TaskSubmitted output={"ExecutedVersion":"$LATEST","Payload":{"token":"TOKEN"},"StatusCode":200} resource=invoke.waitForTaskToken
      6<-5 TaskSucceeded output={"ok":true} resource=invoke.waitForTaskToken
      7<-6 TaskStateExited name=Wait output=true
      8<-7 ExecutionSucceeded output=true
      "
    `);
  });

  test("shows a token failed without error and cause as nulls to the catcher", async () => {
    const definition = machine({
      Wait: wait({ Catch: [{ ErrorEquals: ["States.ALL"], Next: "After" }], End: true }),
      After: pass(),
    });
    expect(
      await history(definition, {}, (place) => place.states.sendTaskFailure({ taskToken: lastToken(place) })),
    ).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={}
      2<-0 TaskStateEntered input={} name=Wait
      3<-2 TaskScheduled parameters={"FunctionName":"wait","Payload":{"token":"TOKEN"}} resource=invoke.waitForTaskToken
      4<-3 TaskStarted resource=invoke.waitForTaskToken
      5<-4 TaskSubmitted output={"ExecutedVersion":"$LATEST","Payload":{"token":"TOKEN"},"StatusCode":200} resource=invoke.waitForTaskToken
      6<-5 TaskFailed resource=invoke.waitForTaskToken
      7<-6 TaskStateExited name=Wait output={"Error":null,"Cause":null}
      8<-7 PassStateEntered input={"Error":null,"Cause":null} name=After
      9<-8 PassStateExited name=After output={"Error":null,"Cause":null}
      10<-9 ExecutionSucceeded output={"Error":null,"Cause":null}
      "
    `);
  });

  test("times out when no answer comes", async () => {
    const definition = machine({ Wait: wait({ TimeoutSeconds: 60, End: true }) });
    expect(await history(definition, {}, ({ clock }) => clock.advance(60_000))).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={}
      2<-0 TaskStateEntered input={} name=Wait
      3<-2 TaskScheduled parameters={"FunctionName":"wait","Payload":{"token":"TOKEN"}} resource=invoke.waitForTaskToken timeoutInSeconds=60
      4<-3 TaskStarted resource=invoke.waitForTaskToken
      5<-4 TaskSubmitted output={"ExecutedVersion":"$LATEST","Payload":{"token":"TOKEN"},"StatusCode":200} resource=invoke.waitForTaskToken
      6<-5 TaskTimedOut error=States.Timeout resource=invoke.waitForTaskToken
      7<-6 ExecutionFailed error=States.Timeout
      "
    `);
  });

  test("times out when heartbeats stop, which States.HeartbeatTimeout catches, and a heartbeat buys time", async () => {
    const definition = machine({
      Wait: wait({
        HeartbeatSeconds: 20,
        Catch: [{ ErrorEquals: ["States.HeartbeatTimeout"], Output: "{% $states.errorOutput.Error %}", Next: "After" }],
        End: true,
      }),
      After: pass({ Output: "{% $fromMillis($millis()) %}", End: true }),
    });
    expect(
      await history(definition, {}, async (place) => {
        await place.clock.advance(19_000);
        await place.states.sendTaskHeartbeat({ taskToken: lastToken(place) });
        await place.clock.advance(60_000);
      }),
    ).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={}
      2<-0 TaskStateEntered input={} name=Wait
      3<-2 TaskScheduled parameters={"FunctionName":"wait","Payload":{"token":"TOKEN"}} resource=invoke.waitForTaskToken heartbeatInSeconds=20
      4<-3 TaskStarted resource=invoke.waitForTaskToken
      5<-4 TaskSubmitted output={"ExecutedVersion":"$LATEST","Payload":{"token":"TOKEN"},"StatusCode":200} resource=invoke.waitForTaskToken
      6<-5 TaskTimedOut error=States.Timeout resource=invoke.waitForTaskToken
      7<-6 TaskStateExited name=Wait output="States.Timeout"
      8<-7 PassStateEntered input="States.Timeout" name=After
      9<-8 PassStateExited name=After output="2026-03-01T09:00:39.000Z"
      10<-9 ExecutionSucceeded output="2026-03-01T09:00:39.000Z"
      "
    `);
  });

  test("retries by a new TaskScheduled with the count, then catches with what the catcher says only", async () => {
    const definition = machine({
      Try: call(
        "boom",
        {
          Retry: [
            { ErrorEquals: ["Other"] },
            { ErrorEquals: ["Broken"], IntervalSeconds: 10, MaxAttempts: 2, BackoffRate: 3 },
          ],
          Catch: [
            {
              ErrorEquals: ["Broken"],
              Assign: { error: "{% $states.errorOutput.Error %}" },
              Output: "caught",
              Next: "After",
            },
          ],
          Assign: { never: 1 },
          Output: "never",
          End: true,
        },
        { attempt: "{% $states.context.State.RetryCount %}" },
      ),
      After: pass({ Output: "{% $error & ' at ' & $fromMillis($millis()) %}", End: true }),
    });
    expect(await history(definition, {}, ({ clock }) => clock.advance(40_000))).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={}
      2<-0 TaskStateEntered input={} name=Try
      3<-2 TaskScheduled parameters={"FunctionName":"boom","Payload":{"attempt":0}} resource=invoke
      4<-3 TaskStarted resource=invoke
      5<-4 TaskFailed cause={"errorType":"Broken","errorMessage":"as planned","trace":[]} error=Broken resource=invoke
      6<-5 TaskScheduled parameters={"FunctionName":"boom","Payload":{"attempt":1}} resource=invoke
      7<-6 TaskStarted resource=invoke
      8<-7 TaskFailed cause={"errorType":"Broken","errorMessage":"as planned","trace":[]} error=Broken resource=invoke
      9<-8 TaskScheduled parameters={"FunctionName":"boom","Payload":{"attempt":2}} resource=invoke
      10<-9 TaskStarted resource=invoke
      11<-10 TaskFailed cause={"errorType":"Broken","errorMessage":"as planned","trace":[]} error=Broken resource=invoke
      12<-11 TaskStateExited name=Try output="caught" assignedVariables={"error":"\\"Broken\\""}
      13<-12 PassStateEntered input="caught" name=After
      14<-13 PassStateExited name=After output="Broken at 2026-03-01T09:00:40.000Z"
      15<-14 ExecutionSucceeded output="Broken at 2026-03-01T09:00:40.000Z"
      "
    `);
  });

  test("lets Catch have a failed expression of its own Output", async () => {
    const definition = machine({
      Call: call("double", {
        Output: "{% $states.result.none %}",
        Catch: [{ ErrorEquals: ["States.QueryEvaluationError"], Output: "caught", Next: "After" }],
        End: true,
      }),
      After: pass(),
    });
    expect(await history(definition)).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={}
      2<-0 TaskStateEntered input={} name=Call
      3<-2 TaskScheduled parameters={"FunctionName":"double"} resource=invoke
      4<-3 TaskStarted resource=invoke
      5<-4 TaskSucceeded output={"ExecutedVersion":"$LATEST","Payload":null,"StatusCode":200} resource=invoke
      6<-5 EvaluationFailed cause=An error occurred while executing the state 'Call' (entered at the event id #2). The JSONata expression '$states.result.none' specified for the field 'Output' returned nothing (undefined). error=States.QueryEvaluationError location=Output state=Call
      7<-6 TaskStateExited name=Call output="caught"
      8<-7 PassStateEntered input="caught" name=After
      9<-8 PassStateExited name=After output="caught"
      10<-9 ExecutionSucceeded output="caught"
      "
    `);
  });
});

describe("Choice", () => {
  const choices = [
    { Condition: false, Next: "After" },
    { Condition: "{% $states.input.n > 1 %}", Assign: { size: "big" }, Output: "by rule", Next: "After" },
    { Condition: "{% $states.input.n.never %}", Next: "After" },
  ];

  test("takes the first rule that holds with the rule's Assign and Output, and looks no further", async () => {
    const definition = machine({
      Choose: { Type: "Choice", Choices: choices, Default: "After", Output: "by default" },
      After: pass(),
    });
    expect(await history(definition, { n: 2 })).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={"n":2}
      2<-0 ChoiceStateEntered input={"n":2} name=Choose
      3<-2 ChoiceStateExited name=Choose output="by rule" assignedVariables={"size":"\\"big\\""}
      4<-3 PassStateEntered input="by rule" name=After
      5<-4 PassStateExited name=After output="by rule"
      6<-5 ExecutionSucceeded output="by rule"
      "
    `);
  });

  test("uses its own Assign and Output with Default only", async () => {
    const definition = machine({
      Choose: {
        Type: "Choice",
        Choices: choices.slice(0, 2),
        Default: "After",
        Assign: { size: "small" },
        Output: "by default",
      },
      After: pass(),
    });
    expect(await history(definition, { n: 1 })).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={"n":1}
      2<-0 ChoiceStateEntered input={"n":1} name=Choose
      3<-2 ChoiceStateExited name=Choose output="by default" assignedVariables={"size":"\\"small\\""}
      4<-3 PassStateEntered input="by default" name=After
      5<-4 PassStateExited name=After output="by default"
      6<-5 ExecutionSucceeded output="by default"
      "
    `);
  });

  test("fails when nothing matches and there is no Default", async () => {
    const definition = machine({ Choose: { Type: "Choice", Choices: choices.slice(0, 2) }, After: pass() });
    expect(await history(definition, { n: 1 })).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={"n":1}
      2<-0 ChoiceStateEntered input={"n":1} name=Choose
      3<-2 ExecutionFailed cause=An error occurred while executing the state 'Choose' (entered at the event id #2). Failed to transition out of the state. The state does not point to a next state. error=States.Runtime
      "
    `);
  });

  test("ends the whole execution when nothing matches, whatever the Parallel around it would catch", async () => {
    const definition = machine({
      Both: {
        Type: "Parallel",
        Branches: [scope({ Choose: { Type: "Choice", Choices: choices.slice(0, 1) }, After: pass() })],
        Catch: [{ ErrorEquals: ["States.ALL"], Next: "Caught" }],
        End: true,
      },
      Caught: pass(),
    });
    expect(await history(definition)).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={}
      2<-0 ParallelStateEntered input={} name=Both
      3<-2 ParallelStateStarted
      4<-3 ChoiceStateEntered input={} name=Choose
      5<-4 ExecutionFailed cause=An error occurred while executing the state 'Choose' (entered at the event id #4). Failed to transition out of the state. The state does not point to a next state. error=States.Runtime
      "
    `);
  });

  test("fails on a condition that is no boolean", async () => {
    const definition = machine({
      Choose: { Type: "Choice", Choices: [{ Condition: "{% 'yes' %}", Next: "After" }] },
      After: pass(),
    });
    expect(await history(definition)).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={}
      2<-0 ChoiceStateEntered input={} name=Choose
      3<-0 EvaluationFailed cause=An error occurred while executing the state 'Choose' (entered at the event id #2). The JSONata expression ''yes'' specified for the field 'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean', but was 'string' for value: "yes" error=States.QueryEvaluationError location=Choices[0]/Condition state=Choose
      4<-3 ExecutionFailed cause=An error occurred while executing the state 'Choose' (entered at the event id #2). The JSONata expression ''yes'' specified for the field 'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean', but was 'string' for value: "yes" error=States.QueryEvaluationError
      "
    `);
  });
});

describe("Map", () => {
  test("runs its items one after the other with MaxConcurrency 1, each with its place in the context", async () => {
    const definition = machine({
      Each: {
        Type: "Map",
        Items: "{% $states.input %}",
        MaxConcurrency: 1,
        ItemSelector: { at: "{% $states.context.Map.Item.Index %}", is: "{% $states.context.Map.Item.Value %}" },
        ItemProcessor: scope({
          Inner: pass({ Output: "{% $states.input.is & $states.context.Map.Item.Value %}", End: true }),
        }),
        End: true,
      },
    });
    expect(await history(definition, ["a", "b"])).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input=["a","b"]
      2<-0 MapStateEntered input=["a","b"] name=Each
      3<-2 MapStateStarted length=2
      4<-3 MapIterationStarted index=0 name=Each
      5<-4 PassStateEntered input={"at":0,"is":"a"} name=Inner
      6<-5 PassStateExited name=Inner output="aa"
      7<-6 MapIterationSucceeded index=0 name=Each
      8<-6 MapIterationStarted index=1 name=Each
      9<-8 PassStateEntered input={"at":1,"is":"b"} name=Inner
      10<-9 PassStateExited name=Inner output="bb"
      11<-10 MapIterationSucceeded index=1 name=Each
      12<-11 MapStateSucceeded
      13<-11 MapStateExited name=Each output=["aa","bb"]
      14<-13 ExecutionSucceeded output=["aa","bb"]
      "
    `);
  });

  test("ends at once without items", async () => {
    const definition = machine({ Each: { Type: "Map", ItemProcessor: scope({ Inner: pass() }), End: true } });
    expect(await history(definition, [])).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input=[]
      2<-0 MapStateEntered input=[] name=Each
      3<-2 MapStateStarted length=0
      4<-3 MapStateSucceeded
      5<-3 MapStateExited name=Each output=[]
      6<-5 ExecutionSucceeded output=[]
      "
    `);
  });

  test("aborts the other iterations when one fails, and its catcher writes the outer scope", async () => {
    const definition = machine({
      Each: {
        Type: "Map",
        Items: [1, 2, 3],
        ItemProcessor: scope({
          Choose: {
            Type: "Choice",
            Choices: [{ Condition: "{% $states.input = 2 %}", Next: "Fails" }],
            Default: "Waits",
          },
          Fails: call("boom"),
          Waits: { Type: "Wait", Seconds: 10, End: true },
        }),
        Catch: [
          { ErrorEquals: ["Broken"], Assign: { which: "{% $states.errorOutput.Error %}" }, Output: {}, Next: "After" },
        ],
        End: true,
      },
      After: pass({ Output: "{% $which %}", End: true }),
    });
    expect(await history(definition)).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={}
      2<-0 MapStateEntered input={} name=Each
      3<-2 MapStateStarted length=3
      4<-3 MapIterationStarted index=0 name=Each
      5<-3 MapIterationStarted index=1 name=Each
      6<-3 MapIterationStarted index=2 name=Each
      7<-4 ChoiceStateEntered input=1 name=Choose
      8<-7 ChoiceStateExited name=Choose output=1
      9<-5 ChoiceStateEntered input=2 name=Choose
      10<-9 ChoiceStateExited name=Choose output=2
      11<-6 ChoiceStateEntered input=3 name=Choose
      12<-11 ChoiceStateExited name=Choose output=3
      13<-8 WaitStateEntered input=1 name=Waits
      14<-10 TaskStateEntered input=2 name=Fails
      15<-14 TaskScheduled parameters={"FunctionName":"boom"} resource=invoke
      16<-15 TaskStarted resource=invoke
      17<-12 WaitStateEntered input=3 name=Waits
      18<-16 TaskFailed cause={"errorType":"Broken","errorMessage":"as planned","trace":[]} error=Broken resource=invoke
      19<-18 MapIterationFailed index=1 name=Each
      20<-18 MapIterationAborted index=0 name=Each
      21<-18 WaitStateAborted
      22<-18 MapIterationAborted index=2 name=Each
      23<-18 WaitStateAborted
      24<-18 MapStateFailed
      25<-24 MapStateExited name=Each output={} assignedVariables={"which":"\\"Broken\\""}
      26<-25 PassStateEntered input={} name=After
      27<-26 PassStateExited name=After output="Broken"
      28<-27 ExecutionSucceeded output="Broken"
      "
    `);
  });

  test("fails on items that are no array", async () => {
    const definition = machine({
      Before: pass({ Next: "Each" }),
      Each: { Type: "Map", Items: "{% $states.input.n %}", ItemProcessor: scope({ Inner: pass() }), End: true },
    });
    expect(await history(definition, { n: 5 })).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={"n":5}
      2<-0 PassStateEntered input={"n":5} name=Before
      3<-2 PassStateExited name=Before output={"n":5}
      4<-3 MapStateEntered input={"n":5} name=Each
      5<-3 EvaluationFailed cause=An error occurred while executing the state 'Each' (entered at the event id #4). The JSONata expression '$states.input.n' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was 'number' for value: 5 error=States.QueryEvaluationError location=Items state=Each
      6<-5 MapStateFailed
      7<-6 ExecutionFailed cause=An error occurred while executing the state 'Each' (entered at the event id #4). The JSONata expression '$states.input.n' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was 'number' for value: 5 error=States.QueryEvaluationError
      "
    `);
  });

  test("fails without Items on an input that is no array, without a location", async () => {
    const definition = machine({ Each: { Type: "Map", ItemProcessor: scope({ Inner: pass() }), End: true } });
    expect(await history(definition, { foo: "bar" })).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={"foo":"bar"}
      2<-0 MapStateEntered input={"foo":"bar"} name=Each
      3<-0 EvaluationFailed cause=An error occurred while executing the state 'Each' (entered at the event id #2). Map state input must be an array but was: {"foo":"bar"} error=States.QueryEvaluationError state=Each
      4<-3 MapStateFailed
      5<-4 ExecutionFailed cause=An error occurred while executing the state 'Each' (entered at the event id #2). Map state input must be an array but was: {"foo":"bar"} error=States.QueryEvaluationError
      "
    `);
  });
});

describe("Parallel", () => {
  test("gives every branch its Arguments and joins the outputs in the order of the branches", async () => {
    const definition = machine({
      Both: {
        Type: "Parallel",
        Arguments: { n: 1 },
        Branches: [
          scope({ Late: { Type: "Wait", Seconds: 5, End: true } }),
          scope({ Soon: pass({ Output: "soon", End: true }) }),
        ],
        End: true,
      },
    });
    expect(await history(definition, {}, ({ clock }) => clock.advance(5000))).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={}
      2<-0 ParallelStateEntered input={} name=Both
      3<-2 ParallelStateStarted
      4<-3 WaitStateEntered input={"n":1} name=Late
      5<-3 PassStateEntered input={"n":1} name=Soon
      6<-5 PassStateExited name=Soon output="soon"
      7<-4 WaitStateExited name=Late output={"n":1}
      8<-7 ParallelStateSucceeded
      9<-7 ParallelStateExited name=Both output=[{"n":1},"soon"]
      10<-9 ExecutionSucceeded output=[{"n":1},"soon"]
      "
    `);
  });

  test("aborts the other branches when one fails, and starts all of them again on a retry", async () => {
    const definition = machine({
      Both: {
        Type: "Parallel",
        Branches: [scope({ Waits: wait() }), scope({ Fails: call("boom") })],
        Retry: [{ ErrorEquals: ["Broken"], MaxAttempts: 1 }],
        End: true,
      },
    });
    expect(await history(definition, {}, ({ clock }) => clock.advance(1000))).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={}
      2<-0 ParallelStateEntered input={} name=Both
      3<-2 ParallelStateStarted
      4<-3 TaskStateEntered input={} name=Waits
      5<-4 TaskScheduled parameters={"FunctionName":"wait","Payload":{"token":"TOKEN"}} resource=invoke.waitForTaskToken
      6<-5 TaskStarted resource=invoke.waitForTaskToken
      7<-3 TaskStateEntered input={} name=Fails
      8<-7 TaskScheduled parameters={"FunctionName":"boom"} resource=invoke
      9<-8 TaskStarted resource=invoke
      10<-6 TaskSubmitted output={"ExecutedVersion":"$LATEST","Payload":{"token":"TOKEN"},"StatusCode":200} resource=invoke.waitForTaskToken
      11<-9 TaskFailed cause={"errorType":"Broken","errorMessage":"as planned","trace":[]} error=Broken resource=invoke
      12<-11 TaskStateAborted
      13<-11 TaskStateAborted
      14<-11 ParallelStateStarted
      15<-14 TaskStateEntered input={} name=Waits
      16<-15 TaskScheduled parameters={"FunctionName":"wait","Payload":{"token":"TOKEN"}} resource=invoke.waitForTaskToken
      17<-16 TaskStarted resource=invoke.waitForTaskToken
      18<-14 TaskStateEntered input={} name=Fails
      19<-18 TaskScheduled parameters={"FunctionName":"boom"} resource=invoke
      20<-19 TaskStarted resource=invoke
      21<-17 TaskSubmitted output={"ExecutedVersion":"$LATEST","Payload":{"token":"TOKEN"},"StatusCode":200} resource=invoke.waitForTaskToken
      22<-20 TaskFailed cause={"errorType":"Broken","errorMessage":"as planned","trace":[]} error=Broken resource=invoke
      23<-22 TaskStateAborted
      24<-22 TaskStateAborted
      25<-22 ParallelStateFailed
      26<-25 ExecutionFailed cause={"errorType":"Broken","errorMessage":"as planned","trace":[]} error=Broken
      "
    `);
  });
});

describe("a failed expression", () => {
  test("in a catcher fails the state a second time, from where it stood before the first", async () => {
    const definition = machine({
      Both: {
        Type: "Parallel",
        Branches: [scope({ Boom: { Type: "Fail", Error: "Broken", Cause: "as planned" } })],
        Catch: [
          { ErrorEquals: ["Other"], Next: "After" },
          { ErrorEquals: ["States.ALL"], Output: { v: "{% $states.input.none %}" }, Next: "After" },
        ],
        End: true,
      },
      After: pass(),
    });
    expect(await history(definition)).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={}
      2<-0 ParallelStateEntered input={} name=Both
      3<-2 ParallelStateStarted
      4<-3 FailStateEntered input={} name=Boom
      5<-4 ParallelStateFailed
      6<-4 EvaluationFailed cause=An error occurred while executing the state 'Both' (entered at the event id #2). The JSONata expression '$states.input.none' specified for the field 'Catch[1]/Output/v' returned nothing (undefined). error=States.QueryEvaluationError location=Catch[1]/Output/v state=Both
      7<-6 ParallelStateFailed
      8<-7 ExecutionFailed cause=An error occurred while executing the state 'Both' (entered at the event id #2). The JSONata expression '$states.input.none' specified for the field 'Catch[1]/Output/v' returned nothing (undefined). error=States.QueryEvaluationError
      "
    `);
  });

  test("in the Output of a Map follows from its last iteration", async () => {
    const definition = machine({
      Each: {
        Type: "Map",
        Items: [1],
        ItemProcessor: scope({ P: pass() }),
        Output: "{% $states.result.none %}",
        Catch: [{ ErrorEquals: ["States.QueryEvaluationError"], Output: "caught", Next: "After" }],
        End: true,
      },
      After: pass(),
    });
    expect(await history(definition)).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={}
      2<-0 MapStateEntered input={} name=Each
      3<-2 MapStateStarted length=1
      4<-3 MapIterationStarted index=0 name=Each
      5<-4 PassStateEntered input=1 name=P
      6<-5 PassStateExited name=P output=1
      7<-6 MapIterationSucceeded index=0 name=Each
      8<-7 MapStateSucceeded
      9<-7 EvaluationFailed cause=An error occurred while executing the state 'Each' (entered at the event id #2). The JSONata expression '$states.result.none' specified for the field 'Output' returned nothing (undefined). error=States.QueryEvaluationError location=Output state=Each
      10<-9 MapStateFailed
      11<-10 MapStateExited name=Each output="caught"
      12<-11 PassStateEntered input="caught" name=After
      13<-12 PassStateExited name=After output="caught"
      14<-13 ExecutionSucceeded output="caught"
      "
    `);
  });

  test("is recorded once per attempt", async () => {
    const definition = machine({
      Call: call("{% $states.input.none %}", {
        Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: 1, IntervalSeconds: 0 }],
        End: true,
      }),
    });
    expect(await history(definition, {}, ({ clock }) => clock.advance(1000))).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={}
      2<-0 TaskStateEntered input={} name=Call
      3<-0 EvaluationFailed cause=An error occurred while executing the state 'Call' (entered at the event id #2). The JSONata expression '$states.input.none' specified for the field 'Arguments/FunctionName' returned nothing (undefined). error=States.QueryEvaluationError location=Arguments/FunctionName state=Call
      4<-3 EvaluationFailed cause=An error occurred while executing the state 'Call' (entered at the event id #2). The JSONata expression '$states.input.none' specified for the field 'Arguments/FunctionName' returned nothing (undefined). error=States.QueryEvaluationError location=Arguments/FunctionName state=Call
      5<-4 ExecutionFailed cause=An error occurred while executing the state 'Call' (entered at the event id #2). The JSONata expression '$states.input.none' specified for the field 'Arguments/FunctionName' returned nothing (undefined). error=States.QueryEvaluationError
      "
    `);
  });
});

describe("Wait", () => {
  test("ends after Seconds, at Timestamp, and at once when that is past", async () => {
    const definition = machine({
      Seconds: { Type: "Wait", Seconds: "{% $states.input.s %}", Next: "Timestamp" },
      Timestamp: { Type: "Wait", Timestamp: "2026-03-01T12:00:00+02:00", Next: "Past" },
      Past: { Type: "Wait", Timestamp: "{% $states.context.Execution.StartTime %}", Next: "After" },
      After: pass({ Output: "{% $now() %}", End: true }),
    });
    expect(await history(definition, { s: 60 }, ({ clock }) => clock.advance(3_600_000))).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={"s":60}
      2<-0 WaitStateEntered input={"s":60} name=Seconds
      3<-2 WaitStateExited name=Seconds output={"s":60}
      4<-3 WaitStateEntered input={"s":60} name=Timestamp
      5<-4 WaitStateExited name=Timestamp output={"s":60}
      6<-5 WaitStateEntered input={"s":60} name=Past
      7<-6 WaitStateExited name=Past output={"s":60}
      8<-7 PassStateEntered input={"s":60} name=After
      9<-8 PassStateExited name=After output="2026-03-01T10:00:00.000Z"
      10<-9 ExecutionSucceeded output="2026-03-01T10:00:00.000Z"
      "
    `);
  });

  test.each([
    ["-1", "Expected 'non-negative integer', but was 'number' for value: -1"],
    ["1.5", "Expected 'non-negative integer', but was 'number' for value: 1.5"],
    ["'7'", "Expected 'non-negative integer', but was 'string' for value: \"7\""],
    ["24856 * 86400", "Wait state delay is too long."],
    ["$power(10, 15)", "Wait state delay is too long."],
  ])("refuses %s seconds", async (seconds, problem) => {
    const definition = machine({ Wait: { Type: "Wait", Seconds: `{% ${seconds} %}`, End: true } });
    expect(await history(definition)).toContain(problem);
  });

  test("waits as long as AWS does", async () => {
    const definition = machine({ Wait: { Type: "Wait", Seconds: "{% 24855 * 86400 %}", End: true } });
    expect(await history(definition, {}, ({ clock }) => clock.advance(24_855 * 86_400_000))).toContain(
      "ExecutionSucceeded",
    );
  });

  test("fails on a timestamp that is none", async () => {
    const definition = machine({ Wait: { Type: "Wait", Timestamp: "{% $states.input.at %}", End: true } });
    expect(await history(definition, { at: "2026-03-01 10:00:00Z" })).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={"at":"2026-03-01 10:00:00Z"}
      2<-0 WaitStateEntered input={"at":"2026-03-01 10:00:00Z"} name=Wait
      3<-2 EvaluationFailed cause=An error occurred while executing the state 'Wait' (entered at the event id #2). The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: 2026-03-01 10:00:00Z error=States.QueryEvaluationError location=Timestamp state=Wait
      4<-3 ExecutionFailed cause=An error occurred while executing the state 'Wait' (entered at the event id #2). The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: 2026-03-01 10:00:00Z error=States.QueryEvaluationError
      "
    `);
  });
});

describe("the end of an execution", () => {
  test("has the cause without an error when Fail gives only a cause", async () => {
    const definition = machine({ Stop: { Type: "Fail", Cause: "{% $states.input.why %}" } });
    expect(await history(definition, { why: "because" })).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={"why":"because"}
      2<-0 FailStateEntered input={"why":"because"} name=Stop
      3<-2 ExecutionFailed cause=because
      "
    `);
  });

  test("comes from a Fail inside a Map too", async () => {
    const definition = machine({
      Each: { Type: "Map", Items: [1], ItemProcessor: scope({ Stop: { Type: "Fail", Error: "Refused" } }), End: true },
    });
    expect(await history(definition)).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={}
      2<-0 MapStateEntered input={} name=Each
      3<-2 MapStateStarted length=1
      4<-3 MapIterationStarted index=0 name=Each
      5<-4 FailStateEntered input=1 name=Stop
      6<-5 MapIterationFailed index=0 name=Each
      7<-5 MapStateFailed
      8<-7 ExecutionFailed error=Refused
      "
    `);
  });

  test("is TIMED_OUT after the machine's TimeoutSeconds", async () => {
    const definition = machine({ Wait: { Type: "Wait", Seconds: 100, End: true } }, { TimeoutSeconds: 10 });
    expect(await history(definition, {}, ({ clock }) => clock.advance(10_000))).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={}
      2<-0 WaitStateEntered input={} name=Wait
      3<-0 ExecutionTimedOut error=States.Timeout
      "
    `);
  });

  test("is ABORTED when someone stops it, with their reason", async () => {
    const definition = machine({ Wait: { Type: "Wait", Seconds: 100, End: true } });
    const stop = async ({ states }: Room) => {
      const [running] = (await states.listExecutions({ stateMachine: "machine" })).executions;
      await states.stopExecution({
        executionArn: running?.executionArn ?? "",
        error: "Withdrawn",
        cause: "by the company",
      });
    };
    expect(await history(definition, {}, stop)).toMatchInlineSnapshot(`
      "
      1<-0 ExecutionStarted input={}
      2<-0 WaitStateEntered input={} name=Wait
      3<-0 ExecutionAborted cause=by the company error=Withdrawn
      "
    `);
  });

  test("comes after 25,000 events at the latest", async () => {
    const round = { Type: "Choice", Choices: [{ Condition: false, Next: "End" }], Default: "Again" };
    const definition = machine({ Round: round, Again: pass({ Next: "Round" }), End: pass() });
    const lines = (await history(definition)).trim().split("\n");
    expect(lines).toHaveLength(25_000);
    expect(lines.at(-1)).toBe(
      "25000<-24999 ExecutionFailed cause=The execution reached the maximum number of history events (25000). error=States.Runtime",
    );
  });
});
