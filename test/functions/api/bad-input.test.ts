import { generateKeyPair } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiResponse, MAX_BODY_BYTES } from "../../../functions/api/api.ts";
import { type Operation, type OperationId, operations } from "../../../shared/contracts/operations.ts";
import { problem } from "../../../shared/contracts/views.ts";
import { roles } from "../../../shared/domain/actor.ts";
import { startFairway } from "../../support/fairway.ts";
import { signIn } from "../../support/sign-in.ts";
import { exampleInput, inputSchema, wrongTypeOf } from "./example-inputs.ts";
import {
  callerOf,
  FOREIGN_PERSON_ID,
  FOREIGN_PILOT_ID,
  FOREIGN_WORDS,
  insiders,
  openSampleApi,
  outsiders,
  PILOT_ID,
  type SampleApi,
} from "./sample-api.ts";

// Object.keys of a const object without other members.
const operationIds = Object.keys(operations) as OperationId[];
const declared = (id: OperationId): Operation => operations[id];

let sample: SampleApi;
beforeAll(async () => {
  sample = await openSampleApi();
});
afterAll(() => sample.close());

/** What is sent in place of a good call, and the status it earns. */
interface Fault {
  readonly what: string;
  readonly status: number | readonly number[];
  readonly send: (id: OperationId) => Promise<ApiResponse>;
  /** Where in the body the problem is, when the document has to say so. */
  readonly pointer?: string;
}

const noSuchThings: Readonly<Record<string, readonly string[]>> = {
  pilotId: ["no-such-pilot", "constructor", "toString"],
  deliverableId: ["XX-9", "constructor", "valueOf"],
  taskId: ["XX-9.produce.1", "constructor", "__proto__"],
  runId: ["needs-9", "constructor", "toString"],
  conditionId: ["condition-99", "constructor"],
  personId: ["no-such-person", "constructor"],
  revision: ["9999"],
};

const oddSegments = [
  ["an encoded slash", "%2F"],
  ["an encoded way up", "..%2F..%2Fetc%2Fpasswd"],
  ["a null character", "%00"],
  ["half an escape", "%E0%A4%A"],
  ["a lone surrogate", "%ED%A0%80"],
  ["letters from elsewhere", encodeURIComponent("pilot-ä-日本-🛶")],
  ["two thousand letters", "x".repeat(2000)],
  ["nothing", ""],
  ["a key of ours", encodeURIComponent("p#PILOT")],
] as const;

