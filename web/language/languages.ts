/**
 * The languages that can be chosen, each called as its speakers call it. A language is entered here when its catalogues
 * have every word of English (`test/web/catalogues.test.ts`). `isChecked`: a native speaker has read it.
 */
export const languages = [
  { code: "en", name: "English", isChecked: true },
  { code: "et", name: "Eesti", isChecked: false },
  { code: "fi", name: "Suomi", isChecked: false },
  { code: "lt", name: "Lietuvių", isChecked: false },
  { code: "lv", name: "Latviešu", isChecked: false },
  { code: "sv", name: "Svenska", isChecked: false },
] as const;
export type LanguageCode = (typeof languages)[number]["code"];
