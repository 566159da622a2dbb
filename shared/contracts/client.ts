/** The API as functions: path, method and types come from the contract. For the portal, programs and tests. */
import {
  type BodyOf,
  type Operation,
  type OperationId,
  type OutputOf,
  operations,
  type ParamsOf,
  type QueryOf,
} from "./operations.ts";

/** A refusal or failure the server explained; `message` is for the person. */
export class ApiProblem extends Error {
  override name = "ApiProblem" as const;
  /** Name of the refusal, e.g. "StaleDraft". */
  readonly kind: string;
  readonly title: string;
  readonly status: number;
  /** Further members of the problem document, e.g. `gaps`. */
  readonly details: Readonly<Record<string, unknown>>;
  constructor(document: { type: string; title: string; status: number; detail: string; [member: string]: unknown }) {
    super(document.detail);
    this.kind = document.type.split("/").at(-1) ?? "";
    this.title = document.title;
    this.status = document.status;
    this.details = document;
  }
}

export class NoConnection extends Error {
  override name = "NoConnection" as const;
  constructor(options: ErrorOptions) {
    super("Fairway cannot be reached. Check your connection; what you typed is kept on this device.", options);
  }
}

/** A part whose members are all optional may be left out. */
type Part<Name extends string, Value> =
  Record<never, never> extends Value ? { readonly [_ in Name]?: Value } : { readonly [_ in Name]: Value };

export type InputOf<Id extends OperationId> = Part<"params", ParamsOf<Id>> &
  Part<"query", QueryOf<Id>> &
  Part<"body", BodyOf<Id>>;

/** Rejects with `ApiProblem` or `NoConnection`, or with what the session throws when it has ended. */
export type Call = <Id extends OperationId>(id: Id, input: InputOf<Id>) => Promise<OutputOf<Id>>;

export interface ClientOptions {
  /** Without a trailing slash; "" is the page's own origin. */
  readonly baseUrl: string;
  /** The membership acted in; without one the server takes the person's first. */
  readonly membershipId?: string | undefined;
  /** Somebody away, whom the person stands in for and acts for. */
  readonly standingInFor?: string | undefined;
  /** The language to be answered in, BCP 47; without one the person's own. */
  readonly language?: () => string;
  readonly accessToken: () => Promise<string>;
  /** Asked once when the server does not take the token (any more). */
  readonly renewToken?: () => Promise<string>;
}

export function createClient(options: ClientOptions): Call {
  const { baseUrl, membershipId, standingInFor, language, accessToken, renewToken } = options;
  return async <Id extends OperationId>(id: Id, input: InputOf<Id>): Promise<OutputOf<Id>> => {
    const operation: Operation = operations[id];
    const parts: { params?: object; query?: object; body?: object } = input;
    const isGet = operation.method === "GET";
    const request = { method: operation.method, ...(isGet ? {} : { body: JSON.stringify(parts.body ?? {}) }) };
    const url = baseUrl + addressOf(operation.path, parts.params ?? {}, parts.query ?? {});
    const headers = (token: string) => ({
      authorization: `Bearer ${token}`,
      accept: "application/json",
      ...(language === undefined ? {} : { "accept-language": language() }),
      ...(isGet ? {} : { "content-type": "application/json" }),
      ...(membershipId === undefined ? {} : { "fairway-membership": membershipId }),
      ...(standingInFor === undefined ? {} : { "fairway-for": standingInFor }),
    });
    let response = await reach(url, { ...request, headers: headers(await accessToken()) });
    if (response.status === 401 && renewToken !== undefined) {
      response = await reach(url, { ...request, headers: headers(await renewToken()) });
    }
    if (!response.ok) throw await problemOf(response);
    // The server answers by the same declaration the type is made from.
    return (await response.json()) as OutputOf<Id>;
  };
}

function addressOf(path: string, params: object, query: object): string {
  const values = new Map<string, unknown>(Object.entries(params));
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values.get(name))));
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return search === "" ? filled : `${filled}?${search}`;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    throw new NoConnection({ cause });
  }
}

async function problemOf(response: Response): Promise<ApiProblem | NoConnection> {
  const body: unknown = await response.json().catch(() => undefined);
  if (isProblem(body)) return new ApiProblem(body);
  // Whoever answered in place of Fairway, e.g. a proxy, knows nothing of the request.
  return new NoConnection({ cause: new Error(`${response.status} without a problem document`) });
}

type ProblemDocument = ConstructorParameters<typeof ApiProblem>[0];

/** By hand: a browser that only calls the API should not have to load a schema library for this. */
function isProblem(body: unknown): body is ProblemDocument {
  if (typeof body !== "object" || body === null) return false;
  const { type, title, status, detail }: Partial<Record<keyof ProblemDocument, unknown>> = body;
  return [type, title, detail].every((member) => typeof member === "string") && typeof status === "number";
}
