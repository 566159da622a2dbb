/** Which revision an address asks for: "?revision=2"; without one, the deliverable as it is now. */
export function revisionSearch({ revision }: Readonly<Record<string, unknown>>): { readonly revision?: number } {
  const number = Number(revision);
  return Number.isInteger(number) && number > 0 ? { revision: number } : {};
}
