/** Who is signed in, in which membership, and what time it is: no page is shown without. */
import i18next from "i18next";
import { type Call, createClient } from "../../shared/contracts/client.ts";
import type { OutputOf } from "../../shared/contracts/operations.ts";
import { firstLanguage, speakAs } from "../language/language.ts";
import { accessToken, isSignedIn, renewToken } from "../session.ts";

export interface WhoAndWhen {
  readonly me: OutputOf<"getMe">;
  readonly clock: OutputOf<"getClock"> & { readonly aheadMs: number };
}

export const clientOf = (membershipId: string | undefined, standingInFor?: string): Call =>
  createClient({
    baseUrl: "",
    membershipId,
    standingInFor,
    language: () => i18next.language ?? firstLanguage(),
    accessToken,
    renewToken,
  });

const membershipKey = "fairway.membership";

/** Chosen on this device; it may be another person's, or taken away meanwhile. */
export const rememberedMembership = (): string | undefined => localStorage.getItem(membershipKey) ?? undefined;

export const rememberMembership = (id: string): void => localStorage.setItem(membershipKey, id);

let ahead: { readonly answer: Promise<WhoAndWhen>; settled?: WhoAndWhen } | undefined;

/** Asks while the words and the script of the first page are on their way. Ends when it is answered, well or not. */
export async function askAhead(): Promise<void> {
  if (!isSignedIn()) return;
  const asked: typeof ahead = { answer: ask(rememberedMembership()) };
  ahead = asked;
  await asked.answer.then(
    (answer) => {
      asked.settled = answer;
    },
    () => undefined,
  );
}

/** What was answered before the first page was drawn. */
export const knownAhead = (): WhoAndWhen | undefined => ahead?.settled;

/** In the membership wished for, if it is one of the person's, or in their first. From then on their language is spoken. */
export function whoAndWhen(membershipId: string | undefined): Promise<WhoAndWhen> {
  const answer = ahead?.answer ?? ask(membershipId);
  ahead = undefined;
  return answer;
}

async function ask(membershipId: string | undefined): Promise<WhoAndWhen> {
  const wished = clockOf(membershipId);
  wished.catch(() => undefined);
  const call = clientOf(undefined);
  let me = await call("getMe", {});
  if (me.invited) me = await call("acceptInvitation", {});
  const spoken = speakAs(me.person.language);
  const acting = me.memberships.find(({ id }) => id === membershipId);
  const known =
    acting === undefined
      ? { me, clock: await (membershipId === undefined ? wished : clockOf(me.acting.id)) }
      : { me: { ...me, acting }, clock: await wished };
  await spoken;
  return known;
}

async function clockOf(membershipId: string | undefined): Promise<WhoAndWhen["clock"]> {
  const clock = await clientOf(membershipId)("getClock", {});
  return { ...clock, aheadMs: new Date(clock.now).getTime() - Date.now() };
}
