import { Refusal } from "../../shared/domain/refusal.ts";
import { reasonIn } from "../../shared/language/refusals/sentences.ts";
import { asRead } from "./as-read.ts";

/** Somebody in Latvia who reads English, in the morning. */
export const englishReader = { language: "en", country: "LV", now: new Date("2027-03-10T09:30:00.000Z") };

/** The same refusal, its message the sentence an English reader sees. */
export function inEnglish(refusal: Refusal): Refusal {
  const { name, reason, details } = refusal;
  return Object.assign(new Refusal(name, reason, details), { message: asRead(reasonIn(englishReader, reason)) });
}
