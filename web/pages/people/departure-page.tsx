/** An advisor leaves: each pilot to a colleague, by load and language, in one screen. */
import { NativeSelect } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DepartureView } from "../../../shared/contracts/people-operations.ts";
import { useCommand, useOperation } from "../../api/queries.ts";
import { countryName, dayInWords, idsInWords, languageName, numberInWords } from "../../language/format.ts";
import { ActionForm, Input, TextArea, textIn } from "../../parts/action.tsx";
import { FactsInLine } from "../../parts/facts.tsx";
import { DueDate } from "../../parts/labels.tsx";
import { PageHeading, PageLink } from "../../parts/page.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";

export function DeparturePage() {
  const { t } = useTranslation(["people", "common"]);
  const { personId } = useParams({ from: "/portal/people/$personId/departure" });
  const { data, error, refetch } = useOperation("previewDeparture", { params: { personId } });
  const trail = [
    <PageLink key="people" to="/people">
      {t("title")}
    </PageLink>,
  ];
  return (
    <>
      <PageHeading trail={trail}>
        {data === undefined ? t("departure.title") : t("departure.link", { name: data.person.name })}
      </PageHeading>
      {data === undefined ? <Waiting error={error} reload={refetch} /> : <HandOver departure={data} />}
    </>
  );
}

function HandOver({ departure }: { readonly departure: DepartureView }) {
  const { t } = useTranslation(["people", "common"]);
  const { day, announce } = usePortal();
  const plan = useCommand("planDeparture");
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const [done, setDone] = useState<string>();
  const { person, pilots, colleagues, openTasks } = departure;
  const [first] = colleagues;
  if (done !== undefined) return <p className="notice good">{done}</p>;
  if (first === undefined) return <Empty>{t("departure.nobody")}</Empty>;
  const successorOf = ({ id, suggestedSuccessorId = first.person.id }: DepartureView["pilots"][number]) =>
    chosen[id] ?? suggestedSuccessorId;
  const awayInWords = ({ from, until }: { readonly from: string; readonly until: string }) =>
    t("departure.away", { from: dayInWords(from), until: dayInWords(until) });
  const extra = (colleagueId: string) => {
    const theirs = pilots.filter((pilot) => successorOf(pilot) === colleagueId);
    return { pilots: theirs.length, tasks: theirs.reduce((sum, { tasks }) => sum + tasks.length, 0) };
  };
  return (
    <>
      <p>{t("departure.summary", { pilots: numberInWords(pilots.length), tasks: numberInWords(openTasks) })}</p>
      <section aria-labelledby="colleagues">
        <h2 id="colleagues">{t("departure.colleagues")}</h2>
        <ul className="cards many">
          {colleagues.map((colleague) => {
            const more = extra(colleague.person.id);
            return (
              <li key={colleague.person.id}>
                <p className="what">{colleague.person.name}</p>
                <p className="quiet">
                  <FactsInLine>
                    {t("departure.speaks", {
                      country: countryName(colleague.country),
                      language: languageName(colleague.language),
                    })}
                    {t("departure.load", {
                      pilots: colleague.pilots,
                      pilotsAfter: colleague.pilots + more.pilots,
                      tasks: colleague.openTasks,
                      tasksAfter: colleague.openTasks + more.tasks,
                    })}
                  </FactsInLine>
                </p>
                {colleague.away === undefined ? null : <p className="overdue">{awayInWords(colleague.away)}</p>}
              </li>
            );
          })}
        </ul>
      </section>
      <section aria-labelledby="pilots">
        <h2 id="pilots">{t("departure.pilots")}</h2>
        <p className="help">{t("departure.suggested")}</p>
        {pilots.length === 0 ? <Empty>{t("departure.noPilots")}</Empty> : null}
        <ul className="cards many">
          {pilots.map((pilot) => (
            <li key={pilot.id}>
              <p className="what">
                <PageLink to="/pilots/$pilotId" params={{ pilotId: pilot.id }}>
                  {pilot.title}
                </PageLink>
              </p>
              <p className="quiet">
                {t("departure.company", {
                  language: languageName(pilot.language),
                  country: countryName(pilot.country),
                })}
              </p>
              {pilot.tasks.length === 0 ? null : (
                <ul className="quiet">
                  {pilot.tasks.map((task) => (
                    <li key={task.id}>
                      <FactsInLine>
                        {idsInWords(task.title)}
                        <DueDate at={task.dueAt} isOver={task.overdue} isHeld={task.onHold} />
                      </FactsInLine>
                    </li>
                  ))}
                </ul>
              )}
              <NativeSelect
                aria-label={t("departure.successor", { pilot: pilot.title })}
                value={successorOf(pilot)}
                onChange={(event) => setChosen({ ...chosen, [pilot.id]: event.currentTarget.value })}
              >
                {colleagues.map((colleague) => (
                  <option key={colleague.person.id} value={colleague.person.id}>
                    <FactsInLine>
                      {`${colleague.person.name} (${languageName(colleague.language)})`}
                      {colleague.away === undefined ? null : awayInWords(colleague.away)}
                    </FactsInLine>
                  </option>
                ))}
              </NativeSelect>
            </li>
          ))}
        </ul>
      </section>
      <ActionForm
        title={t("departure.plan")}
        explanation={t("departure.explanation", { name: person.name })}
        confirm={t("departure.confirm")}
        isGrave
        act={async (form) => {
          const planned = await plan.mutateAsync({
            params: { personId: person.id },
            body: {
              successorId: first.person.id,
              pilots: Object.fromEntries(pilots.map((pilot) => [pilot.id, successorOf(pilot)])),
              lastDay: textIn(form, "lastDay"),
              reason: textIn(form, "reason"),
            },
          });
          const words = t("departure.done", { pilots: planned.pilots.length, tasks: planned.tasks });
          announce(words);
          setDone(words);
        }}
      >
        <Input type="date" name="lastDay" label={t("lastDay")} min={day()} />
        <TextArea name="reason" label={t("common:reason")} help={t("departure.reasonHelp")} maxLength={1000} />
      </ActionForm>
    </>
  );
}
