/** How soon each kind of message comes, if at all. */
import { Button, NativeSelect } from "@mantine/core";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { OutputOf } from "../../../shared/contracts/operations.ts";
import { deliveries, topics } from "../../../shared/domain/notifications.ts";
import { useCommand } from "../../api/queries.ts";
import { textIn } from "../../parts/action.tsx";
import { Problem } from "../../parts/states.tsx";
import { useAction, usePortal } from "../../portal.ts";

export function NotificationSettings({ settings }: { readonly settings: OutputOf<"getMySettings"> }) {
  const { t } = useTranslation("settings");
  const { me, announce } = usePortal();
  const { mutateAsync } = useCommand("updateMe", { invalidates: ["getMySettings"] });
  const { isPending, error, run } = useAction();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const chosen = topics.flatMap((topic) => {
      const delivery = deliveries.find((each) => each === textIn(form, topic));
      return delivery === undefined ? [] : [[topic, delivery] as const];
    });
    run(async () => {
      await mutateAsync({ body: { notifications: Object.fromEntries(chosen) } });
      announce(t("saved"));
    });
  };
  return (
    <section aria-labelledby="notifications">
      <h2 id="notifications">{t("notifications.title")}</h2>
      <p className="help">{t("notifications.help", { address: me.person.email })}</p>
      <form onSubmit={submit}>
        {topics.map((topic) => (
          <NativeSelect
            // What was saved meanwhile, here or elsewhere, is what the choice starts from.
            key={`${topic} ${settings.notifications[topic] ?? ""}`}
            className="field"
            name={topic}
            label={t(`topic.${topic}`)}
            description={t(`topicHelp.${topic}`)}
            defaultValue={settings.notifications[topic] ?? ""}
          >
            {/* There is no way back to what was never chosen. */}
            {settings.notifications[topic] === undefined ? <option value="">{t("notifications.usual")}</option> : null}
            {deliveries
              .filter((delivery) => topic !== "escalations" || delivery !== "none")
              .map((delivery) => (
                <option key={delivery} value={delivery}>
                  {t(`notifications.${delivery}`)}
                </option>
              ))}
          </NativeSelect>
        ))}
        <Problem error={error} />
        <Button type="submit" aria-disabled={isPending}>
          {t("notifications.save")}
        </Button>
      </form>
    </section>
  );
}
