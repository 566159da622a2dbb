/** The portal's words: catalogues by language and area, fetched when first needed. */
import i18next, { type ReadCallback } from "i18next";
import { initReactI18next } from "react-i18next";
import type { Area } from "./areas.ts";
import { type LanguageCode, languages } from "./languages.ts";

const languageKey = "fairway.language";

const catalogues = import.meta.glob<{ readonly default: object }>("./*/*.json");

const backend = {
  type: "backend" as const,
  read(language: string, area: string, done: ReadCallback) {
    const load = catalogues[`./${language}/${area}.json`];
    if (load === undefined) return done(null, {});
    load().then(
      (catalogue) => done(null, catalogue.default),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), false),
    );
  },
};

/** Before the first page shows; the words of further areas come with their pages. */
export async function startLanguage(): Promise<void> {
  i18next.on("languageChanged", (language) => {
    document.documentElement.lang = language;
  });
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: firstLanguage(),
      fallbackLng: "en",
      supportedLngs: languages.map(({ code }) => code),
      ns: ["common"],
      defaultNS: "common",
      // React escapes what it shows.
      interpolation: { escapeValue: false },
      returnNull: false,
    });
}

/** What is spoken until it is known who is there. */
export const firstLanguage = (): LanguageCode => languageOf(localStorage.getItem(languageKey)) ?? preferred();

/** Remembered on this device. */
export async function speak(language: LanguageCode): Promise<void> {
  localStorage.setItem(languageKey, language);
  await i18next.changeLanguage(language);
}

/** The person's own language, unless another was chosen on this device. */
export async function speakAs(language: string): Promise<void> {
  const code = languageOf(language);
  if (code !== undefined && localStorage.getItem(languageKey) === null) await i18next.changeLanguage(code);
}

/** Fetches an area's words beside its page's script rather than after it. */
export const loadWords = (...areas: readonly Area[]): Promise<void> => i18next.loadNamespaces([...areas]);

function languageOf(tag: string | null): LanguageCode | undefined {
  const primary = tag?.toLowerCase().split("-")[0];
  return languages.find(({ code }) => code === primary)?.code;
}

const preferred = (): LanguageCode => navigator.languages.map(languageOf).find((code) => code !== undefined) ?? "en";
