/** What is one's own: the language, what one is written to about, the calendar of due dates. */
import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCommand, useOperation } from "../../api/queries.ts";
import { speak } from "../../language/language.ts";
import { languages } from "../../language/languages.ts";
import { ActionButton } from "../../parts/action.tsx";
import { focusHeading, PageHeading } from "../../parts/page.tsx";
import { Problem, Waiting } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";
import { isGivenTasks } from "../../shell/navigation.ts";
import { BeingForgotten, CopyOfMyData } from "../privacy/my-data.tsx";
import { CalendarLink } from "./calendar-link.tsx";
import { NotificationSettings } from "./notification-settings.tsx";

export function SettingsPage() {
  const { t } = useTranslation(["settings", "common"]);
  const { me } = usePortal();
  const { data, error, refetch } = useOperation("getMySettings", {});
  return (
    <>
      <PageHeading>{t("common:shell.settings")}</PageHeading>
      {data === undefined ? (
        <Waiting error={error} reload={refetch} />
      ) : (
        <>
          <LanguageSetting current={data.language} />
          {isGivenTasks(me.acting.role) ? (
            <>
              <NotificationSettings settings={data} />
              <CalendarLink since={data.calendar?.since} />
            </>
          ) : null}
          <CopyOfMyData />
          <BeingForgotten />
          <OpenSource />
        </>
      )}
    </>
  );
}

/** Of the account, for mails and new devices; the menu changes the pages of one device only, from where they come back here. */
function LanguageSetting({ current }: { readonly current: string }) {
  const { t, i18n } = useTranslation("settings");
  const { announce } = usePortal();
  const { mutate, error } = useCommand("updateMe");
  const own = languages.find(({ code }) => code === current);
  const here = languages.find(({ code }) => code === i18n.language);
  return (
    <section aria-labelledby="language">
      <h2 id="language">{t("language.title")}</h2>
      <NativeSelect
        label={t("language.label")}
        description={t("language.help")}
        value={current}
        onChange={(event) => {
          const chosen = languages.find(({ code }) => code === event.currentTarget.value);
          if (chosen === undefined) return;
          const { code } = chosen;
          mutate(
            { body: { language: code } },
            { onSuccess: () => void speak(code).then(() => announce(i18n.t("saved", { ns: "settings" }))) },
          );
        }}
      >
        {own !== undefined ? null : (
          <option value={current} lang={current}>
            {languageName(current)}
          </option>
        )}
        {languages.map(({ code, name }) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </NativeSelect>
      <Problem error={error} />
      {own === undefined || here === undefined || own === here ? null : (
        <>
          <p className="help">{t("language.elsewhere", { language: here.name })}</p>
          <ActionButton act={() => speak(own.code).then(focusHeading)}>{t("language.showHere")}</ActionButton>
        </>
      )}
    </section>
  );
}

/** The notices of what this page is made with; the build names them in `index.html`. */
function OpenSource() {
  const { t } = useTranslation("settings");
  const notices = document.querySelector<HTMLLinkElement>("link[rel=license]");
  if (notices === null) return null;
  return (
    <section aria-labelledby="open-source">
      <h2 id="open-source">{t("openSource.title")}</h2>
      <p className="help">{t("openSource.help")}</p>
      <p>
        <a href={notices.href}>{t("openSource.notices")}</a>
      </p>
    </section>
  );
}

/** Of a language that mails know and these pages do not yet, as its speakers call it. */
const languageName = (code: string): string => new Intl.DisplayNames(code, { type: "language" }).of(code) ?? code;
