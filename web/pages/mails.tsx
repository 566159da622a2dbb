/** What Fairway wrote to people: the outbox, newest first. */
import { useState } from "react";
import type { OutputOf } from "../../shared/contracts/operations.ts";
import { ActionButton, Empty, PageHeading, Waiting } from "../parts.tsx";
import { useAnswer, usePortal } from "../portal.ts";
import { minuteInWords } from "../words.ts";

export function MailsPage() {
  const { call } = usePortal();
  const { answer, error, reload } = useAnswer("listMails", { query: {} });
  const [further, setFurther] = useState<OutputOf<"listMails">>();
  const mails = [...(answer?.mails ?? []), ...(further?.mails ?? [])];
  const cursor = further === undefined ? answer?.cursor : further.cursor;
  const showMore = async () => {
    if (cursor === undefined) return;
    const page = await call("listMails", { query: { cursor } });
    setFurther({ ...page, mails: [...(further?.mails ?? []), ...page.mails] });
  };
  return (
    <>
      <PageHeading>Outbox</PageHeading>
      {answer === undefined || error !== undefined ? <Waiting error={error} reload={reload} /> : null}
      {answer !== undefined && mails.length === 0 ? (
        <Empty>No mail yet. Reminders, reviews and decisions appear here as they go out to people.</Empty>
      ) : null}
      <ul className="cards">
        {mails.map((mail) => (
          <li key={mail.id}>
            <details>
              <summary>
                <strong>{mail.subject}</strong>{" "}
                <span className="quiet">
                  to {mail.person.name} &lt;{mail.to}&gt;, {minuteInWords(mail.createdAt)}
                </span>
              </summary>
              <p className="letter">{mail.text}</p>
            </details>
          </li>
        ))}
      </ul>
      {cursor === undefined ? null : <ActionButton act={showMore}>Show more</ActionButton>}
    </>
  );
}
