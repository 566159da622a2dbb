/** Who works with the pilot; coordinators change it, seeing how much each has to do and which language they speak. */
import { Button, Checkbox, NativeSelect } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PilotView } from "../../../shared/contracts/views.ts";
import { useCommand, useOperation } from "../../api/queries.ts";
import { countryName, languageName } from "../../language/format.ts";
import { TextArea, textIn } from "../../parts/action.tsx";
import { Mark } from "../../parts/labels.tsx";
import { Loading, Problem } from "../../parts/states.tsx";
import { useAction, usePortal } from "../../portal.ts";
import { EmptyIn, Section } from "./sections.tsx";

type Role = PilotView["team"][number]["role"];
const teamRoles: readonly Role[] = ["advisor", "expert", "living_lab"];

export function Team({ pilot }: { readonly pilot: PilotView }) {
  const { t } = useTranslation(["pilot", "workspace", "common"]);
  const [isOpen, setOpen] = useState(false);
  const lead = pilot.team.find(({ role }) => role === "advisor");
  const isRunning = pilot.status === "active" || pilot.status === "on_hold" || pilot.status === "completed";
  return (
    <Section id="people" title={t("people.title")}>
      <ul className="people">
        <li>{t("people.company", { name: pilot.organisation.name })}</li>
        {pilot.team.map((member) => (
          <li key={`${member.person.id} ${member.role}`}>
            {t("people.member", {
              name: member.person.name,
              role: t(`common:role.${member.role}`).toLowerCase(),
              country: countryName(member.country),
            })}{" "}
            {member === lead ? <Mark tone="gray">{t("workspace:team.leads")}</Mark> : null}
          </li>
        ))}
      </ul>
      {pilot.team.length === 0 ? <EmptyIn pilot={pilot}>{t("people.empty")}</EmptyIn> : null}
      {pilot.may.includes("team.assign") && isRunning ? (
        <details className="action" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{t("workspace:team.change")}</summary>
          {isOpen ? <ChangeTeam pilot={pilot} onDone={() => setOpen(false)} /> : null}
        </details>
      ) : null}
    </Section>
  );
}

function ChangeTeam({ pilot, onDone }: { readonly pilot: PilotView; onDone(): void }) {
  const { t } = useTranslation(["pilot", "workspace", "common"]);
  const { announce } = usePortal();
  const { isPending, error, run } = useAction();
  const change = useCommand("changeTeam");
  const now = pilot.team.map(({ person, role }) => ({ personId: person.id, role }));
  const [team, setTeam] = useState(now);
  const advisors = team.filter(({ role }) => role === "advisor");
  const names = usePeople();

  const has = (personId: string, role: Role) =>
    team.some((member) => member.personId === personId && member.role === role);
  const choose = (personId: string, role: Role, isIn: boolean) => {
    const others = team.filter((member) => member.personId !== personId || member.role !== role);
    setTeam(isIn ? [...others, { personId, role }] : others);
  };
  const lead = (personId: string) =>
    setTeam(team.toSorted((a, b) => Number(isLead(b, personId)) - Number(isLead(a, personId))));

  if (names.people === undefined) return names.error === undefined ? <Loading /> : <Problem error={names.error} />;
  return (
    <form
      onSubmit={(event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        const reason = textIn(new FormData(event.currentTarget), "reason");
        run(async () => {
          const body = { team, ...(reason === "" ? {} : { reason }) };
          await change.mutateAsync({ params: { pilotId: pilot.id }, body });
          announce(t("workspace:team.done"));
          onDone();
        });
      }}
    >
      <p className="help">{t("workspace:team.explanation")}</p>
      {teamRoles.map((role) => {
        const candidates = names.people?.filter((person) => person.role === role) ?? [];
        return (
          <fieldset key={role}>
            <legend>{t(`common:role.${role}`)}</legend>
            {candidates.length === 0 ? <p className="help">{t("workspace:team.nobody")}</p> : null}
            {candidates.map((person) => (
              <Checkbox
                key={person.id}
                className="tick"
                checked={has(person.id, role)}
                onChange={(event) => choose(person.id, role, event.currentTarget.checked)}
                label={t("workspace:team.person", {
                  name: person.name,
                  languages: languageName(person.language),
                  country: countryName(person.country),
                  count: person.openTasks,
                })}
              />
            ))}
          </fieldset>
        );
      })}
      {advisors.length > 1 ? (
        <NativeSelect
          className="field"
          label={t("workspace:team.lead")}
          description={t("workspace:team.leadHelp")}
          value={advisors[0]?.personId ?? ""}
          onChange={(event) => lead(event.currentTarget.value)}
        >
          {advisors.map(({ personId }) => (
            <option key={personId} value={personId}>
              {names.people?.find(({ id }) => id === personId)?.name ?? personId}
            </option>
          ))}
        </NativeSelect>
      ) : null}
      <TextArea
        name="reason"
        label={t("common:reason")}
        help={t("workspace:team.reasonHelp")}
        isOptional
        maxLength={1000}
      />
      <Problem error={error} />
      <Button type="submit" aria-disabled={isPending}>
        {t("workspace:team.confirm")}
      </Button>
    </form>
  );
}

const isLead = (member: { readonly personId: string; readonly role: Role }, personId: string): boolean =>
  member.role === "advisor" && member.personId === personId;

/** Everybody of the programme in one of the team's roles. */
function usePeople() {
  const advisors = useOperation("listPeople", { query: { role: "advisor" } });
  const experts = useOperation("listPeople", { query: { role: "expert" } });
  const labs = useOperation("listPeople", { query: { role: "living_lab" } });
  const all = [advisors, experts, labs];
  return {
    people: all.every(({ data }) => data !== undefined) ? all.flatMap(({ data }) => data?.people ?? []) : undefined,
    error: all.find(({ error }) => error !== null)?.error ?? undefined,
  };
}
