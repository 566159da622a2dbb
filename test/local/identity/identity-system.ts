import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Account } from "../../../local/identity/accounts.ts";
import { type Identity, openIdentity } from "../../../local/identity/provider.ts";
import { discover } from "../../support/sign-in.ts";

export const ADVISOR: Account = {
  personId: "person-advisor",
  name: "Sample <Advisor>",
  email: "advisor@sample.example",
  language: "en",
  roles: [{ role: "advisor", organisation: "Harbour Cluster" }],
  sample: true,
  blocked: false,
};

export const OWNER: Account = {
  personId: "person-owner",
  name: "Sample Owner",
  email: "owner@company.example",
  language: "en",
  roles: [{ role: "sme_member", organisation: "Sample Aurora SIA" }],
  sample: false,
  blocked: false,
};

/** An identity provider on a real server, with a directory, a mailbox and a clock that tests change. */
export async function startIdentity(options: { file?: string; issuerOrigin?: string } = {}) {
  const people = new Map<string, Account>([ADVISOR, OWNER].map((account) => [account.personId, account]));
  const mails: { email: string; code: string }[] = [];
  const clock = { offsetMs: 0 };
  let identity: Identity | undefined;
  const server = createServer((req, res) => identity?.handle(req, res)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}`;
  const issuer = `${options.issuerOrigin ?? baseUrl}/identity`;

  const open = () =>
    openIdentity({
      issuer,
      file: options.file ?? ":memory:",
      accounts: {
        find: async (personId) => people.get(personId),
        findByEmail: async (email) => people.values().find((account) => account.email === email),
        samplePeople: async () => [...people.values()].filter((account) => account.sample),
      },
      sendCode: async ({ email }, code) => {
        mails.push({ email, code });
      },
      now: () => new Date(Date.now() + clock.offsetMs),
    });
  identity = open();

  return {
    baseUrl,
    issuer,
    people,
    mails,
    clock,
    discovery: await discover(baseUrl),
    get jwks() {
      return identity?.jwks ?? { keys: [] };
    },
    /** Ends the provider and starts another one on the same file, as after a restart. */
    reopen() {
      identity?.close();
      identity = open();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      identity?.close();
    },
  };
}
