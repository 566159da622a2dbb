/**
 * Support given to the pilot: hours, what they are worth as aid, how much more is possible; logging one's own, and what
 * the company and a coordinator say of them.
 */
import { Button, Progress, Radio, TextInput } from "@mantine/core";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OutputOf } from "../../../shared/contracts/operations.ts";
import type { PilotView } from "../../../shared/contracts/views.ts";
import { isEnded } from "../../../shared/domain/pilot/state.ts";
import { useCommand, useOperation } from "../../api/queries.ts";
import { dayInWords, eurosInWords, numberInWords, priceInWords } from "../../language/format.ts";
import { ActionButton, ActionForm, TextArea, textIn } from "../../parts/action.tsx";
import { Facts, FactsInLine } from "../../parts/facts.tsx";
import { Mark } from "../../parts/labels.tsx";
import { Problem, Waiting } from "../../parts/states.tsx";
import { useAction, usePortal } from "../../portal.ts";
import { useShortcut } from "../../shell/shortcuts.ts";
import { EmptyIn, Section } from "./sections.tsx";

type Support = OutputOf<"getSupport">;
type Entry = Support["entries"][number];

export function Hours({ pilot }: { readonly pilot: PilotView }) {
  const { t } = useTranslation("workspace");
  const { data, error, refetch } = useOperation("getSupport", { params: { pilotId: pilot.id } });
  const mayLog = pilot.may.includes("hours.log") && !isEnded(pilot);
  return (
    <Section id="hours" title={t("hours.title")}>
      {data === undefined ? (
        <Waiting error={error} reload={refetch} />
      ) : (
        <>
          <Sums support={data} />
          {mayLog ? <LogHours pilot={pilot} support={data} /> : null}
          <Entries pilot={pilot} support={data} />
        </>
      )}
    </Section>
  );
}

function Sums({ support }: { readonly support: Support }) {
  const { t } = useTranslation("workspace");
  const { hours, openHours, aidEur, plannedAidEur, plannedBy, aidRoomEur } = support;
  const planned = eurosInWords(plannedAidEur);
  const facts = [
    [t("hours.hours"), numberInWords(hours, { fractionDigits: 2 })],
    [t("hours.open"), numberInWords(openHours, { fractionDigits: 2 })],
    [t("hours.room"), aidRoomEur === undefined ? undefined : priceInWords(aidRoomEur)],
    // Last, above the bar that shows the same.
    [t("hours.aid"), t(`hours.used.${plannedBy}`, { aid: priceInWords(aidEur), planned })],
  ] as const;
  return (
    <>
      <Facts of={facts} />
      <Progress aria-hidden value={Math.min(100, (100 * aidEur) / Math.max(plannedAidEur, 1))} />
      {aidEur > plannedAidEur ? <p className="notice">{t(`hours.isOverPlanned.${plannedBy}`, { planned })}</p> : null}
    </>
  );
}

