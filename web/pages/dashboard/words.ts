/** Days as the dashboard writes them; drawn again when the language changes by `useTranslation` of the component. */
import { dayInWords, numberInWords } from "../../language/format.ts";

export const daysInWords = (days: number): string => numberInWords(days, { fractionDigits: 0 });

/** Of a calendar day, wherever the reader is. */
export const dateInWords = (date: string): string => dayInWords(`${date}T12:00:00.000Z`);
