/**
 * What happened, as one sentence a person reads in the timeline or a mail.
 * A sentence tells nobody what is sealed: who filed a gate score, never the score.
 */

import type { EventOf, PilotEvent, PilotEventType } from "../domain/pilot/events.ts";
import type { About, Catalogue } from "./catalogue.ts";
import { catalogueFor } from "./languages.ts";

/** `language`: the reader's, BCP 47; English when absent or not yet translated. */
export function sentenceOf(event: PilotEvent, about: About & { readonly language?: string }): string {
  return sentenceIn(catalogueFor(about.language ?? "en"), event, about);
}

function sentenceIn<Type extends PilotEventType>(catalogue: Catalogue, event: EventOf<Type>, about: About): string {
  // The catalogue is keyed by the literal type of the event, which TypeScript does not follow through a union.
  const sentence = catalogue.sentences[event.type as Type] as (event: EventOf<Type>, about: About) => string;
  return sentence(event, about);
}
