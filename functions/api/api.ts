/**
 * The API: from a request to an operation of the contract and back. Knows no HTTP server: `local/http` and
 * `functions/lambda/api.ts` carry requests here and answers away.
 *
 * In order: the path names the operation, the token the person, the memberships the role; then the input is checked
 * against the contract. Only a call that passed all of it reaches a handler; what a handler refuses changed nothing.
 */
import type { Membership, Person } from "../../shared/contracts/items.ts";
import { type Operation, type OperationId, operations } from "../../shared/contracts/operations.ts";
import { portalLanguages } from "../../shared/contracts/personal-operations.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import { actorOf, isCurrent, membershipId, membershipsOf, readPerson } from "../../shared/records/people.ts";
import { absenceHandlers, standingInFor } from "./absence.ts";
import { accessHandlers } from "./access.ts";
import { agreementHandlers } from "./agreement.ts";
import { calendarFeed, calendarSecret } from "./calendar.ts";
import { dashboardHandlers } from "./dashboard.ts";
import { deliverableHandlers } from "./deliverables.ts";
import { departureHandlers } from "./departure.ts";
import { engineHandlers } from "./engine.ts";
import { fileHandlers } from "./files.ts";
import { gateDossierHandlers } from "./gate-dossier.ts";
import { gateHandlers } from "./gates.ts";
import type { ApiDependencies, Call, Handlers } from "./handlers.ts";
import { memberHandlers } from "./members.ts";
import { createNames } from "./names.ts";
import { noteHandlers } from "./notes.ts";
import { OPENAPI_PATH, openApiJson } from "./openapi.ts";
import { pilotHandlers } from "./pilots.ts";
import { privacyHandlers } from "./privacy.ts";
import { BadRequest, type Problem, toProblem, Unavailable } from "./problems.ts";
import { processVersionHandlers } from "./process-versions.ts";
import { programmeHandlers } from "./programme.ts";
import { programmeSettingsHandlers } from "./programme-settings.ts";
import { searchHandlers } from "./search.ts";
import { settingsHandlers } from "./settings.ts";
import { supportHandlers } from "./support.ts";
import { taskHandlers } from "./tasks.ts";
import { teamHandlers } from "./team.ts";
import { InvalidToken, type TokenVerifier } from "./token.ts";
import { viewHandlers } from "./views.ts";
import { sayingWhoWasQuicker } from "./who-was-quicker.ts";

