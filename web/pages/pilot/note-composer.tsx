/** Writing about a pilot: a comment, an internal note, a question to somebody, an answer. Says who will read it before it is sent. */
import { Button, Checkbox, NativeSelect, Radio, TextInput } from "@mantine/core";
import { type FormEvent, type Ref, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OutputOf } from "../../../shared/contracts/operations.ts";
import type { PilotView, TaskView } from "../../../shared/contracts/views.ts";
import { useCommand, useOperation } from "../../api/queries.ts";
import { Select } from "../../parts/action.tsx";
import { Problem } from "../../parts/states.tsx";
import { useAction, usePortal } from "../../portal.ts";
import { someoneInWords, stageIds } from "../../words.ts";
import { emptyNote, forgetKeptNote, keepNote, readKeptNote, type UnsentNote } from "./kept-note.ts";
import { type Mentionable, MentionTextarea } from "./mention-text.tsx";
import { mentionsIn } from "./mentions.ts";

type People = OutputOf<"listPilotPeople">["people"];

export interface Writing {
  readonly note: UnsentNote;
  /** Whether the device keeps it. */
  readonly isKept: boolean;
  change(note: Partial<UnsentNote>): void;
  /** Nothing is being written any more. */
  clear(): void;
}

/** What is being written about a pilot, wherever on the page it was begun. */
export function useWriting(pilotId: string): Writing {
  const { me } = usePortal();
  const key = { personId: me.person.id, pilotId };
  const [note, setNote] = useState<UnsentNote>(() => readKeptNote(key));
  const [isKept, setKept] = useState(true);
  return {
    note,
    isKept,
    change(changes) {
      const next = { ...note, ...changes };
      setNote(next);
      setKept(keepNote(key, next));
    },
    clear() {
      setNote(emptyNote);
      setKept(true);
      forgetKeptNote(key);
    },
  };
}

export function NoteComposer(props: {
  readonly pilot: PilotView;
  readonly writing: Writing;
  readonly inputRef: Ref<HTMLTextAreaElement>;
}) {
  const { t } = useTranslation(["workspace", "common"]);
  const { me, announce } = usePortal();
  const { pilot, writing } = props;
  const { note } = writing;
  const { isPending, error, run } = useAction();
  const comment = useCommand("addComment");
  const ask = useCommand("askQuestion");
  const answer = useCommand("answerQuestion");
  const { data } = useOperation("listPilotPeople", { params: { pilotId: pilot.id } });
  const people = data?.people ?? [];
  const mayNote = pilot.may.includes("comment.internal");
  const isInternal = isInternalNote(note);
  const readers = isInternal ? people.filter(({ readsInternalNotes }) => readsInternalNotes) : people;
  const mentioned = mentionsIn(note.text, people.map(nameOf));
  const told = mentioned.filter(({ id }) => readers.some(({ person }) => person.id === id));
  const untold = mentioned.filter(({ id }) => !told.some((person) => person.id === id));
  const params = { pilotId: pilot.id };
  const about = note.deliverableId === undefined ? {} : { deliverableId: note.deliverableId };

  const send = async () => {
    const text = note.text.trim();
    switch (note.kind) {
      case "comment":
      case "internal": {
        const mentions = told.length === 0 ? {} : { mentions: told.map(({ id }) => id) };
        await comment.mutateAsync({ params, body: { text, internal: isInternal, ...about, ...mentions } });
        announce(t(isInternal ? "compose.noted" : "compose.sent"));
        break;
      }
      case "question": {
        const fromNote = note.about === undefined ? {} : { fromNoteId: note.about.id };
        const body = {
          text,
          internal: isInternal,
          dueOn: note.dueOn ?? "",
          ...receiver(note.to),
          ...about,
          ...fromNote,
        };
        await ask.mutateAsync({ params, body });
        announce(t("compose.asked"));
        break;
      }
      case "answer":
        await answer.mutateAsync({ params: { ...params, taskId: note.about?.id ?? "" }, body: { text } });
        announce(t("compose.answered"));
    }
    writing.clear();
  };

  return (
    <form
      className="composer"
      aria-label={t("compose.title")}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        run(send);
      }}
    >
      {note.kind === "answer" ? null : <Kinds writing={writing} mayNote={mayNote} named={mentioned[0]?.id} />}
      {note.about === undefined ? null : (
        <p className="notice">
          {t(note.kind === "answer" ? "compose.answering" : "compose.from", note.about)}{" "}
          <Button variant="subtle" size="compact-sm" onClick={writing.clear}>
            {t("compose.leave")}
          </Button>
        </p>
      )}
      <MentionTextarea
        inputRef={props.inputRef}
        label={labelOf(note.kind)}
        help={note.kind === "comment" || note.kind === "internal" ? t("compose.mentionHelp") : undefined}
        value={note.text}
        people={
          note.kind === "comment" || note.kind === "internal"
            ? readers.filter(({ person }) => person.id !== me.person.id).map(mentionable)
            : []
        }
        onChange={(text) => writing.change({ text })}
      />
      {note.kind === "question" ? (
        <QuestionFields writing={writing} pilot={pilot} people={people} mayNote={mayNote} />
      ) : null}
      {note.kind === "answer" ? null : (
        <NativeSelect
          className="field"
          label={t("compose.about")}
          description={t("compose.aboutHelp")}
          value={note.deliverableId ?? ""}
          onChange={({ currentTarget: { value } }) =>
            writing.change({ deliverableId: value === "" ? undefined : value })
          }
        >
          <option value="">{t("compose.aboutNothing")}</option>
          {newestStageFirst(pilot).map(({ id, definitionId, name }) => (
            <option key={id} value={id}>
              {definitionId} {name}
            </option>
          ))}
        </NativeSelect>
      )}
      <div className="help" role="status">
        <p>{t(isInternal ? "compose.readers.internal" : "compose.readers.all")}</p>
        {told.length > 0 && note.kind !== "question" ? <p>{t("compose.mentioned", { who: namesOf(told) })}</p> : null}
        {untold.length > 0 ? <p className="overdue">{t("compose.cannotRead", { who: namesOf(untold) })}</p> : null}
      </div>
      <Problem error={error} />
      <div className="buttons">
        <Button type="submit" aria-disabled={isPending || note.text.trim() === ""}>
          {sendLabelOf(note.kind)}
        </Button>
      </div>
      <p className={writing.isKept ? "help" : "overdue"}>{t(writing.isKept ? "compose.kept" : "compose.notKept")}</p>
    </form>
  );

  function labelOf(kind: UnsentNote["kind"]): string {
    if (kind === "question") return t("compose.yourQuestion");
    return kind === "answer" ? t("compose.yourAnswer") : t("compose.text");
  }

  function sendLabelOf(kind: UnsentNote["kind"]): string {
    switch (kind) {
      case "comment":
        return t("compose.send");
      case "internal":
        return t("compose.sendInternal");
      case "question":
        return t("compose.ask");
      case "answer":
        return t("compose.sendAnswer");
    }
  }
}

