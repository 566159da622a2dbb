/** Why something is not done, as the title and the sentence a person reads. */
import type { Objection } from "../../domain/pilot/gate-offers.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Reason } from "../../domain/refusal-reasons.ts";
import { datesFor, momentsFor } from "../dates.ts";
import { catalogueFor, processWords } from "../languages.ts";
import { noon } from "../phrases.ts";
import { taskTitleIn } from "../task-title.ts";
import type { RefusalAbout, RefusalWords, RequestFaults } from "./words.ts";

/** Who reads it, and when: moments of today are told without the day. */
export interface Reader {
  /** BCP 47. */
  readonly language: string;
  /** In whose time days and hours are told. */
  readonly country: string;
  readonly now: Date;
}

interface Words {
  readonly title: string;
  readonly detail: string;
}

export type Fault = {
  readonly [Key in keyof RequestFaults]:
    | ({ readonly key: Key } & RequestFaults[Key])
    | (keyof RequestFaults[Key] extends never ? Key : never);
}[keyof RequestFaults];

export function refusalIn(reader: Reader, { status, reason }: Pick<Refusal, "status" | "reason">): Words {
  const { titles } = catalogueFor(reader.language).refusals;
  return { title: titles[status], detail: reasonIn(reader, reason) };
}

export function reasonIn(reader: Reader, reason: Reason): string {
  const { reasons } = catalogueFor(reader.language).refusals;
  return said(reasons[keyOf(reason)], reason, aboutFor(reader));
}

export function faultIn(reader: Reader, fault: Fault): Words {
  const { title, detail } = catalogueFor(reader.language).refusals.faults[keyOf(fault)];
  return { title, detail: said(detail, fault, aboutFor(reader)) };
}

export function objectionIn(language: string, objection: Objection): string {
  return catalogueFor(language).refusals.objections[objection.code](objection, { say: sayIn(language) });
}

const keyOf = <Key extends string>(reason: Key | { readonly key: Key }): Key =>
  typeof reason === "string" ? reason : reason.key;

/** The catalogue is keyed by the literal key of the reason, which TypeScript does not follow through a union. */
function said(sentence: Sentences, reason: Reason | Fault, about: RefusalAbout): string {
  return typeof sentence === "string" ? sentence : (sentence as Telling)(reason, about);
}

type Sentences =
  | RefusalWords["reasons"][keyof RefusalWords["reasons"]]
  | RefusalWords["faults"][keyof RequestFaults]["detail"];
type Telling = (values: Reason | Fault, about: RefusalAbout) => string;

const sayIn = (language: string): RefusalAbout["say"] => {
  const words = processWords(language);
  return (text) => words?.[text] ?? text;
};

function aboutFor({ language, country, now }: Reader): RefusalAbout {
  const { locale } = catalogueFor(language);
  return {
    say: sayIn(language),
    taskTitle: (task) => taskTitleIn(language, task),
    dateOf: (day) => datesFor(locale, country).dateOf(noon(day)),
    momentOf: momentsFor(locale, country, now),
  };
}