function faultsOf(id: OperationId): readonly Fault[] {
  const operation = declared(id);
  const { method, path } = operation;
  const input = exampleInput(id);
  const who = callerOf(id);
  const hasBody = method !== "GET";
  const members = Object.entries(inputSchema(operation.body).properties);
  const required = inputSchema(operation.body).required ?? [];
  const params = Object.keys(operation.params.shape);
  const withBody = (body: unknown) => () => sample.call(who, id, { ...input, body });
  const withHeaders = (headers: () => Promise<Record<string, string | undefined>>) => async () =>
    sample.call(who, id, { ...input, headers: await headers() });
  const withText =
    (body: string, contentType = "application/json") =>
    () =>
      sample.send(who, {
        method,
        path: path.replaceAll(/\{(\w+)\}/g, (_, name: string) => input.params[name] ?? ""),
        query: {},
        headers: { "content-type": contentType },
        body,
      });
  const barred = roles.find((role) => role !== "sme_member" && !operation.roles.includes(role));

  const identity: Fault[] = [
    { what: "no token", status: 401, send: withHeaders(async () => ({ authorization: undefined })) },
    {
      what: "an expired token",
      status: 401,
      send: withHeaders(async () => ({ authorization: `Bearer ${await sample.tokenOf(who, { exp: 1_700_000_000 })}` })),
    },
    {
      what: "a token signed with another key",
      status: 401,
      send: withHeaders(async () => {
        const { privateKey } = await generateKeyPair("ES256");
        return { authorization: `Bearer ${await sample.tokenOf(who, {}, privateKey)}` };
      }),
    },
    {
      what: "a token without a signature",
      status: 401,
      send: withHeaders(async () => {
        const [, claims] = (await sample.tokenOf(who)).split(".");
        return { authorization: `Bearer ${btoa('{"alg":"none"}')}.${claims}.` };
      }),
    },
    {
      what: "the token of nobody we know",
      status: 403,
      send: withHeaders(async () => ({ authorization: `Bearer ${await sample.tokenOf("nobody")}` })),
    },
    {
      what: "a membership of somebody else",
      status: 403,
      send: withHeaders(async () => ({ "fairway-membership": "secret-programme#sme_admin#secret-company" })),
    },
    ...(barred === undefined
      ? []
      : [{ what: `the role ${barred}`, status: 403, send: () => sample.call(insiders[barred], id, input) }]),
  ];

  const address: Fault[] = [
    ...["DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "get"].map((wrong) => ({
      what: `the method ${wrong}`,
      status: 405,
      send: () => sample.send(who, { method: wrong, path: path.replaceAll(/\{\w+\}/g, "x"), query: {}, headers: {} }),
    })),
    ...params.flatMap((name) =>
      oddSegments.map(([what, segment]) => ({
        what: `${what} as ${name}`,
        status: [400, 404],
        send: () =>
          sample.send(who, {
            method,
            path: path.replaceAll(/\{(\w+)\}/g, (_, each: string) =>
              each === name ? segment : (input.params[each] ?? ""),
            ),
            query: input.query,
            headers: {},
            ...(hasBody ? { body: JSON.stringify(input.body) } : {}),
          }),
      })),
    ),
    {
      what: "a query parameter nobody knows",
      status: 400,
      send: () => sample.call(who, id, { ...input, query: { ...input.query, admin: "true" } }),
    },
    ...("cursor" in operation.query.shape
      ? ["x", btoa("[]"), btoa('["GSI1","x","y","z"]'), "%00"].map((cursor) => ({
          what: `the cursor ${cursor}`,
          // A list that is read whole does not look at it.
          status: id === "listTasks" ? [200, 400] : 400,
          send: () => sample.call(who, id, { ...input, query: { ...input.query, cursor } }),
        }))
      : []),
  ];

  const unknown: Fault[] = params.flatMap((name) =>
    (noSuchThings[name] ?? []).map((value) => ({
      what: `the ${name} ${value}, which there is not`,
      status: [400, 404],
      send: () => sample.call(who, id, { ...input, params: { ...input.params, [name]: value } }),
    })),
  );

  const body: Fault[] = !hasBody
    ? []
    : [
        { what: "an unknown member", status: 400, send: withBody({ ...input.body, isAdmin: true }) },
        {
          what: "a member called __proto__",
          status: 400,
          send: withText(`{"__proto__":{"isAdmin":true},${JSON.stringify(input.body).slice(1)}`.replace(",}", "}")),
        },
        ...members.map(([name, schema]) => ({
          what: `${name} of another type`,
          status: 400,
          pointer: `/${name}`,
          send: withBody({ ...input.body, [name]: wrongTypeOf(schema) }),
        })),
        ...members.map(([name]) => ({
          what: `null as ${name}`,
          status: 400,
          pointer: `/${name}`,
          send: withBody({ ...input.body, [name]: null }),
        })),
        ...required.map((name) => ({
          what: `no ${name}`,
          status: 400,
          pointer: `/${name}`,
          send: withBody(Object.fromEntries(Object.entries(input.body).filter(([each]) => each !== name))),
        })),
        ...["null", "[]", "7", '"words"', "true"].map((json) => ({
          what: `the body ${json}`,
          status: 400,
          send: withText(json),
        })),
        ...["{", "{'a':1}", '{"a":1}x', '{"a":01}', "\uFEFF\u0000", "undefined"].map((text) => ({
          what: `the text ${JSON.stringify(text)} as JSON`,
          status: 400,
          send: withText(text),
        })),
        { what: "ten thousand brackets", status: 400, send: withText("[".repeat(10_000) + "]".repeat(10_000)) },
        { what: "10 MB", status: 413, send: withText(`{"text":"${"x".repeat(10_000_000)}"}`) },
        { what: "a byte too much", status: 413, send: withText(`"${"x".repeat(MAX_BODY_BYTES - 1)}"`) },
        { what: "a form of a browser", status: 415, send: withText("a=1", "application/x-www-form-urlencoded") },
        { what: "no content type", status: 415, send: withText(JSON.stringify(input.body), "") },
      ];

  return [...identity, ...address, ...unknown, ...body];
}