const kinds = ["comment", "internal", "question"] as const;

function Kinds(props: {
  readonly writing: Writing;
  readonly mayNote: boolean;
  /** Whom the text names: the one to be asked, if it becomes a question. */
  readonly named: string | undefined;
}) {
  const { t } = useTranslation("workspace");
  const { writing, mayNote, named } = props;
  const { to = named === undefined ? undefined : `person ${named}` } = writing.note;
  return (
    <fieldset>
      <legend>{t("compose.kind")}</legend>
      <div className="choices">
        {kinds
          .filter((kind) => mayNote || kind !== "internal")
          .map((kind) => (
            <Radio
              key={kind}
              className="tick"
              name="kind"
              label={t(`compose.${kind}`)}
              checked={writing.note.kind === kind}
              onChange={() => writing.change(kind === "question" ? { kind, to } : { kind })}
            />
          ))}
      </div>
    </fieldset>
  );
}

const askedRoles: readonly TaskView["candidateRole"][] = ["sme", "advisor", "expert", "living_lab", "coordinator"];

/** Whom, by when, and whether the company may know. */
function QuestionFields(props: {
  readonly writing: Writing;
  readonly pilot: PilotView;
  readonly people: People;
  readonly mayNote: boolean;
}) {
  const { t } = useTranslation(["workspace", "common"]);
  const { day, me } = usePortal();
  const { writing, pilot, people, mayNote } = props;
  const { note } = writing;
  const isInternal = isInternalNote(note);
  const roles = askedRoles.filter((role) =>
    isInternal
      ? role === "advisor" || role === "coordinator"
      : role === "sme" || role === "coordinator" || pilot.team.some((member) => member.role === role),
  );
  const choices = [
    ...people
      .filter(({ person, readsInternalNotes }) => person.id !== me.person.id && (!isInternal || readsInternalNotes))
      .map(({ person, role }) => ({
        value: `person ${person.id}`,
        label: t("compose.person", { name: person.name, role: t(`common:role.${role}`) }),
      })),
    ...roles.map((role) => ({ value: `role ${role}`, label: t("compose.anyOf", { who: someoneInWords(role) }) })),
  ];
  return (
    <>
      <div className="columns">
        <Select
          label={t("compose.to")}
          help={t("compose.toHelp")}
          options={choices}
          value={choices.find(({ value }) => value === note.to)?.value ?? ""}
          choose={(to) => writing.change({ to })}
        />
        <TextInput
          className="field"
          type="date"
          label={t("compose.dueOn")}
          description={t("compose.dueOnHelp")}
          required
          withAsterisk={false}
          min={day()}
          value={note.dueOn ?? ""}
          onChange={({ currentTarget: { value } }) => writing.change({ dueOn: value })}
        />
      </div>
      {mayNote ? (
        <Checkbox
          className="field"
          label={t("compose.internalQuestion")}
          description={t("compose.internalQuestionHelp")}
          checked={isInternal}
          // What grows out of an internal note is internal.
          disabled={note.about?.internal === true}
          onChange={({ currentTarget: { checked } }) => writing.change({ isInternalQuestion: checked })}
        />
      ) : null}
    </>
  );
}

function isInternalNote({ kind, about, isInternalQuestion }: UnsentNote): boolean {
  if (kind === "answer" || about?.internal === true) return about?.internal === true;
  return kind === "internal" || (kind === "question" && isInternalQuestion === true);
}

function receiver(to: string | undefined): { toPersonId: string } | { toRole: TaskView["candidateRole"] } {
  const [kind = "", id = ""] = to?.split(" ") ?? [];
  const role = askedRoles.find((each) => kind === "role" && each === id);
  return role === undefined ? { toPersonId: id } : { toRole: role };
}

/** What is written about is mostly of the stage the pilot is in. */
function newestStageFirst({ deliverables, runs }: PilotView): PilotView["deliverables"] {
  const turn = new Map(runs.map(({ id, stageId }) => [id, stageIds.indexOf(stageId)]));
  return deliverables.toSorted((a, b) => (turn.get(b.runId) ?? -1) - (turn.get(a.runId) ?? -1));
}

const nameOf = ({ person }: People[number]) => person;

const mentionable = ({ person, organisation }: People[number]): Mentionable => ({
  ...person,
  about: organisation.name,
});

const namesOf = (people: readonly { readonly name: string }[]): string => people.map(({ name }) => name).join("; ");
