/** Support given to the pilot: hours, what they are worth as aid, how much more is possible; logging one's own. */
import { Button, Progress, TextInput } from "@mantine/core";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OutputOf } from "../../../shared/contracts/operations.ts";
import type { PilotView } from "../../../shared/contracts/views.ts";
import { useCommand, useOperation } from "../../api/queries.ts";
import { dayInWords, eurosInWords, numberInWords } from "../../language/format.ts";
import { Empty, Problem, Waiting } from "../../parts/states.tsx";
import { useAction, usePortal } from "../../portal.ts";
import { useShortcut } from "../../shell/shortcuts.ts";
import { Section } from "./sections.tsx";

type Support = OutputOf<"getSupport">;

const ended = ["rejected", "stopped", "withdrawn", "completed", "followed_up", "archived"];

export function Hours({ pilot }: { readonly pilot: PilotView }) {
  const { t } = useTranslation("workspace");
  const { data, error, refetch } = useOperation("getSupport", { params: { pilotId: pilot.id } });
  const mayLog = pilot.may.includes("hours.log") && !ended.includes(pilot.status);
  return (
    <Section id="hours" title={t("hours.title")}>
      {data === undefined ? (
        <Waiting error={error} reload={refetch} />
      ) : (
        <>
          <Sums support={data} />
          {mayLog ? <LogHours pilot={pilot} support={data} /> : null}
          <Entries support={data} isOwn={pilot.may.includes("hours.log")} />
        </>
      )}
    </Section>
  );
}

function Sums({ support }: { readonly support: Support }) {
  const { t } = useTranslation("workspace");
  const { hours, aidEur, plannedAidEur, aidRoomEur } = support;
  const planned = eurosInWords(plannedAidEur);
  const facts = [
    [t("hours.hours"), numberInWords(hours, { fractionDigits: 2 })],
    [t("hours.aid"), eurosInWords(aidEur)],
    [t("hours.planned"), planned],
    ...(aidRoomEur === undefined ? [] : [[t("hours.room"), eurosInWords(aidRoomEur)]]),
  ];
  return (
    <>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {/* The figures above say the same. */}
      <Progress aria-hidden value={Math.min(100, (100 * aidEur) / Math.max(plannedAidEur, 1))} />
      {aidEur > plannedAidEur ? <p className="notice">{t("hours.isOverPlanned", { planned })}</p> : null}
    </>
  );
}

function LogHours({ pilot, support }: { readonly pilot: PilotView; readonly support: Support }) {
  const { t } = useTranslation("workspace");
  const { now, announce } = usePortal();
  const { isPending, error, run } = useAction();
  const log = useCommand("logHours");
  const today = now().toISOString().slice(0, 10);
  const [hours, setHours] = useState("");
  const [on, setOn] = useState(today);
  const [activity, setActivity] = useState("");
  const [isOpen, setOpen] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useShortcut("h", t("keys.hours"), () => {
    setOpen(true);
    // After it is unfolded.
    requestAnimationFrame(() => field.current?.focus());
  });
  const amount = Number(hours);
  const value = amount * support.hourlyRateEur;
  const total = support.aidEur + value;
  const send = async () => {
    await log.mutateAsync({ params: { pilotId: pilot.id }, body: { hours: amount, on, activity: activity.trim() } });
    setHours("");
    setActivity("");
    announce(t("hours.done"));
  };
  return (
    <details className="action" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("hours.log")}</summary>
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          run(send);
        }}
      >
        <p className="help">{t("hours.explanation", { rate: eurosInWords(support.hourlyRateEur) })}</p>
        <div className="columns">
          <TextInput
            ref={field}
            className="field"
            type="number"
            inputMode="decimal"
            label={t("hours.amount")}
            min={0.25}
            max={24}
            step={0.25}
            required
            withAsterisk={false}
            value={hours}
            onChange={(event) => setHours(event.currentTarget.value)}
          />
          <TextInput
            className="field"
            type="date"
            label={t("hours.on")}
            max={today}
            required
            withAsterisk={false}
            value={on}
            onChange={(event) => setOn(event.currentTarget.value)}
          />
        </div>
        <TextInput
          className="field"
          label={t("hours.activity")}
          maxLength={200}
          required
          withAsterisk={false}
          value={activity}
          onChange={(event) => setActivity(event.currentTarget.value)}
        />
        <div className="help" role="status">
          {amount > 0 ? (
            <p>
              {t("hours.worth", {
                hours: numberInWords(amount, { fractionDigits: 2 }),
                value: eurosInWords(value),
                total: eurosInWords(total),
              })}
            </p>
          ) : null}
          {amount > 0 && support.aidRoomEur !== undefined && total > support.aidRoomEur ? (
            <p className="overdue">{t("hours.overRoom", { room: eurosInWords(support.aidRoomEur) })}</p>
          ) : amount > 0 && total > support.plannedAidEur ? (
            <p className="overdue">{t("hours.overPlanned", { planned: eurosInWords(support.plannedAidEur) })}</p>
          ) : null}
        </div>
        <Problem error={error} />
        <Button type="submit" aria-disabled={isPending}>
          {t("hours.confirm")}
        </Button>
      </form>
    </details>
  );
}

function Entries({ support: { entries }, isOwn }: { readonly support: Support; readonly isOwn: boolean }) {
  const { t } = useTranslation("workspace");
  if (entries.length === 0) return <Empty>{t(isOwn ? "hours.emptyOwn" : "hours.empty")}</Empty>;
  return (
    <details className="stage">
      <summary>{t(isOwn ? "hours.entriesOwn" : "hours.entries")}</summary>
      <ul className="cards">
        {entries.map(({ id, on, hours, activity, aidEur, by }) => (
          <li key={id}>
            <p className="what">{activity}</p>
            <p className="quiet">
              {dayInWords(on)} · {by.person.name} ·{" "}
              {t("hours.entry", { hours: numberInWords(hours, { fractionDigits: 2 }), value: eurosInWords(aidEur) })}
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}
