/** What people wrote about the pilot, newest first, and what can be done about it: answer, ask back. */
import { Button } from "@mantine/core";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { NoteView } from "../../../shared/contracts/note-operations.ts";
import type { PilotView } from "../../../shared/contracts/views.ts";
import { usePages } from "../../api/queries.ts";
import { dueDayInWords, minuteInWords } from "../../language/format.ts";
import { Mark } from "../../parts/labels.tsx";
import { PageLink } from "../../parts/page.tsx";
import { ShowMore } from "../../parts/show-more.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";
import { useShortcut } from "../../shell/shortcuts.ts";
import { someoneInWords } from "../../words.ts";
import type { UnsentNote } from "./kept-note.ts";
import { TextWithMentions } from "./mention-text.tsx";
import { NoteComposer, useWriting } from "./note-composer.tsx";
import { EmptyIn, Section } from "./sections.tsx";

export function Notes({ pilot }: { readonly pilot: PilotView }) {
  const { t } = useTranslation("workspace");
  const pages = usePages("listNotes", {
    params: { pilotId: pilot.id },
    query: {},
  });
  const { data, error, refetch } = pages;
  const writing = useWriting(pilot.id);
  const field = useRef<HTMLTextAreaElement>(null);
  const notes = data?.pages.flatMap((page) => page.notes) ?? [];
  const mayWrite = pilot.may.includes("comment.write");
  const write = (note: Partial<UnsentNote>) => {
    writing.change(note);
    field.current?.focus();
  };
  return (
    <Section id="notes" title={t("notes.title")}>
      {mayWrite ? (
        <>
          <WriteShortcut write={() => field.current?.focus()} />
          <NoteComposer pilot={pilot} writing={writing} inputRef={field} />
        </>
      ) : null}
      {data === undefined ? <Waiting error={error} reload={refetch} /> : null}
      {data === undefined || notes.length > 0 ? null : mayWrite ? (
        <Empty>{t("notes.empty")}</Empty>
      ) : (
        <EmptyIn pilot={pilot}>{t("notes.empty")}</EmptyIn>
      )}
      <ol className="notes">
        {notes.map((note) => (
          <li key={note.id} className={note.internal ? "internal" : undefined}>
            <Note pilot={pilot} note={note} {...(mayWrite ? { write } : {})} />
          </li>
        ))}
      </ol>
      <ShowMore of={pages}>{t("notes.earlier")}</ShowMore>
    </Section>
  );
}

function WriteShortcut({ write }: { write(): void }) {
  const { t } = useTranslation("workspace");
  useShortcut("w", t("keys.write"), write);
  return null;
}

function Note(props: { readonly pilot: PilotView; readonly note: NoteView; write?(note: Partial<UnsentNote>): void }) {
  const { t } = useTranslation(["workspace", "common"]);
  const { pilot, note, write } = props;
  const { by, question, answers } = note;
  const deliverable = pilot.deliverables.find(({ id }) => id === note.deliverableId);
  const excerpt = { name: by.person.name, text: excerptOf(note.text), internal: note.internal };
  const mayAsk =
    write !== undefined && note.kind !== "question" && (pilot.status === "active" || pilot.status === "applied");
  return (
    <article>
      <p className="note-head">
        <strong>{headOf(note)}</strong>
        {by.for === undefined ? null : <span> {t("notes.for", { name: by.for.name })}</span>}
        <time className="quiet" dateTime={note.at}>
          {minuteInWords(note.at)}
        </time>
        {note.internal ? (
          <span title={t("notes.internalHelp")}>
            <Mark>{t("notes.internal")}</Mark>
          </span>
        ) : null}
        {question === undefined ? null : (
          <Mark tone={question.state === "open" ? "warn" : "gray"}>{t(`notes.state.${question.state}`)}</Mark>
        )}
      </p>
      {answers === undefined ? null : (
        <p className="quiet">{t("notes.answerTo", { question: excerptOf(answers.text) })}</p>
      )}
      <TextWithMentions text={note.text} people={note.mentions} />
      {deliverable === undefined && question === undefined ? null : (
        <p className="quiet note-facts">
          {deliverable === undefined ? null : (
            <span>
              {t("notes.about")}{" "}
              <PageLink
                to="/pilots/$pilotId/deliverables/$deliverableId"
                params={{ pilotId: pilot.id, deliverableId: deliverable.id }}
              >
                {deliverable.name}
              </PageLink>
            </span>
          )}
          {question === undefined || question.state === "answered" || question.state === "ended" ? null : (
            <span className={question.overdue ? "overdue" : undefined}>
              {t("notes.answerBy")} <time dateTime={question.dueAt}>{dueDayInWords(question.dueAt)}</time>
            </span>
          )}
        </p>
      )}
      <div className="buttons">
        {write !== undefined && question?.mayAnswer === true ? (
          <Button
            variant="default"
            size="compact-sm"
            aria-label={t("common:sentence", { first: t("notes.answer"), second: excerptOf(note.text) })}
            onClick={() => write({ kind: "answer", about: { ...excerpt, id: question.taskId } })}
          >
            {t("notes.answer")}
          </Button>
        ) : null}
        {mayAsk ? (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={t("common:sentence", { first: t("notes.askAbout"), second: excerptOf(note.text) })}
            onClick={() =>
              write({
                kind: "question",
                about: { ...excerpt, id: note.id },
                deliverableId: note.deliverableId,
                // Who is named in it is most likely the one to ask.
                to: note.mentions[0] === undefined ? undefined : `person ${note.mentions[0].id}`,
              })
            }
          >
            {t("notes.askAbout")}
          </Button>
        ) : null}
      </div>
    </article>
  );

  function headOf({ kind, by: author, question: asked }: NoteView): string {
    const { name } = author.person;
    if (kind === "comment") return t("notes.commented", { name });
    if (kind === "answer" || asked === undefined) return t("notes.answered", { name });
    return t("notes.asked", { name, who: asked.to?.name ?? someoneInWords(asked.toRole) });
  }
}

const excerptLength = 160;

const excerptOf = (text: string): string =>
  text.length <= excerptLength ? text : `${text.slice(0, excerptLength - 1).trimEnd()}…`;
