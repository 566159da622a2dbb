/** What became of the tasks that were handed on together: how many went to whom, which stayed and why, and the way back. */
import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { TaskView } from "../../../shared/contracts/views.ts";
import { useAnswered, useAskAnew } from "../../api/queries.ts";
import { ActionButton } from "../../parts/action.tsx";
import { usePortal } from "../../portal.ts";
import { TasksWithReasons } from "./tasks-with-reasons.tsx";
import { eachOf, type Refused } from "./use-task-work.ts";

export interface Account {
  readonly title: string;
  readonly stayed: readonly Refused[];
  /** Delegated tasks of the reader's own. */
  readonly takeBack?: readonly TaskView[];
}

export function AccountOfTasks(props: {
  readonly account: Account;
  /** What became of taking them back, and what was taken back. */
  replace(account: Account, selected: readonly TaskView[]): void;
  close(): void;
}) {
  const { account, replace, close } = props;
  const { t } = useTranslation(["inbox", "common"]);
  const { call } = usePortal();
  const answered = useAnswered();
  const askAnew = useAskAnew();
  const title = useRef<HTMLHeadingElement>(null);
  // Reading it out needs no message beside it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each account is read.
  useEffect(() => title.current?.focus(), [account]);

  const takeBack = async (tasks: readonly TaskView[]) => {
    const back: TaskView[] = [];
    const stayed = await eachOf(tasks, async (task) => {
      const input = { params: { pilotId: task.pilotId, taskId: task.id }, body: { expectedVersion: task.version } };
      answered("returnTask", input, await call("returnTask", input), []);
      back.push(task);
    });
    askAnew();
    replace({ title: t("handOn.takenBack", { count: back.length }), stayed }, back);
  };

  return (
    <>
      <h2 ref={title} tabIndex={-1}>
        {account.title}
      </h2>
      {account.stayed.length === 0 ? null : (
        <>
          <p>{t("handOn.stay", { count: account.stayed.length })}</p>
          <TasksWithReasons tasks={account.stayed} />
        </>
      )}
      <div className="buttons">
        {account.takeBack === undefined || account.takeBack.length === 0 ? null : (
          <ActionButton act={() => takeBack(account.takeBack ?? [])}>
            {t("handOn.takeBack", { count: account.takeBack.length })}
          </ActionButton>
        )}
        <Button variant="default" onClick={close}>
          {t("common:close")}
        </Button>
      </div>
    </>
  );
}