function LogHours({ pilot, support }: { readonly pilot: PilotView; readonly support: Support }) {
  const { t } = useTranslation("workspace");
  const { day, announce } = usePortal();
  const { isPending, error, run } = useAction();
  const log = useCommand("logHours");
  const today = day();
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
        <p className="help">{t("hours.explanation", { rate: priceInWords(support.hourlyRateEur) })}</p>
        <div className="columns">
          <TextInput
            ref={field}
            className="field"
            type="number"
            inputMode="decimal"
            label={t("hours.amount")}
            description={t("hours.amountHelp")}
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
            description={t("hours.onHelp")}
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
          description={t("hours.activityHelp")}
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
                value: priceInWords(value),
                total: priceInWords(total),
              })}
            </p>
          ) : null}
          {amount > 0 && support.aidRoomEur !== undefined && total > support.aidRoomEur ? (
            <p className="overdue">{t("hours.overRoom", { room: priceInWords(support.aidRoomEur) })}</p>
          ) : amount > 0 && total > support.plannedAidEur ? (
            <p className="overdue">
              {t(`hours.overPlanned.${support.plannedBy}`, { planned: eurosInWords(support.plannedAidEur) })}
            </p>
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

function Entries({ pilot, support }: { readonly pilot: PilotView; readonly support: Support }) {
  const { t } = useTranslation("workspace");
  const { entries, openHours } = support;
  const isOwn = pilot.may.includes("hours.log");
  // Stays as it is when the last one is answered: the answer is read there.
  const [isOpen, setOpen] = useState(
    (pilot.may.includes("hours.confirm") && openHours > 0) || mayDecideOnSome(pilot, support),
  );
  const waiting = entries.filter(({ status }) => status === "logged");
  const only = waiting.length === 1 ? waiting[0]?.id : undefined;
  // After the end nothing of one's own comes here any more, and the sums above are not none.
  if (entries.length === 0 && isEnded(pilot) && support.hours > 0) return null;
  if (entries.length === 0) return <EmptyIn pilot={pilot}>{t(isOwn ? "hours.emptyOwn" : "hours.empty")}</EmptyIn>;
  return (
    <>
      {pilot.may.includes("hours.confirm") ? <ConfirmAll pilot={pilot} support={support} /> : null}
      <details className="stage" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t(isOwn ? "hours.entriesOwn" : "hours.entries")}</summary>
        <ul className="cards">
          {entries.map((entry) => (
            <li key={entry.id}>
              <p className="what">
                {entry.activity}{" "}
                <Mark tone={entry.status === "logged" || entry.status === "disputed" ? "warn" : "gray"}>
                  {t(`hours.status.${entry.status}`)}
                </Mark>
              </p>
              <p className={entry.status === "struck" ? "quiet struck" : "quiet"}>
                <FactsInLine>
                  {dayInWords(entry.on)}
                  {entry.by.person.name}
                  {t("hours.entry", {
                    hours: numberInWords(entry.hours, { fractionDigits: 2 }),
                    value: priceInWords(entry.aidEur),
                  })}
                </FactsInLine>
              </p>
              <Said entry={entry} />
              <Answer pilot={pilot} entry={entry} isOnly={entry.id === only} />
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

const mayDecideOnSome = (pilot: PilotView, { entries }: Support): boolean =>
  pilot.may.includes("hours.settle") && entries.some(({ status }) => status === "disputed");

/** What the company and a coordinator said of an entry. */
function Said({ entry: { status, answered, settled } }: { readonly entry: Entry }) {
  const { t } = useTranslation("workspace");
  if (answered === undefined) return null;
  const said = { name: answered.by.name, day: dayInWords(answered.at) };
  return (
    <>
      <p className="quiet">
        {t(status === "confirmed" ? "hours.confirmedBy" : "hours.disputedBy", said)}
        {answered.reason === undefined ? null : <q>{answered.reason}</q>}
      </p>
      {settled === undefined ? null : (
        <p className="quiet">
          {t(status === "upheld" ? "hours.upheldBy" : "hours.struckBy", {
            name: settled.by.name,
            day: dayInWords(settled.at),
          })}
          <q>{settled.reason}</q>
        </p>
      )}
    </>
  );
}

function ConfirmAll({ pilot, support }: { readonly pilot: PilotView; readonly support: Support }) {
  const { t } = useTranslation("workspace");
  const { announce } = usePortal();
  const confirm = useCommand("confirmHours");
  const open = support.entries.filter(({ status }) => status === "logged");
  if (open.length === 0) return support.openHours > 0 ? null : <p className="help">{t("hours.allAnswered")}</p>;
  const hours = numberInWords(
    open.reduce((sum, entry) => sum + entry.hours, 0),
    { fractionDigits: 2 },
  );
  return (
    <div className="notice">
      <p>{t("hours.toConfirm", { count: open.length, hours })}</p>
      <p className="help">{t("hours.toConfirmHelp")}</p>
      <div className="buttons">
        <ActionButton
          rank="primary"
          act={async () => {
            const entryIds = open.map(({ id }) => id);
            await confirm.mutateAsync({ params: { pilotId: pilot.id }, body: { entryIds } });
            announce(t("hours.confirmed"));
          }}
        >
          {t("hours.confirmAll", { count: open.length })}
        </ActionButton>
      </div>
    </div>
  );
}

/** What this person may say of an entry. */
function Answer(props: {
  readonly pilot: PilotView;
  readonly entry: Entry;
  /** No other waits: it is confirmed above the list. */
  readonly isOnly: boolean;
}) {
  const { pilot, entry, isOnly } = props;
  const { t } = useTranslation(["workspace", "common"]);
  const { announce } = usePortal();
  const confirm = useCommand("confirmHours");
  const dispute = useCommand("disputeHours");
  const settle = useCommand("settleHours");
  const { id, status, activity } = entry;
  const params = { pilotId: pilot.id };
  const isOpen = status === "logged" || status === "disputed";
  if (pilot.may.includes("hours.confirm") && isOpen) {
    return (
      <>
        {isOnly ? null : (
          <div className="buttons">
            <ActionButton
              about={activity}
              act={async () => {
                await confirm.mutateAsync({ params, body: { entryIds: [id] } });
                announce(t("hours.confirmed"));
              }}
            >
              {t("hours.confirmOne")}
            </ActionButton>
          </div>
        )}
        {status === "disputed" ? null : (
          <ActionForm
            title={t("hours.dispute")}
            explanation={t("hours.disputeHelp")}
            confirm={t("hours.disputeConfirm")}
            act={async (form) => {
              await dispute.mutateAsync({ params, body: { entryId: id, reason: textIn(form, "reason") } });
              announce(t("hours.disputed"));
            }}
          >
            <TextArea name="reason" label={t("hours.disputeReason")} maxLength={1000} />
          </ActionForm>
        )}
      </>
    );
  }
  if (!pilot.may.includes("hours.settle") || status !== "disputed") return null;
  return (
    <ActionForm
      title={t("hours.settle")}
      explanation={t("hours.settleHelp")}
      confirm={t("hours.settleConfirm")}
      act={async (form) => {
        const body = { entryId: id, counts: form.get("counts") === "yes", reason: textIn(form, "reason") };
        await settle.mutateAsync({ params, body });
        announce(t("hours.settled"));
      }}
    >
      <fieldset>
        <legend>{t("hours.settleLegend")}</legend>
        <Radio className="tick" name="counts" value="yes" required label={t("hours.counts")} />
        <Radio className="tick" name="counts" value="no" required label={t("hours.countsNot")} />
      </fieldset>
      <TextArea name="reason" label={t("common:reason")} maxLength={1000} />
    </ActionForm>
  );
}
