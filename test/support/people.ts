import { type Call, createClient } from "../../shared/contracts/client.ts";
import { signIn } from "./sign-in.ts";

/** The sample people that journeys and tests act as. */
export type SamplePerson =
  | "advisor-1"
  | "advisor-2"
  | "advisor-3"
  | "coordinator-1"
  | "coordinator-2"
  | "expert-1"
  | "expert-2"
  | "expert-3"
  | "lab-1"
  | `sme-${string}-member`
  | `sme-${string}-admin`
  | "auditor-1"
  | "admin-1";

/** The API as one signed-in person, answered in English whatever language they read; "own" leaves it to their setting. */
export async function as(url: string, personId: SamplePerson, language: "en" | "own" = "en"): Promise<Call> {
  const token = await signIn(url, personId);
  return createClient({
    baseUrl: url,
    accessToken: async () => token,
    ...(language === "own" ? {} : { language: () => language }),
  });
}

/** Several people at once, signed in one after the other. */
export async function everybody<Names extends SamplePerson>(
  people: readonly Names[],
  signInAs: (person: SamplePerson) => Promise<Call>,
): Promise<Readonly<Record<Names, Call>>> {
  const signedIn: Partial<Record<Names, Call>> = {};
  for (const person of people) signedIn[person] = await signInAs(person);
  // Every name was just given its client.
  return signedIn as Record<Names, Call>;
}
