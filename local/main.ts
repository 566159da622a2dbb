/** `npm start`: the embedded system, told in a few lines on the screen. */
import { samplePerson } from "./sample/people.ts";
import { type SystemOptions, startSystem } from "./system.ts";

const dataFolder = process.env.FAIRWAY_DATA ?? ".fairway";
const port = Number(process.env.PORT ?? 4400);

if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`PORT must be a number from 0 to 65535, not "${process.env.PORT}".`);
  process.exit(2);
}

function sampleWanted(wanted = "portfolio"): SystemOptions["sample"] {
  if (wanted === "portfolio" || wanted === "pilots" || wanted === "people" || wanted === "none") return wanted;
  console.error(`FAIRWAY_SAMPLE must be portfolio, pilots, people or none, not "${wanted}".`);
  process.exit(2);
}

/** Who carries mails on, if anybody does. */
function mailWanted(): SystemOptions["mail"] {
  const url = process.env.FAIRWAY_SMTP_URL;
  const from = process.env.FAIRWAY_MAIL_FROM;
  if (url === undefined) return undefined;
  if (!/^smtps?:$/.test(URL.parse(url)?.protocol ?? "")) {
    console.error("FAIRWAY_SMTP_URL must be an address such as smtps://user:password@mail.example:465.");
    process.exit(2);
  }
  if (from === undefined || !/^[^\s<>@]+@[^\s<>@]+$|<[^\s<>@]+@[^\s<>@]+>$/.test(from)) {
    console.error('FAIRWAY_MAIL_FROM must say who mails are from, such as "Fairway <fairway@company.example>".');
    process.exit(2);
  }
  return { url, from };
}

const mail = mailWanted();
const wanted = sampleWanted(process.env.FAIRWAY_SAMPLE);

function howToSignIn(): string {
  const name = (personId: string): string => samplePerson(personId).person.name;
  return `
  The programme in it is sample data: nobody in it is real. Open the address, press "Sign in" and choose a person:
    an advisor      ${name("advisor-1")}
    an SME          ${name("sme-birch-admin")}
    a coordinator   ${name("coordinator-1")}
`;
}

function howMailGoes(): string {
  if (mail !== undefined) return `Mails go out from ${mail.from}.`;
  return "No FAIRWAY_SMTP_URL is set: mails stay in the outbox, and sign-in codes are printed here.";
}

const startedAt = performance.now();
try {
  const system = await startSystem({
    dataFolder,
    port,
    ...(process.env.FAIRWAY_URL === undefined ? {} : { publicUrl: process.env.FAIRWAY_URL }),
    ...(process.env.FAIRWAY_HOST === undefined ? {} : { host: process.env.FAIRWAY_HOST }),
    ...(mail === undefined ? {} : { mail }),
    sample: wanted,
    portal: true,
    progress: (message) => console.log(`  ${message} …`),
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`
Fairway is ready after ${seconds} s:  ${system.url}

  The data is in ${dataFolder}/. Stop with Ctrl+C; everything is kept.
  ${howMailGoes()}
${wanted === "none" ? "" : howToSignIn()}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      console.log("Stopping …");
      system.close().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
