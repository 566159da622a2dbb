/** What Fairway wrote to people: the outbox, newest first. */
import { useTranslation } from "react-i18next";
import { usePages } from "../../api/queries.ts";
import { minuteInWords } from "../../language/format.ts";
import { ActionButton } from "../../parts/action.tsx";
import { PageHeading } from "../../parts/page.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";

export function MailsPage() {
  const { t } = useTranslation(["settings", "common"]);
  const { data, error, refetch, hasNextPage, fetchNextPage } = usePages("listMails", { query: {} });
  const mails = data?.pages.flatMap((page) => page.mails) ?? [];
  return (
    <>
      <PageHeading>{t("mails.title")}</PageHeading>
      {data === undefined ? <Waiting error={error} reload={refetch} /> : null}
      {data !== undefined && mails.length === 0 ? <Empty>{t("mails.empty")}</Empty> : null}
      <ul className="cards">
        {mails.map((mail) => (
          <li key={mail.id}>
            <details>
              <summary>
                <strong>{mail.subject}</strong>{" "}
                <span className="quiet">
                  {t("mails.to", { name: mail.person.name, address: mail.to, time: minuteInWords(mail.createdAt) })}
                </span>
              </summary>
              <p className="letter">{mail.text}</p>
            </details>
          </li>
        ))}
      </ul>
      {hasNextPage ? (
        <ActionButton act={async () => void (await fetchNextPage({ throwOnError: true }))}>
          {t("common:showMore")}
        </ActionButton>
      ) : null}
    </>
  );
}
