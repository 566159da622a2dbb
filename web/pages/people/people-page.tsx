/** Who holds which role in the programme: invite, end a role, hand over an advisor's work. */
import { Checkbox, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MemberView } from "../../../shared/contracts/people-operations.ts";
import { roles } from "../../../shared/domain/actor.ts";
import { useCommand, useOperation } from "../../api/queries.ts";
import { dayInWords, languageName } from "../../language/format.ts";
import { languages } from "../../language/languages.ts";
import { ActionForm, Input, Select, TextArea, textIn } from "../../parts/action.tsx";
import { PageHeading, PageLink } from "../../parts/page.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";

export function PeoplePage() {
  const { t } = useTranslation(["people", "common"]);
  const { me } = usePortal();
  const { role: ownRole } = me.acting;
  const [role, setRole] = useState("");
  const [withEnded, setWithEnded] = useState(false);
  const { data, error, refetch } = useOperation("listMembers", {});
  const members = (data?.members ?? []).filter(
    (member) => (role === "" || member.role === role) && (withEnded || member.current),
  );
  const mayChange = ownRole === "coordinator" || ownRole === "administrator";
  return (
    <>
      <PageHeading>{t("title")}</PageHeading>
      {mayChange ? <Invite /> : null}
      {data === undefined ? (
        <Waiting error={error} reload={refetch} />
      ) : (
        <div className="wide">
          <div className="filters">
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
          {members.length === 0 ? <Empty>{t("empty")}</Empty> : null}
          <ul className="cards">
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
              />
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function Member(props: { readonly member: MemberView; readonly mayEnd: boolean; readonly mayHandOver: boolean }) {
  const { t } = useTranslation(["people", "common"]);
  const { now, announce } = usePortal();
  const end = useCommand("endRole", { invalidates: ["listMembers"] });
  const { member, mayEnd, mayHandOver } = props;
  const { person, role, organisation, email, language, until } = member;
  return (
    <li>
      <h2 className="what">{person.name}</h2>
      <p className="quiet">
        {t(`common:role.${role}`)} · {organisation.name} · {email} · {languageName(language)}
        {until === undefined ? null : ` · ${t("until", { day: dayInWords(until) })}`}
      </p>
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
          <Input type="date" name="lastDay" label={t("lastDay")} min={now().toISOString().slice(0, 10)} />
          <TextArea name="reason" label={t("common:reason")} maxLength={1000} />
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
  const offered = roles.filter((role) => role !== "administrator" || me.acting.role === "administrator");
  return (
    <ActionForm
      title={t("invite.title")}
      explanation={t("invite.explanation")}
      confirm={t("invite.confirm")}
      act={async (form) => {
        const role = offered.find((each) => each === textIn(form, "role"));
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
              ? { newOrganisation: { name: textIn(form, "newName"), country: textIn(form, "country").toUpperCase() } }
              : { organisationId: textIn(form, "organisation") }),
          },
        });
        announce(t("invite.done", { name }));
      }}
    >
      <Input type="text" name="name" label={t("invite.name")} maxLength={120} />
      <Input type="text" name="email" label={t("invite.email")} maxLength={200} />
      <Select
        name="role"
        label={t("role")}
        options={offered.map((role) => ({ value: role, label: t(`common:role.${role}`) }))}
      />
      <Select
        name="language"
        label={t("language")}
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
          <Input type="text" name="newName" label={t("invite.newName")} maxLength={200} />
          <Input type="text" name="country" label={t("invite.country")} maxLength={2} />
        </>
      ) : (
        <Select
          name="organisation"
          label={t("invite.organisation")}
          options={(data?.organisations ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
    </ActionForm>
  );
}
