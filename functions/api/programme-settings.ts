/** Operations on what a programme has set. Changes count from now on: what was decided before stays as it was. */
import { key, type Programme, programmeStream, stored } from "../../shared/contracts/items.ts";
import type { ProgrammeView } from "../../shared/contracts/people-operations.ts";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import type { Actor } from "../../shared/domain/actor.ts";
import { defaultParameters, type ProgrammeParameters } from "../../shared/domain/pilot/context.ts";
import { assertTiming } from "../../shared/domain/programme-timing.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import { lastForgetting } from "../../shared/records/forgotten.ts";
import { changeProgramme, programmeItem, programmeOf } from "../../shared/records/people.ts";
import type { ApiDependencies, Handlers } from "./handlers.ts";
import type { Names } from "./names.ts";

type Change = ProgrammeView["changes"][number]["changes"][number];

const EVENT_TYPE = "ProgrammeParametersChanged";
/** Events of the programme looked through for its changes, newest first. */
const HISTORY = 500;

export function programmeSettingsHandlers({
  store,
  clock,
}: ApiDependencies): Handlers<"getProgramme" | "changeProgramme"> {
  async function read(programmeId: string): Promise<{ programme: Programme; version: number }> {
    const item = await store.get(key.programme(programmeId));
    if (item === undefined) throw new Refusal("NotFound", "no_such_programme");
    return { programme: programmeOf(item), version: item.version };
  }

  async function show({ programmeId }: Actor, names: Names): Promise<ProgrammeView> {
    const [{ programme, version }, last, history] = await Promise.all([
      read(programmeId),
      lastForgetting(store, programmeId),
      store.eventsOf(programmeStream(programmeId), { reverse: true, limit: HISTORY }),
    ]);
    const { id, name, sample, startsOn, endsOn, parameters } = programme;
    return {
      id,
      name,
      sample,
      startsOn,
      endsOn,
      parameters: shown(parameters),
      defaults: shown(defaultParameters),
      ...(last?.forgotten === undefined ? {} : { lastForgetting: { on: last.on, ...last.forgotten } }),
      changes: await Promise.all(
        history.items
          .filter(({ type }) => type === EVENT_TYPE)
          .map(async ({ at, actor, reason = "", data }) => ({
            at,
            by: await names.person(actor.personId),
            reason,
            changes: stored<{ changes: Change[] }>(data).changes,
          })),
      ),
      version,
    };
  }

  return {
    getProgramme: ({ actor, names }) => show(actor, names),

    async changeProgramme({ actor, body, names }) {
      const { expectedVersion, reason, ...named } = body;
      const wanted = {
        ...named,
        ...(named.extraHolidays === undefined ? {} : { extraHolidays: [...new Set(named.extraHolidays)].sort() }),
      };
      await changeProgramme(store, actor.programmeId, async () => {
        const { programme, version } = await read(actor.programmeId);
        if (version !== expectedVersion) {
          throw new Refusal("StaleVersion", "settings_changed", { currentVersion: version });
        }
        const parameters: ProgrammeParameters = { ...programme.parameters, ...wanted };
        const changes = changesBetween(programme.parameters, parameters);
        if (changes.length === 0) throw new Refusal("RuleBroken", "set_already");
        if (parameters.plannedAidEur > parameters.deMinimisCeilingEur) {
          throw new Refusal("RuleBroken", "aid_above_ceiling", { pointer: "/plannedAidEur" });
        }
        assertTiming(latestProcess, parameters);
        return {
          type: EVENT_TYPE,
          at: clock.now().toISOString(),
          actor: { personId: actor.personId, role: actor.role },
          reason,
          data: { changes },
          writes: [{ kind: "put", item: programmeItem({ ...programme, parameters }), expectedVersion: version }],
        };
      });
      return show(actor, names);
    },
  };
}

/** As data of the contract, which may be written to. */
const shown = (parameters: ProgrammeParameters): ProgrammeView["parameters"] => ({
  ...parameters,
  extraHolidays: [...parameters.extraHolidays],
});

const changesBetween = (before: ProgrammeParameters, after: ProgrammeParameters): Change[] =>
  Object.entries(after).flatMap(([parameter, value]) => {
    const old: unknown = Reflect.get(before, parameter);
    return JSON.stringify(old) === JSON.stringify(value) ? [] : [{ parameter, before: old, after: value }];
  });
