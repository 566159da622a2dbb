/** The first programme of a system, and each further one, begun by whoever runs it. */
import { parseArgs } from "node:util";
import * as z from "zod";
import { portalLanguages } from "../../shared/contracts/personal-operations.ts";
import { openHouse } from "../moving/house.ts";
import { createProgramme } from "./new-programme.ts";

const USAGE = `
  node local/programme/main.ts --at 'dynamodb://TABLE?region=eu-north-1' --id ID --name NAME --starts 2027-01-01 --ends 2029-12-31
    --office NAME --country EE --coordinator NAME --email ADDRESS --language et --portal https://portal.company.eu

  --at is a table, or the data folder of an embedded system that does not run.
`;

const Given = z.strictObject({
  at: z.string().min(1),
  id: z.string().regex(/^[a-z0-9-]+$/, "lower-case letters, digits and hyphens"),
  name: z.string().min(1),
  starts: z.iso.date(),
  ends: z.iso.date(),
  office: z.string().min(1),
  country: z.string().regex(/^[A-Z]{2}$/, "two capital letters"),
  coordinator: z.string().min(1),
  email: z.email(),
  language: z.enum(portalLanguages),
  portal: z.url(),
});

const names = Object.keys(Given.shape);
const { values } = parseArgs({
  options: Object.fromEntries(names.map((name) => [name, { type: "string" as const }])),
  strict: false,
});
const given = Given.safeParse(values);
if (given.success && given.data.starts < given.data.ends) {
  const { at, id, name, starts, ends, office, country, coordinator, email, language, portal } = given.data;
  using house = openHouse(at, { mayBeNew: true });
  await createProgramme(
    { store: house.store, clock: house.clock, portalUrl: portal.replace(/\/$/, "") },
    {
      id,
      name,
      startsOn: starts,
      endsOn: ends,
      office: { name: office, country },
      coordinator: { name: coordinator, email, language },
    },
  );
  console.log(`${name} is there. ${coordinator} can sign in at ${portal} with ${email}.`);
} else {
  console.error(given.success ? "The programme ends before it starts." : z.prettifyError(given.error), USAGE);
  process.exitCode = 2;
}
