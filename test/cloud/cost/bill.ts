/** Usage times prices: the lines of a bill, dearest first. */
import prices from "./prices.json" with { type: "json" };

export type Region = "eu-north-1" | "eu-west-1";
export type Item = keyof typeof prices.items;

export interface Line {
  readonly item: Item;
  readonly quantity: number;
  readonly usd: number;
  readonly unit: string;
  /** What the price rests on: the region's own, dated; another region's in its place; or nothing that was checked. */
  readonly rests: "own" | "stand-in" | "unchecked";
}

export interface Bill {
  readonly lines: readonly Line[];
  readonly usd: number;
  readonly eur: number;
}

/** Whose prices stand in where a region has none. */
const STAND_IN: Region = "eu-west-1";

/** Quantities are of the single thing: requests, units, bytes as GB. */
export function billOf(quantities: Readonly<Partial<Record<Item, number>>>, region: Region): Bill {
  const lines = (Object.entries(quantities) as [Item, number][])
    .filter(([, quantity]) => quantity > 0)
    .map(([item, quantity]): Line => {
      const { per, unit, checked } = prices.items[item];
      const usd: Readonly<Partial<Record<Region, number>>> = prices.items[item].usd;
      const price = usd[region] ?? usd[STAND_IN];
      if (price === undefined) throw new Error(`${item} has no price.`);
      return {
        item,
        quantity,
        unit,
        usd: (quantity / per) * price,
        rests: checked === null ? "unchecked" : usd[region] === undefined ? "stand-in" : "own",
      };
    })
    .sort((a, b) => b.usd - a.usd);
  const usd = lines.reduce((sum, line) => sum + line.usd, 0);
  return { lines, usd, eur: usd * prices.eurPerUsd.rate };
}

/** What would make an item cheaper. */
export const SAVINGS: Readonly<Record<Item, string>> = {
  stateTransition: "fewer states in `workflows/`: a Choice that a Task could answer, a Pass that an Output could be",
  lambdaRequest: "one consumer of the stream for relay, project and notify, at the price of their independence",
  lambdaGbSecond:
    "less memory for tasks and consumers, or fewer functions that a short event wakes one after the other",
  writeUnit:
    "smaller items (a transaction counts twice), fewer items for the inbox of each task, indexes that project keys",
  readUnit:
    "reading a pilot's head before its whole partition; reading eventually consistent where a second does not matter",
  tableGbMonth: "the programme's retention periods",
  backupGbMonth: "the programme's retention periods",
  httpRequest: "one answer for what the portal asks on each page",
  filePut: "nothing worth it",
  fileGet: "nothing worth it",
  fileGbMonth: "the programme's retention periods",
  logGb: "Lambda's own two lines for each event: `systemLogLevel` WARN, which hides them",
  alarmMonth: "one alarm over all functions instead of one each; AWS gives ten of an account away",
  metricMonth: "nothing: there is one; AWS gives ten of an account away",
  mail: "digests instead of mails at once, by each person's own settings",
  trace: "sampling, or no traces of the hourly look at deadlines",
  scheduledStart: "the first 14 million a month are free",
};
