/**
 * The value that so large a share of the values does not exceed, between neighbours in proportion, as spreadsheets have
 * it (PERCENTILE.INC). Undefined without values. `sorted` ascends.
 */
export function percentileOf(sorted: ArrayLike<number>, share: number): number | undefined {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) return undefined;
  return below + (above - below) * (place - Math.floor(place));
}

export const ascending = (values: Iterable<number>): Float64Array => Float64Array.from(values).sort();
