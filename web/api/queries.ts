/**
 * Reading and changing by the ids of the contract. An answer is kept under [operation id, input]; each membership has a
 * cache of its own, so nothing of one role shows in another. A command that answers with a view puts it in place of the
 * kept one at once, then has what it touches asked anew.
 */
import {
  hashKey,
  QueryCache,
  QueryClient,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  useInfiniteQuery,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useCallback, useDeferredValue } from "react";
import { ApiProblem, type InputOf, NoConnection } from "../../shared/contracts/client.ts";
import { type OperationId, type OutputOf, operations } from "../../shared/contracts/operations.ts";
import { usePortal } from "../portal.ts";
import { SessionEnded } from "../session.ts";
import { tellProblem } from "../shell/messages.ts";

export function createQueryClient(): QueryClient {
  return new QueryClient({
    // What is shown stays; that it could not be refreshed is told aside. Without anything to show the page says it.
    queryCache: new QueryCache({
      onError: (error, { state }) => {
        if (state.data !== undefined && !(error instanceof SessionEnded)) tellProblem(error);
      },
    }),
    defaultOptions: {
      queries: { staleTime: 10_000, retry: isWorthRepeating, networkMode: "always" },
      // Commands are not repeated by themselves: whoever sent one is told and decides.
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

/** A refusal stays one; a busy server or a gap in the connection may pass. */
export const mayPass = (error: unknown): boolean =>
  error instanceof NoConnection || (error instanceof ApiProblem && error.status >= 500);

const isWorthRepeating = (failures: number, error: unknown): boolean => mayPass(error) && failures < 2;

const keyOf = <Id extends OperationId>(id: Id, input: InputOf<Id>) => [id, input] as const;

interface Asking<Answer> {
  /** Ask again after so long, as long as this says so. */
  readonly again?: (answer: Answer | undefined) => number | false;
  readonly enabled?: boolean;
}

/** What is known of a question: its answer, or what did not work, or neither yet. */
export interface Asked<Answer> {
  readonly data: Answer | undefined;
  readonly error: Error | null;
  /** Neither answered nor refused, or not asked. */
  readonly isPending: boolean;
  /** Whether it is asked at all. */
  readonly isEnabled: boolean;
  refetch(): unknown;
}

/**
 * Asks when a component shows and when its input changes. The first answer is drawn in pieces, between which a phone listens
 * to whoever uses it; what takes its place later is drawn at once, as most of it is there already.
 */
export function useOperation<Id extends OperationId>(
  id: Id,
  input: InputOf<Id>,
  { again, enabled = true }: Asking<OutputOf<Id>> = {},
): Asked<OutputOf<Id>> {
  const { call } = usePortal();
  const { data, error, isPending, isEnabled, refetch } = useQuery<OutputOf<Id>, Error>({
    queryKey: keyOf(id, input),
    queryFn: () => call(id, input),
    enabled,
    ...(again === undefined ? {} : { refetchInterval: ({ state }) => again(state.data) }),
  });
  const isDrawn = useDeferredValue(data !== undefined);
  return isDrawn || data === undefined
    ? { data, error, isPending, isEnabled, refetch }
    : { data: undefined, error: null, isPending: true, isEnabled, refetch };
}

/** The same question about several things: answered once all are. */
export function useOperations<Id extends OperationId>(
  id: Id,
  inputs: readonly InputOf<Id>[],
): Pick<Asked<readonly OutputOf<Id>[]>, "data" | "error" | "refetch"> {
  const { call } = usePortal();
  const answers = useQueries({
    queries: inputs.map((input) => ({
      queryKey: keyOf(id, input),
      queryFn: (): Promise<OutputOf<Id>> => call(id, input),
    })),
  });
  const data = answers.flatMap((answer) => (answer.data === undefined ? [] : [answer.data]));
  return {
    data: data.length === inputs.length ? data : undefined,
    error: answers.find(({ error }) => error !== null)?.error ?? null,
    refetch: () => answers.map(({ refetch }) => refetch()),
  };
}

/** Operations that answer page by page. */
type PagedId = {
  [Id in OperationId]: OutputOf<Id> extends { cursor?: string }
    ? InputOf<Id> extends { query?: { cursor?: string } }
      ? Id
      : never
    : never;
}[OperationId];

/** Page after page; `data.pages` are the answers so far, `<ShowMore>` asks for more while there is more. */
export function usePages<Id extends PagedId>(
  id: Id,
  input: InputOf<Id>,
): UseInfiniteQueryResult<{ pages: OutputOf<Id>[] }, Error> {
  const { call } = usePortal();
  return useInfiniteQuery({
    queryKey: [...keyOf(id, input), "pages"],
    queryFn: ({ pageParam }: { pageParam: string | undefined }) => {
      const { query }: { query?: object } = input;
      return call(id, pageParam === undefined ? input : { ...input, query: { ...query, cursor: pageParam } });
    },
    initialPageParam: undefined,
    getNextPageParam: ({ cursor }: { cursor?: string }) => cursor,
  });
}

/**
 * Sends a command. `invalidates`: the operations whose answers it may have changed; without it, all that are shown.
 * The error is the caller's to show, best beside what was pressed (`<Problem>`).
 */
export function useCommand<Id extends OperationId>(
  id: Id,
  { invalidates }: { readonly invalidates?: readonly OperationId[] } = {},
): UseMutationResult<OutputOf<Id>, Error, InputOf<Id>> {
  const { call } = usePortal();
  const answered = useAnswered();
  return useMutation<OutputOf<Id>, Error, InputOf<Id>>({
    mutationFn: (input) => call(id, input),
    onSuccess: (answer, input) => answered(id, input, answer, invalidates),
  });
}

/** For what sends several commands in a row with `call`: tells the cache of an answer as `useCommand` does. */
export function useAnswered() {
  const client = useQueryClient();
  return useCallback(
    <Id extends OperationId>(
      id: Id,
      input: InputOf<Id>,
      answer: OutputOf<Id>,
      invalidates?: readonly OperationId[],
    ): void => {
      const { params }: { params?: object } = input;
      const key = keyOfView(id, params ?? {});
      if (key !== undefined) client.setQueryData(key, answer);
      void client.invalidateQueries({
        predicate: ({ queryKey }) =>
          (key === undefined || hashKey(queryKey) !== hashKey(key)) &&
          (invalidates === undefined || invalidates.some((each) => each === queryKey[0])),
      });
    },
    [client],
  );
}

/** After several commands of which some were refused: everything that is shown may have changed. */
export function useAskAnew(): () => void {
  const client = useQueryClient();
  return useCallback(() => void client.invalidateQueries(), [client]);
}

const views = ["getPilot", "getDeliverable", "getGate"] as const;

/**
 * Where the view a command answers with is kept: what reads it has the same schema as output. Of the command's parameters
 * those count that name the view: of a claimed task its pilot.
 */
function keyOfView(command: OperationId, params: object): readonly unknown[] | undefined {
  const view = views.find((id) => id !== command && operations[id].output === operations[command].output);
  if (view === undefined) return undefined;
  const names = [...operations[view].path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const given = Object.entries(params).filter(([name]) => names.includes(name));
  return given.length === names.length ? [view, { params: Object.fromEntries(given) }] : undefined;
}
