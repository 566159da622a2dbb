/** What the address of the dashboard says: which pilots count, and of which time. A link shows somebody else the same. */
import type { InputOf } from "../../../shared/contracts/client.ts";

export interface DashboardSearch {
  /** The company's, as ISO 3166 code. */
  readonly country?: string;
  readonly market?: string;
  /** A person's id. */
  readonly advisor?: string;
  /** Days, both included. */
  readonly from?: string;
  readonly until?: string;
}

export const filterNames = ["country", "market", "advisor", "from", "until"] as const;

/** What an address says; what it cannot mean is left out. */
export function dashboardSearch(given: Readonly<Record<string, unknown>>): DashboardSearch {
  const matching = (name: keyof DashboardSearch, isMeant: (value: string) => boolean) => {
    const value = given[name];
    return typeof value === "string" && isMeant(value) ? { [name]: value } : {};
  };
  const isCountry = (value: string) => /^[A-Z]{2}$/.test(value);
  const isId = (value: string) => value !== "" && value.length <= 100;
  return {
    ...matching("country", isCountry),
    ...matching("market", isCountry),
    ...matching("advisor", isId),
    ...matching("from", isDay),
    ...matching("until", isDay),
  };
}

/** What the server is asked. A period given the wrong way round is meant the other way round. */
export function dashboardQuery({
  advisor,
  from,
  until,
  ...places
}: DashboardSearch): NonNullable<InputOf<"getDashboard">["query"]> {
  const [first, last] = from !== undefined && until !== undefined && from > until ? [until, from] : [from, until];
  return {
    ...places,
    ...(advisor === undefined ? {} : { advisorId: advisor }),
    ...(first === undefined ? {} : { from: first }),
    ...(last === undefined ? {} : { until: last }),
  };
}

function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const ms = Date.parse(`${value}T00:00:00.000Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(value);
}