/** As it came over HTTP. */
async function received(response: Response): Promise<ApiResponse> {
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
}

/** A problem document of the status, made for people, with nothing of the inside or of others in it. */
function expectRefusal(response: ApiResponse, status: Fault["status"], secrets: readonly string[] = FOREIGN_WORDS) {
  expect(typeof status === "number" ? [status] : status, response.body).toContain(response.status);
  if (response.status === 200) return;
  expect(response.headers["content-type"]).toMatch(/^application\/problem\+json\b/);
  expect(response.headers["cache-control"]).toBe("no-store");
  const document = problem.parse(JSON.parse(response.body));
  expect(document.status).toBe(response.status);
  expect(document.type).toMatch(/^\/problems\/[A-Z][A-Za-z]+$/);
  expect(document.title).toMatch(/\w/);
  expect(document.detail).toMatch(/\w.*[.!?]$/);
  expect(response.body).not.toMatch(
    /\bat [\w.<>]+ \(|\.ts\b|node:|node_modules|\/work\/|\bSELECT\b|sqlite|Zod|TypeError|RangeError|\bstack\b/,
  );
  for (const secret of secrets) expect(response.body).not.toContain(secret);
}

const cases = operationIds.flatMap((id) => faultsOf(id).map((fault) => ({ id, what: fault.what, fault })));

describe("every operation", () => {
  test.each(cases)("$id refuses $what", async ({ id, fault }) => {
    const before = sample.writes();
    const response = await fault.send(id);
    expectRefusal(response, fault.status);
    if (response.status === 405) expect(response.headers.allow).toContain(declared(id).method);
    if (response.status === 401) expect(response.headers["www-authenticate"]).toBe("Bearer");
    if (fault.pointer !== undefined) {
      const { problems } = JSON.parse(response.body);
      expect(problems.map(({ pointer }: { pointer: string }) => pointer)).toContainEqual(
        expect.stringMatching(new RegExp(`^${fault.pointer}(/|$)`)),
      );
    }
    expect(sample.writes()).toBe(before);
    expect(sample.unexpected.splice(0)).toEqual([]);
  });
});

describe("every operation on a pilot", () => {
  const onPilots = operationIds.filter((id) => "pilotId" in operations[id].params.shape);

  const strangers = onPilots.flatMap((id) => [
    ...declared(id).roles.map((role) => ({ id, role, personId: insiders[role], pilotId: FOREIGN_PILOT_ID })),
    ...declared(id).roles.flatMap((role) => {
      const personId = outsiders[role];
      return personId === undefined ? [] : [{ id, role, personId, pilotId: PILOT_ID }];
    }),
  ]);

  test.each(strangers)("$id of a $role does not tell $pilotId from one that is not there", async (stranger) => {
    const { id, personId, pilotId } = stranger;
    const before = sample.writes();
    const { params, ...input } = exampleInput(id);
    const [hidden, missing] = await Promise.all([
      sample.call(personId, id, { ...input, params: { ...params, pilotId } }),
      sample.call(personId, id, { ...input, params: { ...params, pilotId: "no-such-pilot" } }),
    ]);
    expectRefusal(hidden, [403, 404], [...FOREIGN_WORDS, "Birch"]);
    expect(hidden).toEqual(missing);
    expect(sample.writes()).toBe(before);
  });
});

describe("people and organisations of another programme", () => {
  const ids = operationIds.filter((id) => !("pilotId" in operations[id].params.shape));

  test.each(ids)("are in no answer of %s", async (id) => {
    for (const role of declared(id).roles) {
      const { params, ...input } = exampleInput(id);
      if (id === "startApplication" || id === "moveClock") continue;
      const { body } = await sample.call(insiders[role], id, {
        ...input,
        params: "personId" in params ? { ...params, personId: FOREIGN_PERSON_ID } : params,
      });
      for (const word of FOREIGN_WORDS) expect(body).not.toContain(word);
    }
  });

  test("cannot be given work, and their names are not told", async () => {
    const before = sample.writes();
    const params = { pilotId: PILOT_ID };
    const team = [{ personId: FOREIGN_PERSON_ID, role: "advisor" }];
    const answers = [
      await sample.call("coordinator-1", "changeTeam", { params, body: { team } }),
      await sample.call("coordinator-1", "planDeparture", {
        params: { personId: "advisor-1" },
        body: { successorId: FOREIGN_PERSON_ID, lastDay: "2027-04-01", reason: "Moves away" },
      }),
    ];
    const pilot = await sample.pilots.load(PILOT_ID);
    for (const { id, kind } of Object.values(pilot?.tasks ?? {}).filter(({ status }) => status === "ready")) {
      const body = { toPersonId: FOREIGN_PERSON_ID };
      const input = { params: { ...params, taskId: id }, body };
      answers.push(await sample.call("coordinator-1", "nominateTask", input));
      if (kind === "produce") answers.push(await sample.call("sme-birch-admin", "forwardTask", input));
    }
    expect(answers.length).toBeGreaterThan(3);
    for (const answer of answers) expectRefusal(answer, [403, 404, 409, 422]);
    expect(sample.writes()).toBe(before);
  });

  test("keep an application's id to themselves", async () => {
    const before = sample.writes();
    const body = { pilotId: FOREIGN_PILOT_ID, title: "Mine" };
    const theirs = await sample.call("sme-aurora-admin", "startApplication", { body });
    expectRefusal(theirs, [404]);
    const inProgramme = await sample.call("sme-aurora-admin", "startApplication", {
      body: { pilotId: PILOT_ID, title: "Mine" },
    });
    expectRefusal(inProgramme, [404, 409], ["Birch"]);
    expect(sample.writes()).toBe(before);
  });
});

describe("what was seen in an older version", () => {
  const versions = ["expectedVersion", "baseDraftVersion", "round", "revision"] as const;
  const versioned = operationIds.flatMap((id) =>
    versions.filter((member) => member in operations[id].body.shape).map((member) => ({ id, member })),
  );

  /** A task of the company that its admin has delegated to its member. */
  async function delegate(): Promise<void> {
    const pilotId = "sample-at-risk";
    const { tasks } = await pilotOf(pilotId);
    const task = Object.values(tasks).find(
      ({ candidateRole, kind, status }) => candidateRole === "sme" && kind === "produce" && status === "ready",
    );
    const params = { pilotId, taskId: task?.id ?? "" };
    await sample.call("sme-iris-admin", "claimTask", { params });
    const delegated = await sample.call("sme-iris-admin", "delegateTask", {
      params,
      body: { toPersonId: "sme-iris-member" },
    });
    expect(delegated.status, delegated.body).toBe(200);
  }

  /** Every place in some sample pilots the operation could be about, with everybody who could ask, and for whom. */
  async function* attempts(id: OperationId) {
    const { params, body } = exampleInput(id);
    const { expectedVersion: _, toRole: __, ...given } = body;
    const rest = { ...given, ...("priority" in body ? { priority: "high" } : {}) };
    for (const pilotId of ["sample-at-risk", PILOT_ID, "sample-at-gate-1", "sample-rework"]) {
      const { pilot, tasks, deliverables } = await pilotOf(pilotId);
      const company = ["admin", "member"].map((each) => `sme-${pilot.organisationId}-${each}`);
      const people = [...pilot.team.map(({ personId }) => personId), ...company, "coordinator-1", "coordinator-2"];
      const openTasks = Object.values(tasks).filter(({ status }) => status !== "completed");
      const places: readonly Record<string, string>[] =
        "taskId" in params
          ? openTasks.map((task) => ({ taskId: task.id }))
          : "deliverableId" in params
            ? Object.keys(deliverables).map((deliverableId) => ({ deliverableId }))
            : [{ runId: pilot.currentRunId ?? "" }];
      const wishes = "toPersonId" in body ? people.map((toPersonId) => ({ toPersonId })) : [{}];
      for (const place of places) {
        for (const personId of people) {
          for (const wish of wishes)
            yield { personId, params: { ...params, pilotId, ...place }, body: { ...rest, ...wish } };
        }
      }
    }
  }

  async function pilotOf(pilotId: string) {
    const state = await sample.pilots.load(pilotId);
    if (state === undefined) throw new Error(`The sample programme has no ${pilotId}.`);
    return state;
  }

  test.each(versioned)("is not changed by $id: $member", async ({ id, member }) => {
    if (id === "returnTask") await delegate();
    const before = sample.writes();
    const answers: string[] = [];
    let isStale = false;
    for await (const { personId, params, body } of attempts(id)) {
      const response = await sample.call(personId, id, { params, body: { ...body, [member]: 9999 } });
      const document = JSON.parse(response.body);
      // 200: what was wished had come true before.
      answers.push(response.status === 200 ? "200" : document.detail);
      isStale = response.status === 409 && (/Stale|Newer/.test(document.type) || "round" in document);
      if (isStale) break;
    }
    expect(isStale, answers.at(-1)).toBe(true);
    expect(sample.writes()).toBe(before);
    expect(sample.unexpected.splice(0)).toEqual([]);
  });
});

test("half a million brackets are refused like ten", async () => {
  const body = "[".repeat(499_999) + "]".repeat(499_999);
  const path = `/api/pilots/${PILOT_ID}/comments`;
  expectRefusal(await sample.send("advisor-1", { method: "POST", path, query: {}, headers: {}, body }), 400);
});

test("the clock is not sent on a way of thousands of years", async () => {
  const before = sample.writes();
  const response = await sample.call("coordinator-1", "moveClock", { body: { to: "9999-12-31T23:59:59.999Z" } });
  expectRefusal(response, 422);
  expect(sample.writes()).toBe(before);
});

describe("over HTTP", () => {
  test("bad input is refused in the same way, and changes nothing", async () => {
    await using fairway = await startFairway();
    const address = `${fairway.url}/api`;
    const token = await signIn(fairway.url, "sme-aurora-admin");
    const coordinator = await signIn(fairway.url, "coordinator-1");
    const json = (body: string, more: Record<string, string> = {}): RequestInit => ({
      method: "POST",
      body,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...more },
    });
    const ask = async (path: string, init: RequestInit = {}) => received(await fetch(address + path, init));
    const timeline = async () => {
      const headers = { authorization: `Bearer ${coordinator}` };
      return (await ask("/pilots/p-1/timeline", { headers })).body;
    };
    const started = await ask("/applications", json('{"pilotId":"p-1","title":"Diary"}'));
    expect(started.status).toBe(200);
    const before = await timeline();

    const draft = "/pilots/p-1/deliverables/IN-1/draft";
    const [head = "", claims = ""] = token.split(".");
    const refused: readonly (readonly [string, RequestInit, Fault["status"]])[] = [
      ["/me", {}, 401],
      ["/me", { headers: { authorization: `Bearer ${btoa('{"alg":"none"}')}.${claims}.` } }, 401],
      ["/me", { headers: { authorization: `Bearer ${head}.${claims}.${"A".repeat(86)}` } }, 401],
      ["/me", { headers: { authorization: `Bearer ${token}`, "fairway-membership": "sample#coordinator#x" } }, 403],
      ["/me", json("{}"), 405],
      ["/nothing", { headers: { authorization: `Bearer ${token}` } }, 404],
      ["/pilots/p-1%2Fcomments", json("{}"), [404, 405]],
      ["/pilots/%00", { headers: { authorization: `Bearer ${token}` } }, 400],
      [`/pilots/${"x".repeat(5000)}`, { headers: { authorization: `Bearer ${token}` } }, 400],
      ["/pilots/p-1/admission", json('{"team":[]}'), 403],
      ["/pilots/p-1/comments", json("{"), 400],
      ["/pilots/p-1/comments", json('{"text":"Hi","admin":true}'), 400],
      ["/pilots/p-1/comments", json('{"text":7}'), 400],
      ["/pilots/p-1/comments", json('{"text":"Hi"}', { "content-type": "text/plain" }), 415],
      ["/pilots/p-1/comments", json(JSON.stringify({ text: "x".repeat(10_000_000) })), 413],
      ["/pilots/p-2/comments", json('{"text":"Hi"}'), 404],
      [draft, { ...json('{"baseDraftVersion":99,"values":{}}'), method: "PUT" }, 409],
      [draft, { ...json('{"baseDraftVersion":0,"values":{"a":[[[[["x"]]]]]'), method: "PUT" }, 400],
    ];
    for (const [path, init, status] of refused) expectRefusal(await ask(path, init), status);
    expect(await timeline()).toBe(before);
  });
});
