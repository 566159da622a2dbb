type Known<Members> = { [Name in keyof Members]?: Exclude<Members[Name], undefined> };

/** The members that have a value: an answer leaves out what is not known. */
export const known = <Members extends object>(members: Members): Known<Members> =>
  // Entries forget which name has which value; none of them was changed.
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Known<Members>;
