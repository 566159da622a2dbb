/** Who has asked to be forgotten: a coordinator decides, an administrator carries it out. */
import { useTranslation } from "react-i18next";
import type { ErasuresView } from "../../../shared/contracts/privacy-operations.ts";
import { useCommand, useOperation } from "../../api/queries.ts";
import { dayInWords } from "../../language/format.ts";
import { ActionForm, Input, TextArea, textIn } from "../../parts/action.tsx";
import { Mark } from "../../parts/labels.tsx";
import { PageHeading, PageLink } from "../../parts/page.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";

type Request = ErasuresView["erasures"][number];

export function ErasuresPage() {
  const { t } = useTranslation(["privacy", "common"]);
  const { data, error, refetch } = useOperation("listErasures", {});
  return (
    <>
      <PageHeading
        trail={[
          <PageLink key="people" to="/people">
            {t("common:nav.people")}
          </PageLink>,
        ]}
      >
        {t("requests.title")}
      </PageHeading>
      <p className="help">{t("requests.help")}</p>
      {data === undefined ? <Waiting error={error} reload={refetch} /> : null}
      {data?.erasures.length === 0 ? <Empty>{t("requests.empty")}</Empty> : null}
      <ul className="cards">
        {data?.erasures.map((request) => (
          <li key={request.person.id}>
            <RequestCard request={request} />
          </li>
        ))}
      </ul>
    </>
  );
}

function RequestCard({ request }: { readonly request: Request }) {
  const { t } = useTranslation("privacy");
  const { day } = usePortal();
  const { person, status, askedAt, answerBy, reason, decided, doneAt, touches } = request;
  const isLate = status === "asked" && answerBy < day();
  return (
    <>
      <h2 className="what">
        {person.name}{" "}
        <Mark tone={status === "asked" || status === "granted" ? "warn" : "gray"}>
          {t(`requests.status.${status}`)}
        </Mark>
      </h2>
      <p className={isLate ? "overdue" : "quiet"}>
        {status === "asked"
          ? t("requests.askedOn", { day: dayInWords(askedAt), answerBy: dayInWords(answerBy) })
          : t("requests.asked", { day: dayInWords(askedAt) })}
      </p>
      {reason === undefined ? null : <q>{reason}</q>}
      {decided === undefined ? null : (
        <p>
          {t(status === "refused" ? "requests.refusedBy" : "requests.grantedBy", {
            name: decided.by.name,
            day: dayInWords(decided.at),
          })}
          <q>{decided.reason}</q>
        </p>
      )}
      {doneAt === undefined ? null : <p className="quiet">{t("requests.doneOn", { day: dayInWords(doneAt) })}</p>}
      {touches === undefined ? null : (
        <>
          <Touches touches={touches} />
          <NextStep request={request} hasObstacles={touches.obstacles.length > 0} />
        </>
      )}
    </>
  );
}

function Touches({ touches }: { readonly touches: NonNullable<Request["touches"]> }) {
  const { t } = useTranslation(["privacy", "common"]);
  const { roles, pilots, openTasks, notices, obstacles } = touches;
  return (
    <>
      <h3>{t("requests.touches")}</h3>
      <ul>
        {roles.map(({ role, organisation }) => (
          <li key={`${role} ${organisation.id}`}>
            {t("requests.role", { role: t(`common:role.${role}`), organisation: organisation.name })}
          </li>
        ))}
        <li>{t("requests.pilots", { count: pilots })}</li>
        <li>{t("requests.openTasks", { count: openTasks })}</li>
        <li>{t("requests.notices", { count: notices })}</li>
      </ul>
      {obstacles.length === 0 ? null : (
        <div className="notice">
          <p>{t("requests.first")}</p>
          <ul>
            {obstacles.map((obstacle) => (
              <li key={obstacle}>{t(`requests.obstacle.${obstacle}`)}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

/** What this person may do about it now, or whose turn it is. */
function NextStep({ request, hasObstacles }: { readonly request: Request; readonly hasObstacles: boolean }) {
  const { t } = useTranslation("privacy");
  const { me } = usePortal();
  const isCoordinator = me.acting.role === "coordinator";
  if (request.status === "asked") {
    return isCoordinator ? <Decide request={request} /> : <p className="help">{t("requests.coordinatorDecides")}</p>;
  }
  if (isCoordinator) return <p className="help">{t("requests.administratorActs")}</p>;
  return hasObstacles ? null : <CarryOut request={request} />;
}

function Decide({ request: { person } }: { readonly request: Request }) {
  const { t } = useTranslation(["privacy", "common"]);
  const { announce } = usePortal();
  const decide = useCommand("decideErasure", { invalidates: ["listErasures"] });
  const send = (approve: boolean) => async (form: FormData) => {
    await decide.mutateAsync({ params: { personId: person.id }, body: { approve, reason: textIn(form, "reason") } });
    announce(t("requests.decided"));
  };
  return (
    <>
      <ActionForm
        title={t("requests.grant.title")}
        explanation={t("requests.grant.explanation")}
        confirm={t("requests.grant.confirm")}
        act={send(true)}
      >
        <TextArea name="reason" label={t("common:reason")} maxLength={1000} />
      </ActionForm>
      <ActionForm
        title={t("requests.refuse.title")}
        explanation={t("requests.refuse.explanation")}
        confirm={t("requests.refuse.confirm")}
        act={send(false)}
      >
        <TextArea name="reason" label={t("common:reason")} maxLength={1000} />
      </ActionForm>
    </>
  );
}

function CarryOut({ request: { person } }: { readonly request: Request }) {
  const { t } = useTranslation("privacy");
  const { announce } = usePortal();
  const execute = useCommand("executeErasure");
  const { id: personId, name } = person;
  return (
    <ActionForm
      title={t("requests.erase.title", { name })}
      explanation={t("requests.erase.explanation")}
      confirm={t("requests.erase.confirm")}
      isGrave
      act={async (form) => {
        if (textIn(form, "name") !== name) throw new Error(t("requests.erase.mismatch"));
        await execute.mutateAsync({ params: { personId } });
        announce(t("requests.erase.done"));
      }}
    >
      <Input type="text" name="name" label={t("requests.erase.name", { name })} />
    </ActionForm>
  );
}