export interface ApiRequest {
  readonly method: string;
  /** Without the query string. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Raw text; undefined when there is none. */
  readonly body?: string | undefined;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Larger bodies are refused unread; the largest form is far smaller. */
export const MAX_BODY_BYTES = 1_000_000;

/** Deeper bodies are refused: whatever walks through them later may do so by recursion. Forms need about six. */
const MAX_BODY_DEPTH = 50;

const jsonHeaders = { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" };
/** The same for everybody until the next version is started. */
const documentHeaders = { ...jsonHeaders, "cache-control": "public, max-age=300" };
/** Not kept anywhere on the way: the address is a secret. */
const calendarHeaders = { "content-type": "text/calendar; charset=utf-8", "cache-control": "private, no-store" };
const problemHeaders = { "content-type": "application/problem+json; charset=utf-8", "cache-control": "no-store" };

export interface Api {
  handle(request: ApiRequest): Promise<ApiResponse>;
}

export function createApi(
  dependencies: ApiDependencies & {
    readonly verifyToken: TokenVerifier["verify"];
    /** Seconds this person has to wait, having asked too much; absent where the gateway in front limits. */
    readonly waitFor?: (personId: string) => number | undefined;
    /** Told of every error that is nobody's mistake but ours. */
    readonly onUnexpected: (error: unknown) => void;
  },
): Api {
  const handlers: Handlers<OperationId> = {
    ...programmeHandlers(dependencies),
    ...pilotHandlers(dependencies),
    ...deliverableHandlers(dependencies),
    ...taskHandlers(dependencies),
    ...gateHandlers(dependencies),
    ...gateDossierHandlers(dependencies),
    ...agreementHandlers(dependencies),
    ...noteHandlers(dependencies),
    ...supportHandlers(dependencies),
    ...accessHandlers(dependencies),
    ...fileHandlers(dependencies),
    ...settingsHandlers(dependencies),
    ...privacyHandlers(dependencies),
    ...viewHandlers(dependencies),
    ...searchHandlers(dependencies),
    ...absenceHandlers(dependencies),
    ...teamHandlers(dependencies),
    ...memberHandlers(dependencies),
    ...departureHandlers(dependencies),
    ...dashboardHandlers(dependencies),
    ...programmeSettingsHandlers(dependencies),
    ...processVersionHandlers(dependencies),
    ...engineHandlers(dependencies),
  };

  /** `recognised` hears who asks as soon as that is known: what is refused later is told in their language. */
  async function answer(request: ApiRequest, recognised: (person: Person) => void): Promise<unknown> {
    const { id, operation, params } = route(request.method, request.path);
    const { personId } = await verify(request.headers.authorization);
    const seconds = dependencies.waitFor?.(personId);
    if (seconds !== undefined) throw new TooManyRequests(seconds);
    const caller = await identify(personId, request.headers["fairway-membership"], operation, recognised);
    const away = request.headers["fairway-for"];
    const at = dependencies.clock.now().toISOString();
    const actor =
      away === undefined ? actorOf(caller.acting, at) : await standingInFor(dependencies, caller.acting, away);
    const call = {
      params: operation.params.parse(params),
      query: operation.query.parse(request.query),
      body: operation.body.parse(operation.method === "GET" ? {} : bodyOf(request)),
      ...caller,
      actor,
      names: createNames(
        dependencies.store,
        languageWanted(request.headers["accept-language"]) ?? caller.person.language,
      ),
    };
    // The table's type ties each id to its own input, which the schemas above have just checked.
    const handler = handlers[id] as (call: Call<OperationId>) => Promise<unknown>;
    const answered = await handler(call as unknown as Call<OperationId>).catch(async (error: unknown) => {
      throw await sayingWhoWasQuicker(error, call);
    });
    const output = operation.output.safeParse(answered);
    // Not the caller's mistake, so not for the caller to read.
    if (!output.success) throw new Error(`The answer of ${id} is not what the contract says.`, { cause: output.error });
    return output.data;
  }

  async function verify(authorization: string | undefined) {
    try {
      return await dependencies.verifyToken(authorization);
    } catch (error) {
      throw error instanceof InvalidToken ? error : new Unavailable({ cause: error });
    }
  }

  async function identify(
    personId: string,
    wanted: string | undefined,
    operation: Operation,
    recognised: (person: Person) => void,
  ) {
    const { store, clock } = dependencies;
    const [person, all] = await Promise.all([readPerson(store, personId), membershipsOf(store, personId)]);
    if (person !== undefined) recognised(person);
    const memberships: Membership[] = all.filter((membership) => isCurrent(membership, clock.now()));
    if (person === undefined || memberships.length === 0) {
      throw new Refusal("NotAllowed", "no_membership");
    }
    const acting = wanted === undefined ? memberships[0] : memberships.find((each) => membershipId(each) === wanted);
    if (acting === undefined) throw new Refusal("NotAllowed", "role_not_held");
    if (!operation.roles.includes(acting.role)) {
      throw new Refusal("NotAllowed", { key: "role_cannot", role: acting.role }, { role: acting.role });
    }
    return { person, memberships, acting };
  }

  async function calendarAnswer(secret: string): Promise<ApiResponse> {
    const feed = await calendarFeed(dependencies, secret);
    if (feed === undefined) throw new BadRequest(404, "calendar_link_ended");
    return { status: 200, headers: calendarHeaders, body: feed };
  }

  return {
    async handle(request) {
      if (request.method === "GET" && request.path === OPENAPI_PATH) {
        return { status: 200, headers: documentHeaders, body: openApiJson() };
      }
      let person: Person | undefined;
      try {
        const secret = request.method === "GET" ? calendarSecret(request.path) : undefined;
        if (secret !== undefined) return await calendarAnswer(secret);
        const output = await answer(request, (asking) => {
          person = asking;
        });
        return { status: 200, headers: jsonHeaders, body: JSON.stringify(output) };
      } catch (error) {
        const problem: Problem = toProblem(error, {
          language: languageWanted(request.headers["accept-language"]) ?? person?.language ?? "en",
          country: person?.country ?? "",
          now: dependencies.clock.now(),
        });
        if (problem.status >= 500) dependencies.onUnexpected(error);
        return {
          status: problem.status,
          headers: { ...problemHeaders, ...headersOf(error) },
          body: JSON.stringify(problem),
        };
      }
    },
  };
}

class MethodNotAllowed extends BadRequest {
  /** Methods, as in the header Allow. */
  readonly allowed: string;
  constructor(allowed: string) {
    super(405, { key: "method_not_taken", allowed });
    this.allowed = allowed;
  }
}

class TooManyRequests extends BadRequest {
  readonly seconds: number;
  constructor(seconds: number) {
    super(429, { key: "too_many_requests", seconds });
    this.seconds = seconds;
  }
}

/** What HTTP asks for beside the problem document (RFC 9110, 10.2.1, 10.2.3 and 11.6.1). */
function headersOf(error: unknown): Record<string, string> {
  if (error instanceof MethodNotAllowed) return { allow: error.allowed };
  if (error instanceof TooManyRequests) return { "retry-after": String(error.seconds) };
  if (error instanceof InvalidToken) return { "www-authenticate": "Bearer" };
  if (error instanceof Unavailable) return { "retry-after": "5" };
  return {};
}

interface Route {
  readonly id: OperationId;
  readonly operation: Operation;
  readonly segments: readonly string[];
}

const routes: readonly Route[] = Object.entries(operations).map(([id, operation]) => ({
  // Object.entries forgets that the names are those of the table.
  id: id as OperationId,
  operation,
  segments: operation.path.split("/"),
}));

function route(
  method: string,
  path: string,
): { id: OperationId; operation: Operation; params: Record<string, string> } {
  const given = path.split("/").map(decoded);
  const matching = routes.filter(
    ({ segments }) =>
      segments.length === given.length &&
      segments.every((segment, index) => segment.startsWith("{") || segment === given[index]),
  );
  const found = matching.find(({ operation }) => operation.method === method);
  if (found === undefined) {
    if (matching.length > 0) {
      throw new MethodNotAllowed(matching.map(({ operation }) => operation.method).join(", "));
    }
    throw new BadRequest(404, "nothing_here");
  }
  const params = Object.fromEntries(
    found.segments.flatMap((segment, index) =>
      segment.startsWith("{") ? [[segment.slice(1, -1), given[index] ?? ""]] : [],
    ),
  );
  return { id: found.id, operation: found.operation, params };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new BadRequest(404, "nothing_here");
  }
}

function bodyOf({ body, headers }: ApiRequest): unknown {
  if (body === undefined || body === "") return {};
  if (new TextEncoder().encode(body).length > MAX_BODY_BYTES) {
    throw new BadRequest(413, "request_too_large");
  }
  if (!(headers["content-type"] ?? "").startsWith("application/json")) {
    throw new BadRequest(415, "not_sent_as_json");
  }
  const parsed = parseJson(body);
  if (!isShallow(parsed, MAX_BODY_DEPTH)) {
    throw new BadRequest(400, "nested_too_deeply");
  }
  return parsed;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new BadRequest(400, "not_json");
  }
}

/** Whether nothing in a JSON value lies deeper than so many levels. */
function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.values(value).every((member) => isShallow(member, levels - 1));
}

/** The first language of the header when it is one of the portal's: who chose another on a device is answered in that. */
function languageWanted(header: string | undefined): string | undefined {
  const [first] = header?.toLowerCase().split(/[-,;]/) ?? [];
  return portalLanguages.find((language) => language === first?.trim());
}
