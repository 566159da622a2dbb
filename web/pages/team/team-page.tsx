/** The people of one's own company: who is there, who is invited, who may submit. Its last admin stays. */
import { useTranslation } from "react-i18next";
import type { MemberView } from "../../../shared/contracts/people-operations.ts";
import { useCommand, useOperation } from "../../api/queries.ts";
import { dayInWords, languageName, listInWords } from "../../language/format.ts";
import { ActionButton, ActionForm, TextArea, textIn } from "../../parts/action.tsx";
import { FactsInLine } from "../../parts/facts.tsx";
import { Mark } from "../../parts/labels.tsx";
import { PageHeading } from "../../parts/page.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";
import { Invite } from "./invite.tsx";

/** Somebody with all roles they hold in the company. */
interface TeamPerson {
  readonly id: string;
  readonly name: string;
  readonly isAdmin: boolean;
  readonly maySubmit: boolean;
  readonly member: MemberView;
}

function peopleOf(members: readonly MemberView[]): TeamPerson[] {
  return [...Map.groupBy(members, ({ person }) => person.id).values()].flatMap((roles) => {
    const admin = roles.find(({ role }) => role === "sme_admin");
    const member = admin ?? roles[0];
    if (member === undefined) return [];
    const { id, name } = member.person;
    return [
      {
        id,
        name,
        isAdmin: admin !== undefined,
        maySubmit: admin !== undefined || roles.some((each) => each.maySubmit),
        member,
      },
    ];
  });
}

export function TeamPage() {
  const { t } = useTranslation(["team", "common"]);
  const { me } = usePortal();
  const { data, error, refetch } = useOperation("listTeam", {});
  const isAdmin = me.acting.role === "sme_admin";
  const team = peopleOf(data?.members ?? []);
  const admins = team.filter((person) => person.isAdmin);
  return (
    <>
      <PageHeading>{t("title")}</PageHeading>
      <p className="help">{t("help", { organisation: me.acting.organisation.name })}</p>
      {data === undefined ? (
        <Waiting error={error} reload={refetch} />
      ) : (
        <>
          {isAdmin ? <Invite /> : <p>{t("asMember", { names: listInWords(admins.map(({ name }) => name)) })}</p>}
          <ul className="cards">
            {team.map((person) => (
              <li key={person.id}>
                <h2 className="what">
                  {person.name} {person.id === me.person.id ? <Mark tone="gray">{t("you")}</Mark> : null}
                  {person.member.invitedAt === undefined ? null : <Mark>{t("pending")}</Mark>}
                </h2>
                <p className="quiet">
                  <FactsInLine>
                    {t(`common:role.${person.member.role}`)}
                    {languageName(person.member.language)}
                    <span className="address">{person.member.email}</span>
                  </FactsInLine>
                </p>
                <p>{t(person.maySubmit ? "submits" : "submitsNot")}</p>
                {person.member.invitedAt === undefined ? null : (
                  <p className="quiet">{t("invitedAt", { day: dayInWords(person.member.invitedAt) })}</p>
                )}
                {isAdmin ? <Changes person={person} isLastAdmin={person.isAdmin && admins.length === 1} /> : null}
              </li>
            ))}
          </ul>
          {team.length <= 1 ? <Empty>{t("alone")}</Empty> : null}
        </>
      )}
    </>
  );
}

function Changes({ person, isLastAdmin }: { readonly person: TeamPerson; readonly isLastAdmin: boolean }) {
  const { t } = useTranslation(["team", "common"]);
  const { me, announce } = usePortal();
  const change = useCommand("changeMember", { invalidates: ["listTeam"] });
  const invite = useCommand("inviteMember", { invalidates: ["listTeam"] });
  const remove = useCommand("removeMember");
  const { id, name, isAdmin, maySubmit, member } = person;
  const params = { personId: id };
  return (
    <>
      {isAdmin ? null : (
        <>
          <div className="buttons">
            <ActionButton
              about={name}
              act={async () => {
                await change.mutateAsync({ params, body: { maySubmit: !maySubmit } });
                announce(t(maySubmit ? "stopDone" : "letDone", { name }));
              }}
            >
              {t(maySubmit ? "stop" : "let")}
            </ActionButton>
          </div>
          <ActionForm
            title={t("promote.title")}
            explanation={t("promote.explanation", { name })}
            confirm={t("promote.confirm")}
            act={async () => {
              const { email } = member;
              // The account's own language stays.
              await invite.mutateAsync({ body: { email, name, role: "sme_admin", maySubmit: true, language: "en" } });
              announce(t("promote.done", { name }));
            }}
          />
        </>
      )}
      {isLastAdmin ? <p className="quiet">{t("remove.lastAdmin", { name })}</p> : null}
      {isLastAdmin || id === me.person.id ? null : (
        <ActionForm
          title={t("remove.title")}
          explanation={t("remove.explanation", { name, organisation: me.acting.organisation.name })}
          confirm={t("remove.confirm")}
          isGrave
          act={async (form) => {
            await remove.mutateAsync({ params, body: { reason: textIn(form, "reason") } });
            announce(t("remove.done", { name }));
          }}
        >
          <TextArea name="reason" label={t("common:reason")} help={t("remove.reasonHelp")} maxLength={1000} />
        </ActionForm>
      )}
    </>
  );
}
