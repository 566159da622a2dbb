/**
 * The languages that can be chosen, each called as its speakers call it. A language is entered here when its catalogues
 * have every word of English (`test/web/catalogues.test.ts`). `isChecked`: a native speaker has read it.
 */
export const languages = [{ code: "en", name: "English", isChecked: true }] as const;
export type LanguageCode = (typeof languages)[number]["code"];
