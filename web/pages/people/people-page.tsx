/** Who holds which role in the programme: invite, end a role, hand over an advisor's work. */
import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MemberView } from "../../../shared/contracts/people-operations.ts";
import { organisationKindOf, roles } from "../../../shared/domain/actor.ts";
import countries from "../../../shared/domain/countries.json" with { type: "json" };
import { useCommand, useOperation } from "../../api/queries.ts";
import { countryName, dayInWords, inOrder, languageName } from "../../language/format.ts";
import { languages } from "../../language/languages.ts";
import { ActionForm, Input, Select, TextArea, textIn } from "../../parts/action.tsx";
import { FactsInLine } from "../../parts/facts.tsx";
import { Count, Mark } from "../../parts/labels.tsx";
import { PageHeading, PageLink } from "../../parts/page.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";
import { isGivenTasks, seesWorkOfOthers } from "../../shell/navigation.ts";

export function PeoplePage() {
  const { t } = useTranslation(["people", "common"]);
  const { me } = usePortal();
  const { role: ownRole } = me.acting;
  const [role, setRole] = useState("");
  const [withEnded, setWithEnded] = useState(false);
  const { q = "" } = useSearch({ from: "/portal/people" });
  const [words, setWords] = useState(q);
  const { data, error, refetch } = useOperation("listMembers", {});
  const members = (data?.members ?? []).filter(
    (member) => (role === "" || member.role === role) && (withEnded || member.current) && fits(member, words),
  );
  const mayChange = ownRole === "coordinator" || ownRole === "administrator";
  return (
    <>
      <PageHeading>{t("title")}</PageHeading>
      {mayChange ? (
        <>
          <Invite />
          <ToErasures />
        </>
      ) : null}
      {data === undefined ? (
        <Waiting error={error} reload={refetch} />
      ) : (
        <div>
          <div className="filters">
            <TextInput
              type="search"
              label={t("words")}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
            <NativeSelect label={t("role")} value={role} onChange={(event) => setRole(event.currentTarget.value)}>
              <option value="">{t("all")}</option>
              {roles.map((each) => (
                <option key={each} value={each}>
                  {t(`common:role.${each}`)}
                </option>
              ))}
            </NativeSelect>
            <Checkbox
              className="tick"
              label={t("withEnded")}
              checked={withEnded}
              onChange={(event) => setWithEnded(event.currentTarget.checked)}
            />
          </div>
          {members.length === 0 ? <Empty>{t(words === "" ? "empty" : "nobody")}</Empty> : null}
          <ul className="cards many">
            {members.map((member) => (
              <Member
                key={`${member.person.id} ${member.role} ${member.organisation.id}`}
                member={member}
                mayEnd={
                  mayChange &&
                  member.current &&
                  member.until === undefined &&
                  (member.role !== "administrator" || ownRole === "administrator")
                }
                mayHandOver={ownRole === "coordinator" && member.role === "advisor" && member.current}
                seesWork={seesWorkOfOthers(ownRole) && isGivenTasks(member.role)}
              />
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

/** Beside the link how many wait for somebody; it needs no waiting for. */
function ToErasures() {
  const { t } = useTranslation("people");
  const { data } = useOperation("listErasures", {});
  const open = data?.erasures.filter(({ touches }) => touches !== undefined).length ?? 0;
  return (
    <p>
      <PageLink to="/people/erasures">{t("erasures")}</PageLink> {open === 0 ? null : <Count of={open} />}
    </p>
  );
}

/** Every word somewhere in name, mail or organisation. */
function fits({ person, email, organisation }: MemberView, words: string): boolean {
  const text = `${person.name} ${email} ${organisation.name}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function Member(props: {
  readonly member: MemberView;
  readonly mayEnd: boolean;
  readonly mayHandOver: boolean;
  readonly seesWork: boolean;
}) {
  const { t } = useTranslation(["people", "common"]);
  const { day, announce } = usePortal();
  const end = useCommand("endRole", { invalidates: ["listMembers"] });
  const { member, mayEnd, mayHandOver, seesWork } = props;
  const { person, role, organisation, email, language, until } = member;
  return (
    <li>
      <h2 className="what">
        {person.name} {member.invitedAt === undefined ? null : <Mark>{t("pending")}</Mark>}
        {member.away?.current === true ? <Mark>{t("awayNow")}</Mark> : null}
      </h2>
      <p className="quiet">
        <FactsInLine>
          {t(`common:role.${role}`)}
          {organisation.name}
        </FactsInLine>
      </p>
      <p className="quiet">
        <FactsInLine>
          {languageName(language)}
          {until === undefined ? null : t("until", { day: dayInWords(until) })}
          <span className="address">{email}</span>
        </FactsInLine>
      </p>
      {member.away === undefined ? null : (
        <p>
          {t("away", {
            from: dayInWords(member.away.from),
            until: dayInWords(member.away.until),
            name: member.away.substitute.name,
          })}
        </p>
      )}
      {seesWork ? (
        <p>
          <PageLink
            to="/people/$personId/tasks"
            params={{ personId: person.id }}
            aria-label={t("work.of", { name: person.name })}
          >
            {t("work.link")}
          </PageLink>
        </p>
      ) : null}
      {mayHandOver ? (
        <p>
          <PageLink to="/people/$personId/departure" params={{ personId: person.id }}>
            {t("departure.link", { name: person.name })}
          </PageLink>
        </p>
      ) : null}
      {mayEnd ? (
        <ActionForm
          title={t("end.title")}
          explanation={t("end.explanation")}
          confirm={t("end.confirm")}
          isGrave
          act={async (form) => {
            await end.mutateAsync({
              params: { personId: person.id },
              body: {
                role,
                organisationId: organisation.id,
                lastDay: textIn(form, "lastDay"),
                reason: textIn(form, "reason"),
              },
            });
            announce(t("end.done", { name: person.name }));
          }}
        >
          <Input type="date" name="lastDay" label={t("lastDay")} min={day()} />
          <TextArea name="reason" label={t("common:reason")} help={t("end.reasonHelp")} maxLength={1000} />
        </ActionForm>
      ) : null}
    </li>
  );
}

function Invite() {
  const { t } = useTranslation(["people", "common"]);
  const { me, announce } = usePortal();
  const invite = useCommand("inviteToRole", { invalidates: ["listMembers", "listOrganisations"] });
  const { data } = useOperation("listOrganisations", {});
  const [isNew, setIsNew] = useState(false);
  const [chosen, setChosen] = useState("");
  const offered = roles.filter((role) => role !== "administrator" || me.acting.role === "administrator");
  const role = offered.find((each) => each === chosen);
  const organisations = (data?.organisations ?? []).filter(
    ({ kind }) => role !== undefined && kind === organisationKindOf[role],
  );
  return (
    <ActionForm
      title={t("invite.title")}
      explanation={t("invite.explanation")}
      confirm={t("invite.confirm")}
      act={async (form) => {
        const language = languages.find(({ code }) => code === textIn(form, "language"));
        if (role === undefined || language === undefined) return;
        const name = textIn(form, "name");
        await invite.mutateAsync({
          body: {
            email: textIn(form, "email"),
            name,
            role,
            language: language.code,
            ...(isNew
              ? { newOrganisation: { name: textIn(form, "newName"), country: textIn(form, "country") } }
              : { organisationId: textIn(form, "organisation") }),
          },
        });
        announce(t("invite.done", { name }));
      }}
    >
      <Input type="text" name="name" label={t("invite.name")} maxLength={120} />
      <Input type="email" name="email" label={t("invite.email")} maxLength={200} />
      <Select
        label={t("role")}
        help={t("invite.roleHelp")}
        options={offered.map((each) => ({ value: each, label: t(`common:role.${each}`) }))}
        value={chosen}
        choose={setChosen}
      />
      <Select
        name="language"
        label={t("language")}
        help={t("invite.languageHelp")}
        options={languages.map(({ code, name }) => ({ value: code, label: name }))}
      />
      <Checkbox
        className="field"
        label={t("invite.new")}
        checked={isNew}
        onChange={(event) => setIsNew(event.currentTarget.checked)}
      />
      {isNew ? (
        <>
          <Input
            type="text"
            name="newName"
            label={t("invite.newName")}
            help={t("invite.newNameHelp")}
            maxLength={200}
          />
          <Select
            name="country"
            label={t("invite.country")}
            help={t("invite.countryHelp")}
            options={countries
              .map(({ code }) => ({ value: code, label: countryName(code) }))
              .sort((a, b) => inOrder(a.label, b.label))}
          />
        </>
      ) : (
        <Select
          name="organisation"
          label={t("invite.organisation")}
          help={t("invite.organisationHelp")}
          options={organisations.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
    </ActionForm>
  );
}
