/** Delegates or forwards all selected tasks that one choice of a person fits, and says why the others stay. */
import { Button } from "@mantine/core";
import { type FormEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PilotView, TaskView } from "../../../shared/contracts/views.ts";
import { useAnswered, useAskAnew, useOperations } from "../../api/queries.ts";
import { Select, TextArea, textIn } from "../../parts/action.tsx";
import { Waiting } from "../../parts/states.tsx";
import { useAction, usePortal } from "../../portal.ts";
import { someoneInWords } from "../../words.ts";
import type { Account } from "./account.tsx";
import { type Given, type HandingOn, type Receiver, receiversOf, stayingOf, type WhyStays } from "./handing-on.ts";
import { TasksWithReasons } from "./tasks-with-reasons.tsx";
import { useCandidateInWords, useColleagues } from "./use-colleagues.ts";
import { eachOf, type Refused } from "./use-task-work.ts";

interface HandOnProps {
  readonly verb: HandingOn;
  readonly tasks: readonly TaskView[];
  finish(account: Account): void;
  cancel(): void;
}

export function HandOn(props: HandOnProps) {
  const pilotIds = [...new Set(props.tasks.map(({ pilotId }) => pilotId))];
  const pilots = useOperations(
    "getPilot",
    pilotIds.map((pilotId) => ({ params: { pilotId } })),
  );
  const { colleagues, error, reload } = useColleagues(props.tasks);
  // Whoever selects more meanwhile stays where they are.
  const isNew = useRef(true);
  const { me } = usePortal();
  if (pilots.data === undefined) return <Waiting error={pilots.error} reload={pilots.refetch} />;
  if (colleagues === undefined) return <Waiting error={error} reload={reload} />;
  const byId = new Map(pilots.data.map((pilot) => [pilot.id, pilot]));
  const given = props.tasks.flatMap((task): Given[] => {
    const pilot = byId.get(task.pilotId);
    return pilot === undefined ? [] : [{ task, pilot }];
  });
  const receivers = receiversOf(props.verb, me, given, colleagues);
  return <HandOnForm {...props} given={given} receivers={receivers} isNew={isNew} />;
}

function HandOnForm(
  props: HandOnProps & {
    readonly given: readonly Given[];
    readonly receivers: readonly Receiver[];
    readonly isNew: RefObject<boolean>;
  },
) {
  const { verb, given, receivers, isNew, finish, cancel } = props;
  const { t } = useTranslation(["inbox", "common"]);
  const { call, me } = usePortal();
  const answered = useAnswered();
  const askAnew = useAskAnew();
  const inWords = useCandidateInWords();
  const { isPending, run } = useAction();
  const form = useRef<HTMLFormElement>(null);
  const [value, choose] = useState("");
  const [tried, setTried] = useState(0);
  const receiver = receivers.find((each) => each.value === value);
  const going = receiver?.takes ?? [];
  const staying = stayingOf(verb, me, given, receivers, receiver).map(({ task, why }) => ({
    task,
    why: reasonInWords(why),
  }));

  useEffect(() => {
    if (isNew.current) form.current?.querySelector<HTMLElement>("select, button")?.focus();
    isNew.current = false;
  }, [isNew]);

  const send = async (task: TaskView, to: Receiver["to"], reason: string): Promise<PilotView> => {
    const params = { pilotId: task.pilotId, taskId: task.id };
    const seen = { expectedVersion: task.version };
    if (verb === "forward") {
      const input = { params, body: { ...seen, ...to, ...(reason === "" ? {} : { reason }) } };
      const pilot = await call("forwardTask", input);
      answered("forwardTask", input, pilot, []);
      return pilot;
    }
    if (!("toPersonId" in to)) throw new Error("A task is delegated to a person.");
    const input = { params, body: { ...seen, ...to } };
    const pilot = await call("delegateTask", input);
    answered("delegateTask", input, pilot, []);
    return pilot;
  };

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (receiver === undefined) return;
    const reason = textIn(new FormData(event.currentTarget), "reason");
    run(async () => {
      const gone: TaskView[] = [];
      setTried(0);
      const refused = await eachOf(going, async (task) => {
        try {
          const pilot = await send(task, receiver.to, reason);
          gone.push(pilot.tasks.find(({ id }) => id === task.id) ?? task);
        } finally {
          setTried((before) => before + 1);
        }
      });
      askAnew();
      finish(accountOf(receiver, gone, [...refused, ...staying]));
    });
  };

  const leave = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !isPending) cancel();
  };

  return (
    <form ref={form} className="hand-on" onSubmit={submit} onKeyDown={leave}>
      {receivers.length === 0 ? (
        <p>{t("handOn.nobody")}</p>
      ) : (
        <>
          <p className="help">{t(verb === "delegate" ? "handOn.delegateHelp" : "handOn.forwardHelp")}</p>
          <Select
            label={t(verb === "delegate" ? "more.person" : "more.to")}
            help={t(verb === "delegate" ? "more.personHelp" : "more.toHelp")}
            options={receivers.map((each) => ({ value: each.value, label: optionInWords(each) }))}
            value={value}
            choose={choose}
          />
          {verb === "forward" ? (
            <TextArea
              name="reason"
              label={t("common:reason")}
              help={t("more.reasonHelp")}
              isOptional
              maxLength={1000}
            />
          ) : null}
        </>
      )}
      <div className="buttons">
        {receivers.length === 0 ? null : (
          <Button type="submit" aria-disabled={isPending}>
            {receiver === undefined
              ? t(verb === "delegate" ? "more.delegate" : "more.forward")
              : t(verb === "delegate" ? "handOn.delegate" : "handOn.forward", { count: going.length })}
          </Button>
        )}
        <Button variant="default" aria-disabled={isPending} onClick={() => (isPending ? undefined : cancel())}>
          {t("common:close")}
        </Button>
      </div>
      <div role="status">
        {staying.length === 0 || isPending ? null : (
          <>
            <p>{t("handOn.stay", { count: staying.length })}</p>
            <TasksWithReasons tasks={staying} />
          </>
        )}
        {isPending ? (
          <p>
            <progress aria-hidden value={tried} max={going.length} />{" "}
            {t("handOn.progress", { tried, all: going.length })}
          </p>
        ) : null}
      </div>
    </form>
  );

  function accountOf(to: Receiver, gone: readonly TaskView[], stayed: readonly Refused[]): Account {
    const { candidate } = to;
    const count = gone.length;
    if (candidate === undefined) return { title: t("handOn.listed", { count, who: listInWords(to) }), stayed };
    const name = candidate.name;
    if (verb === "forward") return { title: t("handOn.forwarded", { count, name }), stayed };
    const title = t("handOn.delegated", { count, name });
    // Who is responsible takes back; of others' tasks a coordinator cannot.
    const own = gone.filter(({ owner }) => owner?.id === me.seatId);
    return { title, stayed, takeBack: own };
  }

  function listInWords({ to }: Receiver): string {
    return "toRole" in to ? someoneInWords(to.toRole) : "";
  }

  function optionInWords(each: Receiver): string {
    const { candidate, takes } = each;
    const name = candidate === undefined ? t("more.toRole", { who: listInWords(each) }) : inWords(candidate);
    return takes.length === given.length ? name : t("handOn.some", { name, some: takes.length, all: given.length });
  }

  function reasonInWords(why: WhyStays): string {
    return t(`handOn.why.${why}`);
  }
}
