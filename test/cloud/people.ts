/** The people of the sample programme as a programme of its own kind would have them: real to mail and sign-in. */
import { samplePerson, seedPeople } from "../../local/sample/people.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { NewItem, Store, Write } from "../../shared/ports/store.ts";
import { personItem } from "../../shared/records/people.ts";
import type { SamplePerson } from "../support/people.ts";
import { BOUNCING_ADDRESS } from "./mail-service.ts";

/** Mails to them come back. */
const UNREACHABLE: SamplePerson = "expert-2";

export function emailOf(personId: string): string {
  if (personId === UNREACHABLE) return BOUNCING_ADDRESS;
  return samplePerson(personId).person.email;
}

export async function seedRealPeople({ store, clock }: { store: Store; clock: Clock }): Promise<void> {
  const real = (item: NewItem): NewItem => {
    if (item.type === "programme") return { ...item, data: { ...item.data, sample: false } };
    if (item.type !== "person") return item;
    const { person } = samplePerson(String(item.data.id));
    return personItem({ ...person, sample: false, email: emailOf(person.id) });
  };
  const realWrite = (write: Write): Write => (write.kind === "put" ? { ...write, item: real(write.item) } : write);
  await seedPeople({
    clock,
    store: { ...store, commit: (change) => store.commit({ ...change, writes: change.writes.map(realWrite) }) },
  });
}
