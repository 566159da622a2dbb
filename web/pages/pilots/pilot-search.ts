/** What the address of the pipeline says: how it is looked at and which pilots. A link shows somebody else the same. */
export const columns = [
  "title",
  "company",
  "route",
  "stage",
  "status",
  "days",
  "due",
  "overdue",
  "risk",
  "advisors",
  "hours",
] as const;
export type Column = (typeof columns)[number];

export const groupings = ["stage", "status", "company", "advisors"] as const;
type Grouping = (typeof groupings)[number];

export const attentions = ["risk", "overdue", "hold", "hours", "disputed"] as const;
type Attention = (typeof attentions)[number];

export interface PilotSearch {
  /** The board, unless it says so. */
  readonly view?: "table";
  readonly q?: string;
  readonly stage?: string;
  readonly status?: string;
  readonly country?: string;
  readonly market?: string;
  /** An organisation's id. */
  readonly company?: string;
  /** A person's id. */
  readonly advisor?: string;
  readonly attention?: Attention;
  /** Ended pilots too. */
  readonly ended?: true;
  readonly sort?: Column;
  readonly descending?: true;
  readonly group?: Grouping;
  readonly hidden?: readonly Column[];
}

/** What an address says; what it cannot mean is left out. */
export function pilotSearch(given: Readonly<Record<string, unknown>>): PilotSearch {
  const text = (name: string) => {
    const value = given[name];
    // The router reads "12" as a number.
    return typeof value === "number" || (typeof value === "string" && value !== "")
      ? { [name]: String(value).slice(0, 100) }
      : {};
  };
  const choice = <Choice extends string>(name: string, choices: readonly Choice[]) => {
    const found = choices.find((each) => each === given[name]);
    return found === undefined ? {} : { [name]: found };
  };
  const flag = (name: string) => (given[name] === true ? { [name]: true } : {});
  const { hidden } = given;
  const hides = Array.isArray(hidden) ? columns.filter((column) => column !== "title" && hidden.includes(column)) : [];
  return {
    ...choice("view", ["table"]),
    ...text("q"),
    ...text("stage"),
    ...text("status"),
    ...text("country"),
    ...text("market"),
    ...text("company"),
    ...text("advisor"),
    ...choice("attention", attentions),
    ...flag("ended"),
    ...choice("sort", columns),
    ...flag("descending"),
    ...choice("group", groupings),
    ...(hides.length === 0 ? {} : { hidden: hides }),
  };
}
