/** What Fairway wrote to people: the outbox, newest first, or what of it fits the words of the address. */
import { Badge } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { MailView } from "../../../shared/contracts/views.ts";
import { usePages } from "../../api/queries.ts";
import { minuteInWords } from "../../language/format.ts";
import { useResultKeys } from "../../parts/list-keys.ts";
import { PageHeading, PageLink } from "../../parts/page.tsx";
import { SearchForm } from "../../parts/search-form.tsx";
import { ShowMore } from "../../parts/show-more.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";

export function MailsPage() {
  const { t } = useTranslation(["mails", "common"]);
  const onKeyDown = useResultKeys();
  const { q } = useSearch({ from: "/portal/mails" });
  const navigate = useNavigate();
  const pages = usePages("listMails", {
    query: q === undefined ? {} : { q },
  });
  const { data, error, refetch, hasNextPage } = pages;
  const mails = data?.pages.flatMap((page) => page.mails) ?? [];
  return (
    <>
      <PageHeading>{t("title")}</PageHeading>
      <p className="quiet">{t("explanation")}</p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the field and the lines in it go through here. */}
      <div onKeyDown={onKeyDown}>
        <SearchForm
          label={t("find")}
          help={t("findHelp")}
          confirm={t("find")}
          q={q ?? ""}
          find={(words) => void navigate({ to: "/mails", search: words === "" ? {} : { q: words } })}
        >
          {q === undefined ? null : <PageLink to="/mails">{t("all")}</PageLink>}
        </SearchForm>
        {data === undefined ? <Waiting error={error} reload={refetch} /> : null}
        {data !== undefined && mails.length === 0 ? (
          <Empty>
            {q === undefined ? t("empty") : hasNextPage ? t("noMatchYet", { words: q }) : t("noMatch", { words: q })}
          </Empty>
        ) : null}
        <ul className="cards">
          {mails.map((mail) => (
            <li key={mail.id}>
              <details>
                <summary className="mail">
                  <strong>{mail.subject}</strong>
                  <Badge component="span" className="status" variant="light" color={tones[mail.status]}>
                    {t(`status.${mail.status}`)}
                  </Badge>
                  <span className="quiet">
                    {t("to", { name: mail.person.name })} <span className="address">&lt;{mail.to}&gt;</span>
                  </span>
                  <time className="quiet" dateTime={mail.createdAt}>
                    {minuteInWords(mail.createdAt)}
                  </time>
                </summary>
                <HowFar mail={mail} />
                <p className="letter">{mail.text}</p>
              </details>
            </li>
          ))}
        </ul>
      </div>
      <ShowMore of={pages}>{q === undefined ? t("common:showMore") : t("further")}</ShowMore>
    </>
  );
}

const tones: Readonly<Record<MailView["status"], "good" | "fairway" | "warn" | "gray">> = {
  waiting: "fairway",
  sent: "good",
  failed: "warn",
  bounced: "warn",
  kept: "gray",
};

/** What has become of a mail, and what the mail server said when it is not well. */
function HowFar({ mail }: { readonly mail: MailView }) {
  const { t } = useTranslation("mails");
  const { status, statusAt, attempts, nextAttemptAt = statusAt, cause, answer } = mail;
  const when = minuteInWords(statusAt);
  const said =
    status === "sent"
      ? t("come.sent", { when })
      : status === "kept"
        ? t("come.kept")
        : cause !== undefined
          ? t(`come.${cause}`, { when })
          : answer === undefined
            ? t("come.waitingNew")
            : t("come.waitingAgain", { count: attempts, when: minuteInWords(nextAttemptAt) });
  return (
    <p className="quiet">
      {said}
      {answer === undefined ? null : ` ${t("come.answer", { answer })}`}
    </p>
  );
}
