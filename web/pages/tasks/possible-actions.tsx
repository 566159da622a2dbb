/** What else may be done with a task: hand it on, give it back, mark it, say when it will be ready or that it cannot be done. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PilotView, TaskView } from "../../../shared/contracts/views.ts";
import { useCommand, useOperation } from "../../api/queries.ts";
import { idsInWords } from "../../language/format.ts";
import { ActionButton, ActionForm, Input, Select, TextArea, textIn } from "../../parts/action.tsx";
import { Waiting } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";
import { someoneInWords } from "../../words.ts";
import { type Candidate, candidatesFor, listsFor, obstacleTo } from "./handing-on.ts";
import { useCandidateInWords, useColleagues } from "./use-colleagues.ts";
import { isDelegated, plays } from "./use-task-work.ts";

export function PossibleActions({ task }: { readonly task: TaskView }) {
  const { data: pilot, error, refetch } = useOperation("getPilot", { params: { pilotId: task.pilotId } });
  return pilot === undefined ? <Waiting error={error} reload={refetch} /> : <WithPeople task={task} pilot={pilot} />;
}

function WithPeople({ task, pilot }: { readonly task: TaskView; readonly pilot: PilotView }) {
  const { colleagues, error, reload } = useColleagues([task]);
  const { me } = usePortal();
  if (colleagues === undefined) return <Waiting error={error} reload={reload} />;
  return <Actions task={task} pilot={pilot} candidates={candidatesFor(me, task, pilot, colleagues)} />;
}

function Actions(props: {
  readonly task: TaskView;
  readonly pilot: PilotView;
  /** To whom it can be given. */
  readonly candidates: readonly Candidate[];
}) {
  const { task, pilot, candidates } = props;
  const { t } = useTranslation(["inbox", "common"]);
  const { me, announce, day } = usePortal();
  const delegate = useCommand("delegateTask");
  const giveBack = useCommand("returnTask");
  const forward = useCommand("forwardTask");
  const nominate = useCommand("nominateTask");
  const prioritise = useCommand("setTaskPriority");
  const fail = useCommand("failTask");
  const forecast = useCommand("giveForecast");
  const params = { pilotId: task.pilotId, taskId: task.id };
  const seen = { expectedVersion: task.version };
  const { role } = me.acting;
  const isMine = task.assignee?.id === me.seatId;
  const isOwner = task.owner?.id === me.seatId;
  const isPlayed = plays(role, task.candidateRole);
  const may = (action: string) => pilot.may.includes(action);
  const mayForward = obstacleTo("forward", me, task, pilot) === undefined;
  const inWords = useCandidateInWords();
  const people = candidates.map((each) => ({ value: each.id, label: inWords(each) }));
  const roles = listsFor(task, pilot);
  const receivers = [
    ...people.map(({ value, label }) => ({ value: `person ${value}`, label })),
    ...roles.map((each) => ({ value: `role ${each}`, label: t("more.toRole", { who: someoneInWords(each) }) })),
  ];

  const possible: ReactNode[] = [];
  if (isDelegated(task) && (isMine || isOwner)) {
    possible.push(
      <div key="return" className="buttons">
        <ActionButton
          about={task.title}
          act={async () => {
            await giveBack.mutateAsync({ params, body: seen });
            announce(t("more.returned", { name: task.owner?.name ?? "" }));
          }}
        >
          {isOwner ? t("more.takeBack") : t("more.return", { name: task.owner?.name ?? "" })}
        </ActionButton>
      </div>,
    );
  }
  if (task.kind === "produce" && isPlayed && may("task.work")) {
    possible.push(
      <ActionForm
        key="forecast"
        title={t("more.forecast")}
        explanation={t("more.forecastHelp")}
        confirm={t("more.forecastConfirm")}
        act={async (form) => {
          await forecast.mutateAsync({ params, body: { on: textIn(form, "on"), note: textIn(form, "note") } });
          announce(t("more.forecastGiven"));
        }}
      >
        <Input type="date" name="on" label={t("more.readyOn")} min={day()} />
        <TextArea name="note" label={t("more.note")} help={t("more.noteHelp")} isOptional maxLength={1000} />
      </ActionForm>,
    );
  }
  if (people.length > 0 && obstacleTo("delegate", me, task, pilot) === undefined) {
    possible.push(
      <ActionForm
        key="delegate"
        title={t("more.delegate")}
        explanation={t("more.delegateHelp")}
        confirm={t("more.delegateConfirm")}
        act={async (form) => {
          await delegate.mutateAsync({ params, body: { ...seen, toPersonId: textIn(form, "toPersonId") } });
          announce(t("more.delegated", { task: idsInWords(task.title) }));
        }}
      >
        <Select name="toPersonId" label={t("more.person")} help={t("more.personHelp")} options={people} />
      </ActionForm>,
    );
  }
  if (receivers.length > 0 && mayForward) {
    possible.push(
      <ActionForm
        key="forward"
        title={t("more.forward")}
        explanation={t("more.forwardHelp")}
        confirm={t("more.forwardConfirm")}
        act={async (form) => {
          const [kind, id] = textIn(form, "to").split(" ");
          const toRole = roles.find((each) => kind === "role" && each === id);
          const to = toRole === undefined ? { toPersonId: id ?? "" } : { toRole };
          const reason = textIn(form, "reason");
          await forward.mutateAsync({ params, body: { ...seen, ...to, ...(reason === "" ? {} : { reason }) } });
          announce(t("more.forwarded", { task: idsInWords(task.title) }));
        }}
      >
        <Select name="to" label={t("more.to")} help={t("more.toHelp")} options={receivers} />
        <TextArea name="reason" label={t("common:reason")} help={t("more.reasonHelp")} isOptional maxLength={1000} />
      </ActionForm>,
    );
  }
  if (people.length > 0 && may("task.nominate")) {
    possible.push(
      <ActionForm
        key="nominate"
        title={t("more.nominate")}
        explanation={t("more.nominateHelp")}
        confirm={t("more.nominateConfirm")}
        act={async (form) => {
          await nominate.mutateAsync({ params, body: { ...seen, toPersonId: textIn(form, "toPersonId") } });
          announce(t("more.nominated", { task: idsInWords(task.title) }));
        }}
      >
        <Select name="toPersonId" label={t("more.person")} help={t("more.personHelp")} options={people} />
      </ActionForm>,
    );
  }
  if (mayForward) {
    const priority = task.priority === "high" ? "normal" : "high";
    possible.push(
      <div key="priority" className="buttons">
        <ActionButton
          about={task.title}
          act={async () => {
            await prioritise.mutateAsync({ params, body: { ...seen, priority } });
            announce(t(priority === "high" ? "more.nowUrgent" : "more.nowNormal", { task: idsInWords(task.title) }));
          }}
        >
          {t(priority === "high" ? "more.markUrgent" : "more.markNormal")}
        </ActionButton>
      </div>,
    );
  }
  if (isMine && task.kind === "produce") {
    possible.push(
      <ActionForm
        key="fail"
        isGrave
        title={t("more.fail")}
        explanation={t("more.failHelp")}
        confirm={t("more.failConfirm")}
        act={async (form) => {
          await fail.mutateAsync({ params, body: { ...seen, reason: textIn(form, "reason") } });
          announce(t("more.failed", { task: idsInWords(task.title) }));
        }}
      >
        <TextArea name="reason" label={t("common:reason")} help={t("more.failReasonHelp")} />
      </ActionForm>,
    );
  }
  if (receivers.length === 0 && isMine && isPlayed && candidatesOfTeam.has(task.candidateRole)) {
    possible.push(
      <p key="nobody" className="quiet">
        {t("more.nobody")}
      </p>,
    );
  }
  return possible.length === 0 ? <p className="quiet">{t("more.nothing")}</p> : possible;
}

/** Whose tasks are handed on within the team of the pilot, which a coordinator names. */
const candidatesOfTeam: ReadonlySet<TaskView["candidateRole"]> = new Set(["advisor", "expert", "living_lab"]);
