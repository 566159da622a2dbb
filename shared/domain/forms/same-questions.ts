/**
 * Questions that a company answers more than once. Where an earlier form asked the same, its accepted answer is offered
 * again as a dated fact; whether it still holds the company says itself.
 */

/** An answer of another form: its definition and field. The likeliest source first. */
type Source = readonly [definitionId: string, field: string];

/** Definition → field → where the same was asked before. */
const askedBefore: Readonly<Record<string, Readonly<Record<string, readonly Source[]>>>> = {
  "NA-1": {
    legalName: [["IN-1", "legalName"]],
    registrationNumber: [["IN-1", "registrationNumber"]],
    country: [["IN-1", "country"]],
    headcount: [["IN-1", "headcount"]],
    turnoverEur: [["IN-1", "turnoverEur"]],
  },
  "NA-2": { serviceName: [["IN-1", "serviceName"]] },
  "FS-2": { market: [["FS-1", "market"]] },
  "FS-3": {
    market: [
      ["FS-2", "market"],
      ["FS-1", "market"],
    ],
  },
  "LC-1": { market: [["FS-3", "market"]], expertName: [["FS-3", "expertName"]] },
  "LC-2": { entryMode: [["FS-7", "entryMode"]] },
  "LC-5": {
    market: [
      ["LC-1", "market"],
      ["FS-3", "market"],
    ],
  },
  "LC-6": {
    market: [
      ["LC-1", "market"],
      ["FS-3", "market"],
    ],
  },
};

/** Forms about the company itself: its answers in an earlier pilot are its profile. */
const ofTheCompany: Readonly<Record<string, readonly string[]>> = {
  "IN-1": ["NA-1", "IN-1"],
  "NA-1": ["NA-1", "IN-1"],
  "NA-2": ["NA-2"],
};

/** Where a field's question was asked before in the same pilot; empty where it is new. */
export const sourcesOf = (definitionId: string, field: string): readonly Source[] =>
  own(own(askedBefore, definitionId) ?? {}, field) ?? [];

/** Forms of an earlier pilot of the same company that may ask the same under the same name; the likeliest first. */
export const profileFormsOf = (definitionId: string): readonly string[] => own(ofTheCompany, definitionId) ?? [];

/** Every source named, for whoever must know that it exists. */
export const allSources = (): readonly { readonly target: Source; readonly sources: readonly Source[] }[] =>
  Object.entries(askedBefore).flatMap(([definitionId, fields]) =>
    Object.entries(fields).map(([field, sources]) => ({ target: [definitionId, field] as const, sources })),
  );

/** A member of a table, and nothing that every object has. */
const own = <Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
