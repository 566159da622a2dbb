/**
 * The calendar day of a due date, e.g. "2027-03-01". Due dates are the last minute of a day in the performer's country,
 * and no country of the register lies west of Greenwich: in UTC it is that day still, so that everybody, wherever they
 * are, is told the same day.
 */
export const dueDayOf = (dueAt: string): string => dueAt.slice(0, 10);
