/** Who is signed in, in which membership, and what time it is: no page is shown without. */
import i18next from "i18next";
import { type Call, createClient } from "../../shared/contracts/client.ts";
import type { OutputOf } from "../../shared/contracts/operations.ts";
import { firstLanguage } from "../language/language.ts";
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

let ahead: Promise<WhoAndWhen> | undefined;

/** Asks while the words and the script of the first page are on their way. */
export function askAhead(): void {
  if (!isSignedIn()) return;
  ahead = ask(rememberedMembership());
  ahead.catch(() => undefined);
}

/** In the membership wished for, if it is one of the person's, or in their first. */
export function whoAndWhen(membershipId: string | undefined): Promise<WhoAndWhen> {
  const answer = ahead ?? ask(membershipId);
  ahead = undefined;
  return answer;
}

async function ask(membershipId: string | undefined): Promise<WhoAndWhen> {
  const wished = clockOf(membershipId);
  wished.catch(() => undefined);
  const call = clientOf(undefined);
  let me = await call("getMe", {});
  if (me.invited) me = await call("acceptInvitation", {});
  const acting = me.memberships.find(({ id }) => id === membershipId);
  if (acting !== undefined) return { me: { ...me, acting }, clock: await wished };
  return { me, clock: await (membershipId === undefined ? wished : clockOf(me.acting.id)) };
}

async function clockOf(membershipId: string | undefined): Promise<WhoAndWhen["clock"]> {
  const clock = await clientOf(membershipId)("getClock", {});
  return { ...clock, aheadMs: new Date(clock.now).getTime() - Date.now() };
}
