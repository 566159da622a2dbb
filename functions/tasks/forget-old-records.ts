/**
 * Removes once a day what a programme keeps no longer: mails, notices, the log of who read a business case.
 *
 * Business and aid records are only counted: whether they may go is for the programme's authority to say, and a pilot
 * is removed by nobody but a person. Repeating it removes nothing twice.
 */
import { stored } from "../../shared/contracts/items.ts";
import type { ProgrammeParameters } from "../../shared/domain/pilot/context.ts";
import type { Pilot } from "../../shared/domain/pilot/state.ts";
import { type Item, type Store, VersionConflict } from "../../shared/ports/store.ts";
import { accessIndex } from "../../shared/records/access-log.ts";
import { removeItems } from "../../shared/records/erasures.ts";
import { type Forgotten, forgottenItem, forgottenKey } from "../../shared/records/forgotten.ts";
import { deliveryOf, type Mail } from "../../shared/records/mails.ts";
import { membersOfProgramme, readProgrammes, wholeOf } from "../../shared/records/people.ts";
import type { TaskDependencies } from "./task.ts";

const DAY_MS = 86_400_000;

export const createForgetOldRecords =
  ({ store, clock }: Pick<TaskDependencies, "store" | "clock">) =>
  async (): Promise<Forgotten> => {
    const now = clock.now();
    const today = now.toISOString().slice(0, 10);
    const all: Forgotten[] = [];
    for (const { id, parameters, endsOn } of await readProgrammes(store)) {
      const version = await takeTheDay(store, id, today);
      if (version === undefined) continue;
      const before = cutoffs(parameters, now);
      const accesses = await wholeOf(store, { index: "gsi1", pk: accessIndex(id), from: "", to: before.accesses });
      const ended = await pilotsEnded(store, id);
      const isPast = (years: number) => (pilot: Pilot) => today > endOfYear(pilot.endedAt ?? endsOn, endsOn, years);
      const forgotten: Forgotten = {
        mails: await remove(store, await oldMails(store, id, before.mails)),
        notices: await remove(store, await oldNotices(store, id, before.notices)),
        accesses: await remove(store, accesses),
        businessRecordsDue: ended.filter(isPast(parameters.businessRecordYears)).length,
        aidRecordsDue: ended.filter(isPast(parameters.aidRecordYears)).length,
      };
      const item = forgottenItem(id, { on: today, forgotten });
      await store.derive([{ kind: "put", item, expectedVersion: version }]);
      all.push(forgotten);
    }
    const sumOf = (name: keyof Forgotten) => all.reduce((sum, each) => sum + each[name], 0);
    return {
      mails: sumOf("mails"),
      notices: sumOf("notices"),
      accesses: sumOf("accesses"),
      businessRecordsDue: sumOf("businessRecordsDue"),
      aidRecordsDue: sumOf("aidRecordsDue"),
    };
  };

function cutoffs(parameters: ProgrammeParameters, now: Date) {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS).toISOString();
  return {
    mails: before(parameters.mailDays),
    notices: before(parameters.noticeDays),
    accesses: before(parameters.accessLogDays),
  };
}

/** Counted from the end of the year of the programme's end, or of the pilot's own where that is later. */
const endOfYear = (endedAt: string, programmeEnd: string, years: number): string =>
  `${Number((endedAt > programmeEnd ? endedAt : programmeEnd).slice(0, 4)) + years}-12-31`;

/** The day's place is taken by one of two runs at the same time: its version then, or undefined for the other. */
async function takeTheDay(store: Store, programmeId: string, today: string): Promise<number | undefined> {
  const last = await store.get(forgottenKey(programmeId));
  if (last?.data.on === today) return undefined;
  const version = last?.version ?? 0;
  try {
    await store.derive([{ kind: "put", item: forgottenItem(programmeId, { on: today }), expectedVersion: version }]);
    return version + 1;
  } catch (error) {
    if (error instanceof VersionConflict) return undefined;
    throw error;
  }
}

/** What still waits to be handed over is never too old. */
async function oldMails(store: Store, programmeId: string, before: string): Promise<readonly Item[]> {
  const items = await wholeOf(store, { index: "gsi1", pk: `OUTBOX#${programmeId}`, from: "", to: before });
  return items.filter(({ data }) => deliveryOf(stored<Mail>(data)).status !== "waiting");
}

async function oldNotices(store: Store, programmeId: string, before: string): Promise<readonly Item[]> {
  const people = new Set((await membersOfProgramme(store, programmeId)).map(({ personId }) => personId));
  const own = `event#${programmeId}#`;
  const found: Item[] = [];
  for (const personId of people) {
    found.push(...(await wholeOf(store, { pk: `NOTICES#${personId}`, from: own, to: own + before })));
  }
  return found;
}

async function pilotsEnded(store: Store, programmeId: string): Promise<readonly Pilot[]> {
  const items = await wholeOf(store, { index: "gsi1", pk: `PROGRAMME#${programmeId}#PILOTS` });
  return items.map(({ data }) => stored<{ pilot: Pilot }>(data).pilot).filter(({ endedAt }) => endedAt !== undefined);
}

/** One that changed meanwhile is left for tomorrow. */
async function remove(store: Store, items: readonly Item[]): Promise<number> {
  try {
    await removeItems(store, items);
    return items.length;
  } catch (error) {
    if (error instanceof VersionConflict) return 0;
    throw error;
  }
}
