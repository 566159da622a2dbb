import type { Role } from "../../shared/domain/actor.ts";

/** A person who may sign in, as the directory knows them. */
export interface Account {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  /** BCP 47, such as "en" or "sv". */
  readonly language: string;
  /** What the person is here, for the list of sample people. */
  readonly roles: readonly { readonly role: Role; readonly organisation: string }[];
  /** Part of the sample programme: anybody may sign in as this person without proof. */
  readonly sample: boolean;
  /** May neither sign in nor stay signed in. */
  readonly blocked: boolean;
}

/** The directory as the identity provider sees it. Read at every sign-in and refresh, so a block works at once. */
export interface Accounts {
  find(personId: string): Promise<Account | undefined>;
  /** `email` is in lower case. */
  findByEmail(email: string): Promise<Account | undefined>;
  /** Empty outside a sample programme. */
  samplePeople(): Promise<readonly Account[]>;
}
